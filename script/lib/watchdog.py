"""Ends the supervisor's processes when the supervisor itself was killed.

It reads `watch GROUP` and `forget GROUP` lines. The pipe closes when the supervisor is gone,
however it went; what is then still watched gets the time to end well, and is killed after that.
A group is named by its first process.
"""

import os
import signal
import sys
import time
from collections.abc import Iterable
from contextlib import suppress

POLL = 0.1


def main() -> None:
    for ignored in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ignored, signal.SIG_IGN)
    if groups := follow(sys.stdin):
        with suppress(OSError):
            print("backstep | the supervisor is gone: stopping what it ran", file=sys.stderr)
        end(groups, grace=float(sys.argv[1]))


def follow(lines: Iterable[str]) -> set[int]:
    groups: set[int] = set()
    for line in lines:
        word, group = line.split()
        (groups.add if word == "watch" else groups.discard)(int(group))
    return groups


def end(groups: set[int], grace: float) -> None:
    for leader in groups:
        signal_process(leader, signal.SIGTERM)
    deadline = time.monotonic() + grace
    while any(is_alive(group) for group in groups) and time.monotonic() < deadline:
        time.sleep(POLL)
    for group in groups:
        kill_group(group)


def signal_process(process: int, number: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(process, number)


def kill_group(group: int) -> None:
    # macOS answers "not permitted" where only the unreaped leader is left.
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(group, signal.SIGKILL)


def is_alive(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except (ProcessLookupError, PermissionError):
        return False
    return True


if __name__ == "__main__":
    main()
