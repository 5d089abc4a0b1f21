"""When a reminder is due. Pure: the standard library, with the zone and the moment passed in.

A schedule is wall-clock times on weekdays in the person's own zone:

    {"days": [0, 1, 2, 3, 4], "times": ["08:00", "17:30"]}      Monday is 0

- Clocks go forward: a time that does not exist that day fires once, at the first instant after the
  gap. 02:30 on a day that jumps from 02:00 to 03:00 fires at 03:00.
- Clocks go back: a time that happens twice fires once, at the first pass.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

WEEK = range(7)
MOST_TIMES = 24
WALL_CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]", re.ASCII)


class ScheduleError(ValueError):
    """`field` is the part of the schedule that can't be used; the message says why."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True)
class Schedule:
    """`days`: weekdays, Monday 0. `times`: sorted wall-clock times, each once."""

    days: frozenset[int]
    times: tuple[time, ...]

    def as_dict(self) -> dict[str, Any]:
        return {"days": sorted(self.days), "times": [f"{at:%H:%M}" for at in self.times]}


def parse_schedule(value: Mapping[str, Any]) -> Schedule:
    """The API's dict as a Schedule. Raises ScheduleError for anything that it can't mean."""
    if not isinstance(value, Mapping):
        raise ScheduleError("schedule", "A schedule has days and times.")
    unknown = sorted(set(value) - {"days", "times"})
    if unknown:
        raise ScheduleError(str(unknown[0]), "A schedule has days and times, nothing else.")
    return Schedule(days=_days(value.get("days")), times=_times(value.get("times")))


def _days(value: object) -> frozenset[int]:
    if not isinstance(value, list) or not value:
        raise ScheduleError("days", "Choose at least one day.")
    if any(type(day) is not int or day not in WEEK for day in value):  # True is an int, too
        raise ScheduleError("days", "Days are whole numbers from 0 (Monday) to 6 (Sunday).")
    return frozenset(value)


def _times(value: object) -> tuple[time, ...]:
    if not isinstance(value, list) or not value:
        raise ScheduleError("times", "Choose at least one time.")
    if len(value) > MOST_TIMES:
        raise ScheduleError("times", f"At most {MOST_TIMES} times a day.")
    if any(not isinstance(at, str) or not WALL_CLOCK.fullmatch(at) for at in value):
        raise ScheduleError("times", "Times run from 00:00 to 23:59, as HH:MM.")
    return tuple(sorted({time.fromisoformat(at) for at in value}))


def next_due(schedule: Schedule, tz: ZoneInfo, after: datetime) -> datetime | None:
    """The first slot later than `after` (aware), in UTC. None where the schedule has no more."""
    # From the day before: the slots of a day that a zone change skipped fire on the next one.
    start = after.astimezone(tz).date() - timedelta(days=1)
    days = (start + timedelta(days=offset) for offset in range(len(WEEK) + 3))
    return next((slot for slot in _slots(schedule, tz, days) if slot > after), None)


def latest_due(schedule: Schedule, tz: ZoneInfo, until: datetime) -> datetime | None:
    """The last slot not later than `until` (aware), in UTC."""
    end = until.astimezone(tz).date() + timedelta(days=1)
    days = (end - timedelta(days=offset) for offset in range(len(WEEK) + 3))
    slots = _slots(schedule, tz, days, backwards=True)
    return next((slot for slot in slots if slot <= until), None)


def _slots(
    schedule: Schedule, tz: ZoneInfo, days: Iterator[date], *, backwards: bool = False
) -> Iterator[datetime]:
    """The slots of `days`, in their order. Later wall-clock times never come out earlier."""
    times = schedule.times[::-1] if backwards else schedule.times
    for day in days:
        if day.weekday() in schedule.days:
            yield from (instant(datetime.combine(day, at), tz) for at in times)


def instant(wall: datetime, tz: ZoneInfo) -> datetime:
    """When the clocks of `tz` first show the naive time `wall`, or first go past it. In UTC."""
    first_pass = wall.replace(tzinfo=tz, fold=0).astimezone(UTC)
    if first_pass.astimezone(tz).replace(tzinfo=None) == wall:
        return first_pass
    # In a gap, fold=1 reads the clock as it will be and so lies before the jump, fold=0 after it.
    before_jump = wall.replace(tzinfo=tz, fold=1).astimezone(UTC)
    return _jump_between(before_jump, first_pass, tz)


def _jump_between(before: datetime, after: datetime, tz: ZoneInfo) -> datetime:
    """The first second in (before, after] at which the offset of `tz` is the later one."""
    later = after.astimezone(tz).utcoffset()
    low, high = 0, int((after - before).total_seconds())
    while high - low > 1:
        middle = (low + high) // 2
        changed = (before + timedelta(seconds=middle)).astimezone(tz).utcoffset() == later
        low, high = (low, middle) if changed else (middle, high)
    return before + timedelta(seconds=high)
