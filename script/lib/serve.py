"""script/server, once everything is installed: check, build, migrate, run, say where it is."""

import asyncio
import errno
import fcntl
import http.client
import json
import os
import socket
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from backend.config.env import ConfigError, Env
from backend.config.first_run import data_folder
from backend.config.guard import is_local
from script.lib import frontend
from script.lib.child import Program
from script.lib.embedded_redis import EmbeddedRedis
from script.lib.project import FRONTEND, ROOT, ScriptError, environment, run
from script.lib.supervisor import Supervisor

READY_WITHIN = 60.0
ASK_EVERY = 0.5
STILL_STOPPING = 15.0
MANAGE = (sys.executable, "manage.py")


@dataclass(frozen=True)
class Place:
    """Where this server listens and keeps its data."""

    host: str
    port: int
    data_dir: Path

    @classmethod
    def read(cls, env: Env) -> "Place":
        try:
            host, port = env.text("HOST", "127.0.0.1"), env.port("PORT", 8000)
            check_port(host, port)
            folder = Path(env.text("DATA_DIR", str(ROOT / "var"))).resolve()
            return cls(host, port, data_folder(folder))
        except ConfigError as error:
            raise ScriptError(str(error)) from None

    @property
    def own_address(self) -> str:
        """How this computer reaches itself; 0.0.0.0 is no place to go to."""
        return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)  # noqa: S104

    @property
    def url(self) -> str:
        name = "localhost" if is_local(self.own_address) else self.own_address
        return f"http://{name}:{self.port}"


def main(arguments: list[str]) -> int:
    if arguments:
        raise ScriptError("usage: script/server (settings come from the environment)")
    os.umask(0o077)  # the data is about people: for this user only
    place = Place.read(Env())
    lock = hold(place.data_dir)
    env = environment(DATA_DIR=str(place.data_dir), HOST=place.host, PORT=str(place.port))
    if not (env.get("REDIS_URL") or env.get("REDIS_URL_FILE")):
        redis = EmbeddedRedis.prepare(place.data_dir)
        env["REDIS_URL_FILE"] = str(redis.url_file)
    else:
        redis = None
    return asyncio.run(serve(place, redis, env, lock))


async def serve(
    place: Place, redis: EmbeddedRedis | None, env: Mapping[str, str], lock: int
) -> int:
    supervisor = Supervisor(env=env, say=say, lock=lock)
    try:
        async with supervisor:
            await prepare(supervisor)
            if redis:
                supervisor.keep(redis.program())
                await redis.answers()
            supervisor.keep(*read_procfile(ROOT / "Procfile"))
            await ready(place, env)
            say(welcome(place))
            await supervisor.forever()
    except asyncio.CancelledError:
        if supervisor.problem:
            raise supervisor.problem from None
    return 0


async def prepare(supervisor: Supervisor) -> None:
    await supervisor.once(Program("check", (*MANAGE, "check_config")))
    if not frontend.is_current():
        say("Building the app ...")
        unfinished = frontend.Build()
        for step in frontend.STEPS:
            await supervisor.once(Program("build", step, cwd=FRONTEND))
        unfinished.done()
    await supervisor.once(Program("migrate", (*MANAGE, "migrate", "--noinput")))


def read_procfile(path: Path) -> list[Program]:
    lines = (line.partition(":") for line in path.read_text(encoding="utf-8").splitlines() if line)
    return [
        Program(name.strip(), ("/bin/sh", "-c", f"exec {command.strip()}"))
        for name, _, command in lines
    ]


def check_port(host: str, port: int) -> None:
    """Raises ScriptError where we can't listen, before anything is started."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            reason = f"port {port} is taken: stop what uses it, or choose another with PORT"
        else:
            reason = f"can't listen on {host} port {port}: {error.strerror}"
        raise ScriptError(reason) from None


def hold(data_dir: Path) -> int:
    """Lock `data_dir` for this supervisor and what it starts, or raise ScriptError."""
    path = data_dir / "server.lock"
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    deadline = time.monotonic() + STILL_STOPPING
    while not locked(handle):
        owner = path.read_text(encoding="utf-8").strip()
        if is_running(owner):
            raise ScriptError(
                f"script/server already runs with the data in {data_dir} (process {owner})"
            )
        if time.monotonic() > deadline:
            raise ScriptError(f"what an earlier script/server left running still uses {data_dir}")
        time.sleep(ASK_EVERY)
    os.ftruncate(handle, 0)
    os.write(handle, f"{os.getpid()}\n".encode())
    return handle


def locked(handle: int) -> bool:
    with suppress(BlockingIOError):
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    return False


def is_running(process: str) -> bool:
    try:
        os.kill(int(process), 0)
    except (ValueError, ProcessLookupError):
        return False
    except PermissionError:
        return True
    return True


async def ready(place: Place, env: Mapping[str, str], within: float = READY_WITHIN) -> None:
    """Wait until /readyz answers 200. Raises ScriptError with the reason it gave last."""
    loop = asyncio.get_running_loop()
    deadline = loop.time() + within
    while reason := await asyncio.to_thread(why_not_ready, place, host_header(env, place)):
        if loop.time() > deadline:
            raise ScriptError(f"not ready after {within:g} seconds: {reason}")
        await asyncio.sleep(ASK_EVERY)


def why_not_ready(place: Place, host: str) -> str:
    """Empty when the server is ready."""
    connection = http.client.HTTPConnection(place.own_address, place.port, timeout=5)
    try:
        connection.request("GET", "/readyz", headers={"Host": host})
        response = connection.getresponse()
        body = response.read()
    except (OSError, http.client.HTTPException) as error:
        return f"no answer from the web process ({error})"
    finally:
        connection.close()
    if response.status == http.HTTPStatus.OK:
        return ""
    try:
        return "; ".join(json.loads(body)["reasons"])
    except (ValueError, KeyError, TypeError):
        return f"/readyz answered {response.status}"


def host_header(env: Mapping[str, str], place: Place) -> str:
    """A name that the server lets in: ALLOWED_HOSTS may leave out localhost."""
    names = Env(env).names("ALLOWED_HOSTS", "localhost")
    name = next((name for name in names if is_local(name)), names[0]).lstrip(".")
    return f"{name}:{place.port}"


def welcome(place: Place) -> str:
    reach = (
        "this computer only; README.md, “On your phone”, says how a phone gets there"
        if is_local(place.host)
        else "other computers; a phone needs https: README.md, “On your phone”"
    )
    return "\n".join(
        [
            "",
            f"  Backstep is ready at {place.url}",
            "",
            f"    Serves     {reach}",
            f"    Your data  {place.data_dir}",
            "    To stop    Ctrl-C",
            "",
        ]
    )


def say(line: str) -> None:
    try:
        print(line, flush=True)
    except OSError:  # whoever read our output has gone; what we run goes on
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    run(main)
