"""Real processes under the supervisor: whatever ends, what it started never outlives it."""

import json
import os
import signal
import sys
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from script.lib.project import environment
from tests.ops.processes import Running, command_line, is_alive, processes_with, started, until

pytestmark = pytest.mark.processes

SLEEPS = "import time; print('up'); time.sleep(100)"
# Like granian and Celery: a parent with a child of its own.
# Each says so in one write: two that speak at once must not end up within one line.
FORKS = "import os, time; os.fork(); os.write(1, f'up {os.getpid()}\\n'.encode()); time.sleep(100)"
DEAF = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); " + FORKS
CRASHES = "import sys; print('no database here'); sys.exit(7)"
DAMAGED = "import sys; print('the file is damaged'); sys.exit(1)"
SAYS_BYE = """
import signal, sys, time
signal.signal(signal.SIGTERM, lambda *_: sys.exit(print('bye from', sys.argv[0])))
print('up')
time.sleep(100)
"""

Supervise = Callable[..., Running]


@pytest.fixture
def mark() -> str:
    """A word in the environment of everything that a test starts."""
    return f"mark-{uuid.uuid4().hex}"


@pytest.fixture
def supervise(tmp_path: Path, mark: str) -> Iterator[Supervise]:
    with ExitStack() as stack:

        def run(*stages: dict[str, str], data_dir: str = "") -> Running:
            command = [sys.executable, "-m", "tests.ops.supervise", json.dumps(stages)]
            env = environment(MARK=mark, DATA_DIR=data_dir)
            log = tmp_path / f"{uuid.uuid4().hex}.log"
            return stack.enter_context(started(command, log, env))

        yield run


def nothing_left(mark: str, within: float = 15) -> None:
    until("every process to be gone", lambda: not processes_with(mark), within)


def test_a_log_line_names_its_process(supervise: Supervise) -> None:
    running = supervise({"web": SLEEPS})
    running.says("web      | up")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_one_signal_stops_every_process_and_all_they_started(
    supervise: Supervise, mark: str, number: signal.Signals
) -> None:
    running = supervise({"web": FORKS, "worker": FORKS})
    running.says("web      | up")
    running.says("worker   | up")
    running.process.send_signal(number)
    assert running.code() == 0
    nothing_left(mark, within=1)


def test_what_does_not_listen_is_killed_after_its_grace(supervise: Supervise, mark: str) -> None:
    running = supervise({"worker": DEAF})
    running.says("up")
    running.interrupt()
    assert running.code(within=8) == 0
    nothing_left(mark, within=1)


def test_a_second_ctrl_c_does_not_wait(supervise: Supervise, mark: str) -> None:
    running = supervise({"worker": DEAF})
    running.says("up")
    running.interrupt()
    running.says("stopping")
    running.interrupt()
    assert running.code(within=2) == 0
    nothing_left(mark, within=1)


def test_what_started_last_stops_first_and_says_its_last_words(supervise: Supervise) -> None:
    running = supervise({"redis": SAYS_BYE}, {"worker": SAYS_BYE})
    running.says("redis    | up")
    running.says("worker   | up")
    running.interrupt()
    assert running.code() == 0
    assert running.output.index("worker   | bye") < running.output.index("redis    | bye")


def test_a_killed_process_is_named_and_started_again(supervise: Supervise) -> None:
    running = supervise(
        {"web": SLEEPS, "worker": "import os; print('I am', os.getpid());" + SLEEPS}
    )
    said = running.says("I am")
    first = int(said.partition("I am ")[2].split()[0])
    os.kill(first, signal.SIGKILL)
    running.says("worker died (killed by SIGKILL). Its last lines:")
    running.says("    up")
    until("a second worker", lambda: running.output.count("I am") == 2)
    assert not running.ended


def test_what_a_killed_process_had_started_goes_with_it(supervise: Supervise, mark: str) -> None:
    running = supervise({"web": FORKS})
    said = running.says("up")
    until("two processes", lambda: running.output.count("up") >= 2)
    both = {int(line.split()[-1]) for line in said.splitlines() if "| up" in line}
    leader = min(both)
    os.kill(leader, signal.SIGKILL)
    running.says("web died (killed by SIGKILL)")
    until("its child to be gone", lambda: not any(is_alive(process) for process in both))


def test_a_crash_loop_ends_with_the_reason_and_stops_the_rest(
    supervise: Supervise, mark: str
) -> None:
    running = supervise({"web": SLEEPS, "beat": CRASHES})
    assert running.code() == 1
    assert "beat died (exit code 7). Its last lines:" in running.output
    assert "    no database here" in running.output
    assert "backstep: beat died 3 times within 20 seconds" in running.output.splitlines()[-1]
    nothing_left(mark, within=1)


def test_what_a_restart_cannot_mend_is_not_restarted(supervise: Supervise, mark: str) -> None:
    running = supervise({"redis": DAMAGED})
    assert running.code() == 1
    assert running.output.count("redis died") == 1
    assert "backstep: mend the file (redis says: the file is damaged)" in running.output
    nothing_left(mark, within=1)


def test_a_killed_supervisor_leaves_no_orphan(supervise: Supervise, mark: str) -> None:
    running = supervise({"redis": SLEEPS}, {"web": FORKS, "worker": DEAF})
    running.says("redis    | up")
    running.says("web      | up")
    running.says("worker   | up")
    running.process.kill()
    nothing_left(mark)


def test_a_killed_watchdog_is_replaced_and_the_next_one_knows_all(
    supervise: Supervise, mark: str
) -> None:
    running = supervise({"web": FORKS})
    running.says("web      | up")
    os.kill(watchdog_of(mark), signal.SIGKILL)
    running.says("the watchdog died (killed by SIGKILL); starting it again")
    until("another watchdog", lambda: watchdogs_of(mark))
    running.process.kill()
    nothing_left(mark)


def test_a_second_supervisor_for_the_same_data_is_refused(
    supervise: Supervise, tmp_path: Path
) -> None:
    first = supervise({"web": SLEEPS}, data_dir=str(tmp_path))
    first.says("web      | up")
    second = supervise({"web": SLEEPS}, data_dir=str(tmp_path))
    assert second.code() == 1
    assert second.output == (
        f"backstep: script/server already runs with the data in {tmp_path}"
        f" (process {first.process.pid})\n"
    )
    assert not first.ended


def test_after_a_killed_supervisor_the_next_one_waits_for_the_last_process(
    supervise: Supervise, tmp_path: Path, mark: str
) -> None:
    first = supervise(
        {"worker": "import os; print('I am', os.getpid());" + DEAF}, data_dir=str(tmp_path)
    )
    old = int(first.says("I am").partition("I am ")[2].split()[0])
    first.process.kill()
    first.process.wait()
    second = supervise({"worker": SLEEPS}, data_dir=str(tmp_path))
    second.says("worker   | up")
    assert not is_alive(old)


def watchdogs_of(mark: str) -> list[int]:
    return [process for process in processes_with(mark) if "watchdog.py" in command_line(process)]


def watchdog_of(mark: str) -> int:
    (found,) = watchdogs_of(mark)
    return found
