"""Starting things as a host does, and looking at what is left of them."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, TypeVar

from script.lib.project import ROOT, environment

POLL = 0.05
T = TypeVar("T")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def until(what: str, answer: Callable[[], T], within: float = 20) -> T:
    """Wait until `answer` gives something true."""
    deadline = time.monotonic() + within
    while not (found := answer()):
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {within} s for {what}")
        time.sleep(POLL)
    return found


def is_alive(process: int) -> bool:
    """False also for one that has ended and was not asked for its exit code yet."""
    try:
        state = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except FileNotFoundError:
        return False
    return state[0] not in {"Z", "X"}


def processes_with(word: str) -> list[int]:
    """The processes with `word` in their environment or folder, whoever their parent is now.

    The folder counts because Valkey writes its title over its environment.
    """
    found = []
    for folder in Path("/proc").iterdir():
        with suppress(OSError, ValueError):
            traces = (folder / "environ").read_bytes() + bytes((folder / "cwd").readlink())
            if word.encode() in traces and is_alive(int(folder.name)):
                found.append(int(folder.name))
    return found


def command_line(process: int) -> str:
    try:
        return Path(f"/proc/{process}/cmdline").read_text(encoding="utf-8").replace("\0", " ")
    except OSError:
        return ""


class Running:
    """A process of a test, its output in a file."""

    def __init__(self, process: subprocess.Popen[bytes], log: Path) -> None:
        self.process = process
        self.log = log

    @property
    def output(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")

    def says(self, text: str, within: float = 20) -> str:
        """Wait until `text` stands in the output, and answer all of it."""
        until(f"{text!r} in\n{self.output}", lambda: text in self.output or self.ended, within)
        assert text in self.output, self.output
        return self.output

    @property
    def ended(self) -> bool:
        return self.process.poll() is not None

    def interrupt(self) -> None:
        self.process.send_signal(signal.SIGINT)

    def code(self, within: float = 20) -> int:
        return self.process.wait(timeout=within)


@contextmanager
def started(
    command: list[str], log: Path, env: Mapping[str, str] | None = None, cwd: Path = ROOT
) -> Iterator[Running]:
    """Run `command` for the length of the block, with a group of its own so that none is left."""
    with log.open("wb") as file:
        process = launch(command, file, env, cwd)
    try:
        yield Running(process, log)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=20)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def launch(
    command: list[str], log: IO[bytes], env: Mapping[str, str] | None, cwd: Path
) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command,
        cwd=cwd,
        env=dict(env) if env is not None else environment(),
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
