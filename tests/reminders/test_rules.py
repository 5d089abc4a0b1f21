"""When a reminder is due: on every ordinary day, and on the two odd ones."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.reminders.rules import (
    Schedule,
    ScheduleError,
    instant,
    latest_due,
    next_due,
    parse_schedule,
)

BERLIN = ZoneInfo("Europe/Berlin")
NEW_YORK = ZoneInfo("America/New_York")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")  # moves its clocks by half an hour
APIA = ZoneInfo("Pacific/Apia")  # had no 30 December 2011
ZONES = [
    "UTC", "Europe/Berlin", "America/New_York", "America/St_Johns", "Asia/Kathmandu",
    "Australia/Lord_Howe", "Pacific/Apia", "Pacific/Chatham", "Africa/Casablanca",
]  # fmt: skip
EVERY_DAY = frozenset(range(7))


def at(*clock: str, days: frozenset[int] = EVERY_DAY) -> Schedule:
    return Schedule(days=days, times=tuple(time.fromisoformat(one) for one in clock))


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_later_today() -> None:
    assert next_due(at("17:30"), BERLIN, utc("2026-06-03 10:00")) == utc("2026-06-03 15:30")


def test_a_time_that_has_just_come_is_not_due_again_today() -> None:
    now = utc("2026-06-03 15:30")
    assert next_due(at("17:30"), BERLIN, now) == utc("2026-06-04 15:30")


def test_one_second_before_it_is_due_today() -> None:
    now = utc("2026-06-03 15:29:59")
    assert next_due(at("17:30"), BERLIN, now) == utc("2026-06-03 15:30")


def test_the_day_is_the_persons_not_the_servers() -> None:
    # 23:00 UTC on Tuesday is 01:00 on Wednesday in Berlin.
    wednesdays = at("01:30", days=frozenset({2}))
    assert next_due(wednesdays, BERLIN, utc("2026-06-02 23:00")) == utc("2026-06-02 23:30")


@pytest.mark.parametrize(
    ("clock", "expected"),
    [("00:00", "2026-06-03 22:00"), ("23:59", "2026-06-03 21:59"), ("00:01", "2026-06-03 22:01")],
)
def test_around_midnight(clock: str, expected: str) -> None:
    assert next_due(at(clock), BERLIN, utc("2026-06-03 21:58")) == utc(expected)


def test_only_on_chosen_weekdays() -> None:
    mondays = at("08:00", days=frozenset({0}))
    assert next_due(mondays, BERLIN, utc("2026-06-02 10:00")) == utc("2026-06-08 06:00")


def test_the_same_weekday_next_week() -> None:
    mondays = at("08:00", days=frozenset({0}))
    assert next_due(mondays, BERLIN, utc("2026-06-08 06:00")) == utc("2026-06-15 06:00")


def test_a_time_in_the_spring_gap_fires_once_when_the_clock_has_jumped() -> None:
    first = next_due(at("02:30"), BERLIN, utc("2026-03-28 12:00"))
    assert first == utc("2026-03-29 01:00")  # 03:00 in Berlin, the first instant after the gap
    assert next_due(at("02:30"), BERLIN, first) == utc("2026-03-30 00:30")


def test_two_times_in_one_gap_are_one_slot() -> None:
    both = at("02:15", "02:45")
    first = next_due(both, BERLIN, utc("2026-03-28 12:00"))
    assert first == utc("2026-03-29 01:00")
    assert next_due(both, BERLIN, first) == utc("2026-03-30 00:15")


def test_a_time_that_happens_twice_in_autumn_fires_at_the_first_pass_only() -> None:
    first = next_due(at("02:30"), BERLIN, utc("2026-10-24 12:00"))
    assert first == utc("2026-10-25 00:30")  # summer time; 01:30 UTC would be the second pass
    assert next_due(at("02:30"), BERLIN, first) == utc("2026-10-26 01:30")


def test_nothing_is_due_again_between_the_two_passes() -> None:
    between = utc("2026-10-25 01:10")  # 02:10 for the second time
    assert next_due(at("02:30"), BERLIN, between) == utc("2026-10-26 01:30")


def test_a_gap_of_half_an_hour() -> None:
    # Lord Howe jumps from 02:00 to 02:30 on 4 October 2026.
    assert instant(datetime(2026, 10, 4, 2, 10), LORD_HOWE) == utc("2026-10-03 15:30")


def test_a_gap_at_midnight() -> None:
    beirut = ZoneInfo("Asia/Beirut")  # jumps from 00:00 to 01:00 on 29 March 2026
    assert instant(datetime(2026, 3, 29, 0, 0), beirut) == utc("2026-03-28 22:00")


def test_a_day_that_a_country_skipped_fires_as_the_next_one_begins() -> None:
    skipped = next_due(at("08:00"), APIA, utc("2011-12-29 19:00"))
    assert skipped == utc("2011-12-30 10:00")  # midnight of the 31st, the first instant there was


def test_wall_clock_time_stays_when_the_offset_changes() -> None:
    schedule = at("08:00")
    before = next_due(schedule, NEW_YORK, utc("2026-03-07 00:00"))
    after = next_due(schedule, NEW_YORK, utc("2026-03-09 00:00"))
    assert (before, after) == (utc("2026-03-07 13:00"), utc("2026-03-09 12:00"))


def test_the_latest_slot_is_the_one_that_has_just_come() -> None:
    assert latest_due(at("08:00", "17:30"), BERLIN, utc("2026-06-03 15:30")) == utc(
        "2026-06-03 15:30"
    )


def test_the_latest_slot_before_the_first_of_today_was_yesterday() -> None:
    assert latest_due(at("08:00", "17:30"), BERLIN, utc("2026-06-03 05:59")) == utc(
        "2026-06-02 15:30"
    )


moments = st.datetimes(
    min_value=datetime(2010, 1, 1), max_value=datetime(2035, 1, 1), timezones=st.just(UTC)
)
zones = st.sampled_from(ZONES).map(ZoneInfo)
times = st.integers(0, 24 * 60 - 1).map(lambda minute: time(minute // 60, minute % 60))
schedules = st.builds(
    Schedule,
    days=st.frozensets(st.integers(0, 6), min_size=1),
    times=st.sets(times, min_size=1, max_size=4).map(lambda found: tuple(sorted(found))),
)


@given(schedules, zones, moments)
def test_the_next_slot_always_lies_ahead_and_within_eight_days(
    schedule: Schedule, tz: ZoneInfo, after: datetime
) -> None:
    found = next_due(schedule, tz, after)
    assert found is not None
    assert after < found <= after + timedelta(days=9)


@given(schedules, zones, moments)
def test_no_slot_lies_between_the_latest_and_the_next(
    schedule: Schedule, tz: ZoneInfo, moment: datetime
) -> None:
    latest, following = latest_due(schedule, tz, moment), next_due(schedule, tz, moment)
    assert latest is not None
    assert latest <= moment
    assert next_due(schedule, tz, latest) == following


@given(schedules, zones, moments)
def test_a_slot_shows_its_time_on_the_wall_unless_it_was_in_a_gap(
    schedule: Schedule, tz: ZoneInfo, after: datetime
) -> None:
    found = next_due(schedule, tz, after)
    assert found is not None
    wall = found.astimezone(tz)
    if wall.time() not in schedule.times:
        just_before = (found - timedelta(seconds=1)).astimezone(tz)
        assert just_before.utcoffset() != wall.utcoffset()
    else:
        assert wall.fold == 0


@given(zones, st.dates(min_value=date(2010, 1, 1), max_value=date(2034, 12, 31)))
def test_later_wall_clock_times_never_come_earlier(tz: ZoneInfo, day: date) -> None:
    slots = [
        instant(datetime.combine(day, time(hour, minute)), tz)
        for hour in range(24)
        for minute in (0, 30)
    ]
    assert slots == sorted(slots)


def test_a_schedule_reads_back_as_it_was_given() -> None:
    given_ = {"days": [0, 2, 4], "times": ["08:00", "17:30"]}
    assert parse_schedule(given_).as_dict() == given_


def test_times_are_sorted_and_each_stands_once() -> None:
    schedule = parse_schedule({"days": [4, 0, 0], "times": ["17:30", "08:00", "17:30"]})
    assert schedule.as_dict() == {"days": [0, 4], "times": ["08:00", "17:30"]}


@pytest.mark.parametrize(
    ("value", "field"),
    [
        ([], "schedule"),
        ("daily", "schedule"),
        (None, "schedule"),
        ({}, "days"),
        ({"days": [], "times": ["08:00"]}, "days"),
        ({"days": "0", "times": ["08:00"]}, "days"),
        ({"days": [7], "times": ["08:00"]}, "days"),
        ({"days": [-1], "times": ["08:00"]}, "days"),
        ({"days": [True], "times": ["08:00"]}, "days"),
        ({"days": [1.0], "times": ["08:00"]}, "days"),
        ({"days": ["1"], "times": ["08:00"]}, "days"),
        ({"days": [[1]], "times": ["08:00"]}, "days"),
        ({"days": [1], "times": []}, "times"),
        ({"days": [1]}, "times"),
        ({"days": [1], "times": "08:00"}, "times"),
        ({"days": [1], "times": ["25:00"]}, "times"),
        ({"days": [1], "times": ["24:00"]}, "times"),
        ({"days": [1], "times": ["08:60"]}, "times"),
        ({"days": [1], "times": ["8:00"]}, "times"),
        ({"days": [1], "times": ["08:00\n"]}, "times"),
        ({"days": [1], "times": ["08:00:00"]}, "times"),
        ({"days": [1], "times": ["٠٨:٠٠"]}, "times"),
        ({"days": [1], "times": [800]}, "times"),
        ({"days": [1], "times": ["08:00"] * 25}, "times"),
        ({"days": [1], "times": ["08:00"], "until": "2027"}, "until"),
    ],
)
def test_a_schedule_that_means_nothing_names_the_field(value: Any, field: str) -> None:
    with pytest.raises(ScheduleError) as caught:
        parse_schedule(value)
    assert caught.value.field == field
