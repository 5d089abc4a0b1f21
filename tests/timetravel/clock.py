"""A clock on the wall for a whole server: its processes read the time from a small file.

`Clock` is the test's side of it, `hang_up` a process's. Only what asks Django for the time is
moved, which is everything the product decides by. Beat and Redis keep to the computer's own clock:
"look again in a second" takes a second.
"""

import json
import os
import time
from datetime import UTC, datetime
from pathlib import Path

from django.utils import timezone

FILE = "WALL_CLOCK"  # the variable that names it
CREEP = 1 / 100  # what a test looks at stays the same moment, and still no two readings are equal


class Clock:
    """Set it to a moment; from there it goes on at `pace`, of which 1 is as fast as any clock."""

    def __init__(self, path: Path, start: datetime, *, pace: float = CREEP) -> None:
        self.path = path
        self._pace = pace
        self.set(start)

    def set(self, moment: datetime) -> None:
        new = self.path.with_suffix(".new")
        reading = {"moment": moment.timestamp(), "since": time.time(), "pace": self._pace}
        new.write_text(json.dumps(reading), encoding="utf-8")
        new.replace(self.path)

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.timestamp(), UTC)

    def timestamp(self) -> float:
        return _now(json.loads(self.path.read_text(encoding="utf-8")))


class _Wall:
    """Reads the file again only where it is another one."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._seen = (0, 0)
        self._reading: dict[str, float] = {}

    def now(self) -> datetime:
        found = os.stat(self._path)  # noqa: PTH116 - asked for every reading
        if (found.st_ino, found.st_mtime_ns) != self._seen:
            self._reading = json.loads(Path(self._path).read_text(encoding="utf-8"))
            self._seen = (found.st_ino, found.st_mtime_ns)
        return datetime.fromtimestamp(_now(self._reading), UTC)


def _now(reading: dict[str, float]) -> float:
    return reading["moment"] + (time.time() - reading["since"]) * reading["pace"]


def hang_up() -> None:
    """From here on this process has the time of the file that its environment names."""
    timezone.now = _Wall(os.environ[FILE]).now
