"""When a reminder is due. Pure: the standard library, with the zone and the moment passed in.

Everything rests on one question: how far have the clocks on the wall got by now (`_reached`)? That
never goes back, so each slot comes exactly once:

- Clocks go forward: a time that does not exist that day fires once, at the first instant after the
  gap. 02:30 on a day that jumps from 02:00 to 03:00 fires at 03:00.
- Clocks go back: a time that happens twice fires once, at the first pass.

docs/reminders.md explains each rule with an example.
"""

from bisect import bisect_right
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from backend.reminders.schedules import (
    MINUTES_A_DAY,
    WEEKDAYS,
    Schedule,
    ScheduleError,
    parse_schedule,
    read_schedule,
)

__all__ = [
    "Schedule", "ScheduleError", "in_quiet_hours", "instant", "jumps", "latest_due",
    "next_due", "parse_schedule", "quiet_end", "read_schedule",
]  # fmt: skip

DAY = timedelta(days=1)
JUST_BEFORE = timedelta.resolution
# Made once: a tick asks for thousands, and making one takes longer than finding a zone's offset.
CLOCKS = tuple(time(minute // 60, minute % 60) for minute in range(MINUTES_A_DAY))


def next_due(schedule: Schedule, tz: ZoneInfo, after: datetime) -> datetime | None:
    """The first slot later than `after` (aware), in UTC. None where the schedule has no more."""
    return _slot(schedule, tz, after, step=0)


def latest_due(schedule: Schedule, tz: ZoneInfo, until: datetime) -> datetime | None:
    """The last slot not later than `until` (aware), in UTC."""
    return _slot(schedule, tz, until, step=-1)


def _slot(schedule: Schedule, tz: ZoneInfo, at: datetime, *, step: int) -> datetime:
    """The first slot that the clocks have not reached by `at`, or the one before it (-1)."""
    wall = _reached(at, tz)
    weekday, slots = wall.weekday(), schedule.slots
    minute = weekday * MINUTES_A_DAY + wall.hour * 60 + wall.minute
    week, index = divmod(bisect_right(slots, minute) + step, len(slots))
    day, minute = divmod(slots[index], MINUTES_A_DAY)
    monday = wall.toordinal() - weekday
    date_ = date.fromordinal(monday + week * len(WEEKDAYS) + day)
    return _instant(datetime.combine(date_, CLOCKS[minute], tz), tz)


def in_quiet_hours(at: datetime, tz: ZoneInfo, start: time, end: time) -> bool:
    """Is `at` inside [start, end) on the wall? `start` later than `end` goes past midnight.

    One unbroken stretch a night: an hour that the clocks repeat does not begin it or end it again.
    """
    clock = _reached(at, tz).time()
    return start <= clock < end if start < end else clock >= start or clock < end


def quiet_end(at: datetime, tz: ZoneInfo, start: time, end: time) -> datetime:
    """When the quiet hours that `at` lies in are over, in UTC. `at` itself where it is in none."""
    if not in_quiet_hours(at, tz, start, end):
        return at.astimezone(UTC)
    wall = _reached(at, tz)
    tomorrow = wall.time() >= end
    return instant(datetime.combine(wall.date() + tomorrow * DAY, end), tz)


def jumps(tz: ZoneInfo, start: datetime, end: datetime) -> Iterator[datetime]:
    """Each instant in (start, end], both UTC, at which the clocks of `tz` are put."""
    while start < end:
        day = min(start + DAY, end)
        if start.astimezone(tz).utcoffset() != day.astimezone(tz).utcoffset():
            yield _jump_between(start, day, tz)
        start = day


def instant(wall: datetime, tz: ZoneInfo) -> datetime:
    """When the clocks of `tz` first show the naive time `wall`, or first go past it. In UTC."""
    return _instant(wall.replace(tzinfo=tz, fold=0), tz)


def _instant(wall: datetime, tz: ZoneInfo) -> datetime:
    first_pass = wall.astimezone(UTC)
    if first_pass.astimezone(tz) == wall:  # of one zone, they compare by what the clock shows
        return first_pass
    # In a gap, fold=1 reads the clock as it will be and so lies before the jump, fold=0 after it.
    before_jump = wall.replace(fold=1).astimezone(UTC)
    return _jump_between(before_jump, first_pass, tz)


def _reached(at: datetime, tz: ZoneInfo) -> datetime:
    """The latest time that the clocks of `tz` have shown by `at`.

    That is what they show now, except in the second pass of a time that happens twice: there it is
    the last moment before they were put back.
    """
    local = at.astimezone(tz)
    if not local.fold:
        return local
    second_pass = local.replace(microsecond=0)
    first_pass = second_pass.replace(fold=0).astimezone(UTC)
    jump = _jump_between(first_pass, second_pass.astimezone(UTC), tz)
    return (jump - JUST_BEFORE).astimezone(tz)


def _jump_between(before: datetime, after: datetime, tz: ZoneInfo) -> datetime:
    """The first second in (before, after] at which the offset of `tz` is the later one."""
    later = after.astimezone(tz).utcoffset()
    low, high = 0, int((after - before).total_seconds())
    while high - low > 1:
        middle = (low + high) // 2
        changed = (before + timedelta(seconds=middle)).astimezone(tz).utcoffset() == later
        low, high = (low, middle) if changed else (middle, high)
    return before + timedelta(seconds=high)
