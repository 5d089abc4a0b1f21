"""When a reminder is due: on every ordinary day, and on the two odd ones."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from backend.reminders.rules import Schedule, instant, latest_due, next_due, parse_schedule

BERLIN = ZoneInfo("Europe/Berlin")
NEW_YORK = ZoneInfo("America/New_York")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")  # moves its clocks by half an hour
APIA = ZoneInfo("Pacific/Apia")  # had no 30 December 2011
EVERY_DAY = frozenset(range(7))


def at(*clock: str, days: frozenset[int] = EVERY_DAY) -> Schedule:
    return parse_schedule({"days": sorted(days), "times": list(clock)})


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
