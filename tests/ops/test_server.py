"""script/server as a host runs it; installing, its first half, has tests of its own."""

import json
import os
import signal
import socket
import sys
import urllib.request
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from script.lib.project import environment
from tests.ops.processes import Running, command_line, free_port, processes_with, started, until

pytestmark = pytest.mark.processes

STARTING = 120.0
STOPPING = 30.0

Serve = Callable[..., Running]


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    folder = tmp_path / "my data"
    folder.mkdir(mode=0o700)
    return folder


@pytest.fixture
def serve(tmp_path: Path, data_dir: Path) -> Iterator[Serve]:
    with ExitStack() as stack:

        def run(**variables: str) -> Running:
            env = environment(DATA_DIR=str(data_dir), PORT=str(free_port())) | variables
            command = [sys.executable, "-m", "script.lib.serve"]
            log = tmp_path / f"{uuid.uuid4().hex}.log"
            return stack.enter_context(started(command, log, env))

        yield run


def refused(running: Running) -> str:
    """Its only line, once it ended without having started anything that lasts."""
    assert running.code(within=STARTING) != 0
    (line,) = [line for line in running.output.splitlines() if line.startswith("backstep: ")]
    assert "Traceback" not in running.output
    return line


def test_it_runs_everything_mends_what_dies_and_leaves_nothing(
    serve: Serve, data_dir: Path
) -> None:
    port = free_port()
    running = serve(PORT=str(port))
    said = running.says("Backstep is ready", within=STARTING)
    assert f"http://localhost:{port}" in said
    assert "this computer only" in running.says("On your phone")
    assert str(data_dir) in running.says("Your data")
    assert "Ctrl-C" in running.says("To stop")
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5) as answer:
        assert json.load(answer) == {"ready": True, "reasons": []}
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5) as answer:
        assert b"<script" in answer.read()

    for name in ("web", "worker", "beat", "redis"):
        first = until(name, lambda name=name: leader(name, data_dir))  # type: ignore[misc]
        os.kill(first, signal.SIGKILL)
        running.says(f"{name} died (killed by SIGKILL)")
        running.says(f"starting {name} again")
        until(f"another {name}", lambda name=name: leader(name, data_dir))  # type: ignore[misc]

    running.interrupt()
    assert running.code(within=STOPPING) == 0, running.output
    assert not processes_with(str(data_dir))


def test_the_data_is_for_this_user_only(serve: Serve, data_dir: Path) -> None:
    running = serve()
    running.says("Backstep is ready", within=STARTING)
    for path in (data_dir / name for name in ("backstep.sqlite3", "secret_key", "redis/url")):
        assert path.stat().st_mode & 0o077 == 0, path


def leader(name: str, data_dir: Path) -> int:
    """The first process of a program, or 0 where there is none."""
    words = {
        "web": "granian --interface", "worker": "worker.app worker", "beat": "worker.app beat",
        "redis": "valkey-server",
    }  # fmt: skip
    found = [
        process
        for process in processes_with(str(data_dir))
        if words[name] in command_line(process) and os.getpgid(process) == process
    ]
    return found[0] if found else 0


def test_a_taken_port_is_one_clear_line_and_nothing_is_started(
    serve: Serve, data_dir: Path
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        line = refused(serve(PORT=str(port)))
    assert line == (
        f"backstep: port {port} is taken: stop what uses it, or choose another with PORT"
    )
    assert list(data_dir.iterdir()) == []


@pytest.mark.parametrize(
    ("variables", "reason"),
    [
        ({"PORT": "80a"}, "PORT must be a whole number, not '80a'"),
        ({"PORT": "70000"}, "PORT must be between 1 and 65535, not 70000"),
        ({"HOST": "no-such-host.invalid"}, "can't listen on no-such-host.invalid port"),
        ({"DATA_DIR": "/dev/null/data"}, "DATA_DIR /dev/null/data can't be made"),
        ({"DATABASE_URL": "nonsense"}, "DATABASE_URL must look like"),
        ({"DEBUG": "true", "ALLOWED_HOSTS": "back.example.org"}, "DEBUG must be false"),
    ],
)
def test_a_wrong_setting_is_one_clear_line(
    serve: Serve, variables: dict[str, str], reason: str
) -> None:
    assert reason in refused(serve(**variables))


@pytest.mark.parametrize("name", ["secret_key", "vapid_private.pem", "backstep.sqlite3"])
def test_a_damaged_file_is_one_clear_line_that_names_it(
    serve: Serve, data_dir: Path, name: str
) -> None:
    (data_dir / name).write_bytes(b"\x00\xff not what it was" * 100)
    assert str(data_dir / name) in refused(serve())
    assert not processes_with(str(data_dir))


def test_a_damaged_queue_is_one_clear_line_that_names_it(serve: Serve, data_dir: Path) -> None:
    folder = data_dir / "redis" / "appendonlydir"
    folder.mkdir(parents=True)
    (folder / "appendonly.aof.manifest").write_text("file appendonly.aof.1.incr.aof seq 1 type i\n")
    (folder / "appendonly.aof.1.incr.aof").write_bytes(b"not what it was\n" * 100)
    line = refused(serve())
    assert f"{folder} is damaged" in line
    assert not processes_with(str(data_dir))
