"""What holds for every schedule, zone and moment."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, pairwise
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import assume, given
from hypothesis import strategies as st

from backend.accounts.zones import known_zones
from backend.reminders.rules import (
    ScheduleError,
    in_quiet_hours,
    instant,
    latest_due,
    next_due,
    parse_schedule,
    quiet_end,
)

Asked = dict[str, Any]
JUST = timedelta.resolution
DAY = timedelta(days=1)

moments = st.datetimes(
    min_value=datetime(2010, 1, 1), max_value=datetime(2036, 1, 1), timezones=st.just(UTC)
)
zones = st.sampled_from(sorted(known_zones())).map(ZoneInfo)
clocks = st.integers(0, 24 * 60 - 1).map(lambda minute: f"{minute // 60:02}:{minute % 60:02}")
days = st.sets(st.integers(0, 6), min_size=1).map(sorted)
times = st.fixed_dictionaries(
    {"days": days, "times": st.sets(clocks, min_size=1, max_size=5).map(sorted)}
)


@st.composite
def windows(draw: st.DrawFn) -> Asked:
    start, end = draw(st.lists(clocks, min_size=2, max_size=2, unique=True))
    pairs = st.lists(clocks, min_size=2, max_size=2, unique=True)
    pairs = pairs if start > end else pairs.map(sorted)
    spare = draw(st.lists(pairs, max_size=2, unique_by=tuple))
    asked = {
        "days": draw(days), "from": start, "to": end, "every_minutes": draw(st.integers(15, 720)),
        "except": sorted(spare),
    }  # fmt: skip
    assume(can_be_meant(asked))
    return asked


def can_be_meant(asked: Asked) -> bool:
    try:
        return bool(parse_schedule(asked))
    except ScheduleError:
        return False


schedules = st.one_of(times, windows())


def minutes(clock: str) -> int:
    return int(clock[:2]) * 60 + int(clock[3:])


def allows(asked: Asked, day: date, clock: str) -> bool:
    """Read off the dict: may a slot show this on the wall?"""
    if "times" in asked:
        return day.weekday() in asked["days"] and clock in asked["times"]
    return not any(spared(clock, *pair) for pair in asked["except"]) and (
        on_step(asked, day, minutes(clock)) or on_step(asked, day - DAY, minutes(clock) + 24 * 60)
    )


def on_step(asked: Asked, day: date, minute: int) -> bool:
    start, end = minutes(asked["from"]), minutes(asked["to"])
    end += 24 * 60 if end < start else 0
    inside = start <= minute <= end and (minute - start) % asked["every_minutes"] == 0
    return inside and day.weekday() in asked["days"]


def spared(clock: str, start: str, end: str) -> bool:
    return start <= clock < end if start < end else clock >= start or clock < end


def due(asked: Asked, tz: ZoneInfo, after: datetime) -> datetime:
    found = next_due(parse_schedule(asked), tz, after)
    assert found is not None
    return found


def row(asked: Asked, tz: ZoneInfo, after: datetime) -> Any:
    while True:
        after = due(asked, tz, after)
        yield after


@given(schedules, zones, moments)
def test_the_next_slot_lies_ahead_and_within_nine_days(
    asked: Asked, tz: ZoneInfo, after: datetime
) -> None:
    assert after < due(asked, tz, after) <= after + 9 * DAY


@given(schedules, zones, moments)
def test_slots_follow_each_other(asked: Asked, tz: ZoneInfo, after: datetime) -> None:
    found = list(islice(row(asked, tz, after), 12))
    assert all(earlier < later for earlier, later in pairwise(found))


@given(schedules, zones, moments)
def test_no_slot_lies_between_the_latest_and_the_next(
    asked: Asked, tz: ZoneInfo, moment: datetime
) -> None:
    latest = latest_due(parse_schedule(asked), tz, moment)
    assert latest is not None
    assert latest <= moment
    assert due(asked, tz, latest) == due(asked, tz, moment)


@given(schedules, zones, moments)
def test_the_latest_slot_is_the_next_one_of_the_moment_before_it(
    asked: Asked, tz: ZoneInfo, moment: datetime
) -> None:
    latest = latest_due(parse_schedule(asked), tz, moment)
    assert latest is not None
    assert due(asked, tz, latest - JUST) == latest


@given(schedules, zones, moments)
def test_a_slot_shows_a_time_that_was_asked_for_unless_that_was_in_a_gap(
    asked: Asked, tz: ZoneInfo, after: datetime
) -> None:
    wall = due(asked, tz, after).astimezone(tz)
    just_before = (wall.astimezone(UTC) - JUST).astimezone(tz)
    assume(wall.replace(tzinfo=None) - just_before.replace(tzinfo=None) == JUST)
    assert allows(asked, wall.date(), f"{wall:%H:%M}")
    assert wall.second == wall.fold == 0


@given(schedules, zones, moments)
def test_no_day_has_more_than_a_hundred(asked: Asked, tz: ZoneInfo, after: datetime) -> None:
    day = after.astimezone(tz).date()
    midnight = instant(datetime.combine(day, time()), tz) - JUST
    found = islice(row(asked, tz, midnight), 101)
    assert sum(at.astimezone(tz).date() == day for at in found) <= 100


@given(schedules)
def test_what_was_asked_reads_back_as_it_was(asked: Asked) -> None:
    schedule = parse_schedule(asked)
    assert schedule.as_dict() == asked
    assert parse_schedule(schedule.as_dict()) == schedule


@given(zones, moments, clocks, clocks)
def test_quiet_hours_end_later_and_only_once(
    tz: ZoneInfo, at: datetime, start: str, end: str
) -> None:
    hours = (time.fromisoformat(start), time.fromisoformat(end))
    assume(start != end and in_quiet_hours(at, tz, *hours))
    over = quiet_end(at, tz, *hours)
    assert at < over <= at + 2 * DAY
    assert in_quiet_hours(over - JUST, tz, *hours)
    assert not in_quiet_hours(over, tz, *hours)


@given(zones, st.dates(min_value=date(2010, 1, 1), max_value=date(2034, 12, 31)))
def test_later_wall_clock_times_never_come_earlier(tz: ZoneInfo, day: date) -> None:
    slots = [
        instant(datetime.combine(day, time(hour, minute)), tz)
        for hour in range(24)
        for minute in (0, 30)
    ]
    assert slots == sorted(slots)
