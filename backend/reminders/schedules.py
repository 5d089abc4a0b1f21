"""What a person can ask for: wall-clock times on weekdays, or a window with a step.

    {"days": [0, 1, 2, 3, 4], "times": ["08:00", "17:30"]}      Monday is 0
    {"days": [0], "from": "09:00", "to": "17:00", "every_minutes": 45,
     "except": [["12:00", "13:00"]]}

A window is due at `from`, every so many minutes after it, and at `to` where a step falls on it.
What lies inside an exception is left out; its end no longer belongs to it. A window whose `from` is
later than its `to` goes on past midnight and belongs to the day it starts on.

Both come down to `Schedule.slots`: the minutes of the week, counted from Monday 00:00 on the wall,
at which it is due. rules.py knows nothing else. Pure: the standard library only.
"""

import json
import re
from array import array
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property, lru_cache
from typing import Any

WEEKDAYS = range(7)
MINUTES_A_DAY = 24 * 60
MINUTES_A_WEEK = 7 * MINUTES_A_DAY
MOST_TIMES = 24
MOST_A_DAY = 100
MOST_EXCEPTIONS = 10
SHORTEST_STEP, LONGEST_STEP = 5, 720
REMEMBERED = 10_000
WALL_CLOCK = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])", re.ASCII)
WINDOW_KEYS = ("from", "to", "every_minutes", "except")
KEYS = {"days", "times", *WINDOW_KEYS}


class ScheduleError(ValueError):
    """`field` is the part of the schedule that can't be used; the message says why."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True)
class Times:
    """Minutes of the day, sorted, each once."""

    minutes: tuple[int, ...]

    def as_dict(self) -> dict[str, Any]:
        return {"times": [_clock(minute) for minute in self.minutes]}


@dataclass(frozen=True)
class Window:
    """All in minutes of the day. `end` before `start` lies on the next day."""

    start: int
    end: int
    every: int
    exceptions: tuple[tuple[int, int], ...] = ()

    @cached_property
    def minutes(self) -> tuple[int, ...]:
        """Counted from the midnight that its day begins with, so those past the next are larger."""
        end = self.end + (MINUTES_A_DAY if self.end < self.start else 0)
        found = list(range(self.start, end + 1, self.every))
        for span in self.exceptions:
            found = [minute for minute in found if not _within(minute % MINUTES_A_DAY, *span)]
        return tuple(found)

    def as_dict(self) -> dict[str, Any]:
        return {
            "from": _clock(self.start),
            "to": _clock(self.end),
            "every_minutes": self.every,
            "except": [[_clock(start), _clock(end)] for start, end in self.exceptions],
        }


@dataclass(frozen=True)
class Schedule:
    """`days`: the weekdays it starts on, Monday 0. `pattern`: what it does on each of them."""

    days: frozenset[int]
    pattern: Times | Window

    @cached_property
    def slots(self) -> "array[int]":
        """Minutes of the week from Monday 00:00, sorted. Sunday night's window ends on Monday."""
        starts = [day * MINUTES_A_DAY for day in sorted(self.days)]
        minutes = [start + minute for start in starts for minute in self.pattern.minutes]
        if minutes[-1] >= MINUTES_A_WEEK:
            minutes = sorted(minute % MINUTES_A_WEEK for minute in minutes)
        return array("H", minutes)  # small, since many are remembered

    @property
    def interval(self) -> bool:
        return isinstance(self.pattern, Window)

    @property
    def every(self) -> timedelta | None:
        """The step of a window."""
        return timedelta(minutes=self.pattern.every) if isinstance(self.pattern, Window) else None

    def as_dict(self) -> dict[str, Any]:
        return {"days": sorted(self.days), **self.pattern.as_dict()}


def parse_schedule(value: Mapping[str, Any]) -> Schedule:
    """The API's dict as a Schedule. Raises ScheduleError for anything that it can't mean."""
    try:
        text = json.dumps(value)
    except (TypeError, ValueError, RecursionError):
        return _parse(value)  # says what is wrong with it
    return read_schedule(text)


@lru_cache(maxsize=REMEMBERED)
def read_schedule(text: str) -> Schedule:
    """A tick reads the same few schedules over and over. As text, True is not 1 and 1.0 neither."""
    return _parse(json.loads(text))


def _parse(value: Any) -> Schedule:
    if not isinstance(value, Mapping):
        raise ScheduleError("schedule", "A schedule has days, and times or a window.")
    unknown = sorted(str(key) for key in value if key not in KEYS)
    if unknown:
        raise ScheduleError(unknown[0], f"A schedule has no such part. Its parts: {_parts()}.")
    days = _days(value.get("days"))
    given = [key for key in WINDOW_KEYS if key in value]
    if given and "times" in value:
        raise ScheduleError("times", f"Choose times or a window: leave out times, or {given[0]}.")
    return Schedule(days, _window(value) if given else Times(_times(value.get("times"))))


def _parts() -> str:
    return ", ".join(["days", "times", *WINDOW_KEYS])


def _days(value: object) -> frozenset[int]:
    if not isinstance(value, list) or not value:
        raise ScheduleError("days", "Choose at least one day.")
    if len(value) > len(WEEKDAYS):
        raise ScheduleError("days", "A week has seven days.")
    if any(type(day) is not int or day not in WEEKDAYS for day in value):  # True is an int, too
        raise ScheduleError("days", "Days are whole numbers from 0 (Monday) to 6 (Sunday).")
    return frozenset(value)


def _times(value: object) -> tuple[int, ...]:
    if not isinstance(value, list) or not value:
        raise ScheduleError("times", "Choose at least one time.")
    if len(value) > MOST_TIMES:
        raise ScheduleError("times", f"At most {MOST_TIMES} times a day.")
    return tuple(sorted({_minute("times", at) for at in value}))


def _window(value: Mapping[str, Any]) -> Window:
    start, end = (_minute(key, value.get(key)) for key in ("from", "to"))
    if start == end:
        raise ScheduleError("to", "A window ends at another time than it starts.")
    window = Window(
        start=start,
        end=end,
        every=_step(value.get("every_minutes")),
        exceptions=_exceptions(value.get("except", []), past_midnight=start > end),
    )
    count = len(window.minutes)
    if count == 0:
        raise ScheduleError("except", "The exceptions leave nothing of the window.")
    if count > MOST_A_DAY:
        problem = f"This is {count} times a day; at most {MOST_A_DAY}. Choose a longer step."
        raise ScheduleError("every_minutes", problem)
    return window


def _step(value: object) -> int:
    if type(value) is not int or not SHORTEST_STEP <= value <= LONGEST_STEP:
        problem = f"Choose a whole number of minutes from {SHORTEST_STEP} to {LONGEST_STEP}."
        raise ScheduleError("every_minutes", problem)
    return value


def _exceptions(value: object, *, past_midnight: bool) -> tuple[tuple[int, int], ...]:
    if not isinstance(value, list):
        raise ScheduleError("except", "Exceptions are a list of [from, to].")
    if len(value) > MOST_EXCEPTIONS:
        raise ScheduleError("except", f"At most {MOST_EXCEPTIONS} exceptions.")
    return tuple(sorted({_exception(span, past_midnight=past_midnight) for span in value}))


def _exception(value: object, *, past_midnight: bool) -> tuple[int, int]:
    if not isinstance(value, list) or len(value) != 2:  # noqa: PLR2004 - from and to
        raise ScheduleError("except", "An exception is a pair [from, to].")
    start, end = (_minute("except", at) for at in value)
    if start == end or (start > end and not past_midnight):
        raise ScheduleError("except", "An exception ends later than it starts.")
    return start, end


def _minute(field: str, value: object) -> int:
    found = WALL_CLOCK.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise ScheduleError(field, "Times run from 00:00 to 23:59, as HH:MM.")
    return int(found[1]) * 60 + int(found[2])


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def _within(minute: int, start: int, end: int) -> bool:
    """In [start, end), which goes past midnight where `start` is the later one."""
    return start <= minute < end if start < end else minute >= start or minute < end
