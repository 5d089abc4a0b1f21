"""The diary's days end when the person says, and follow one another whatever the clocks do."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.pain.days import Calendar, Day, Stretch, by_day
from backend.pain.rules import day_start, diary_day

BERLIN = ZoneInfo("Europe/Berlin")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")
TROLL = ZoneInfo("Antarctica/Troll")  # its clocks go back by two hours
MINUTE = timedelta(minutes=1)
JUNE_3 = date(2026, 6, 3)


def berlin(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "ends_at", "day"),
    [
        ("2026-06-03 00:00", 0, 3),
        ("2026-06-03 23:59", 0, 3),
        ("2026-06-04 00:00", 0, 4),
        ("2026-06-04 00:00", 3, 3),
        ("2026-06-04 02:59", 3, 3),
        ("2026-06-04 03:00", 3, 4),
        ("2026-06-04 05:59", 6, 3),
        ("2026-06-04 06:00", 6, 4),
        ("2026-06-04 23:59", 6, 4),
    ],
)
def test_a_day_goes_on_until_the_persons_own_hour(at: str, ends_at: int, day: int) -> None:
    assert diary_day(berlin(at), BERLIN, ends_at) == date(2026, 6, day)


def test_a_moment_lies_in_the_persons_day_not_in_greenwichs() -> None:
    late = utc("2026-06-03 22:30")  # half past midnight in Berlin
    assert diary_day(late, BERLIN, 0) == date(2026, 6, 4)
    assert diary_day(late, ZoneInfo("America/New_York"), 0) == JUNE_3


@pytest.mark.parametrize(
    ("at", "ends_at", "day"),
    [
        # Berlin jumps from 02:00 to 03:00 on 29 March: 01:00 in Greenwich.
        ("2026-03-29 00:59", 2, 28),
        ("2026-03-29 01:00", 2, 29),  # there is no two o'clock: the day begins at three
        ("2026-03-29 01:00", 3, 29),
        ("2026-03-29 01:59", 4, 28),
        # 03:00 becomes 02:00 again on 25 October at 01:00 in Greenwich.
        ("2026-10-24 23:59", 2, 24),
        ("2026-10-25 00:00", 2, 25),  # 02:00, the first time
        ("2026-10-25 01:00", 2, 25),  # 02:00 again: the day that began stays begun
        ("2026-10-25 00:59", 3, 24),
        ("2026-10-25 01:59", 3, 24),
        ("2026-10-25 02:00", 3, 25),
    ],
)
def test_berlins_days_when_the_clocks_change(at: str, ends_at: int, day: int) -> None:
    assert diary_day(utc(at), BERLIN, ends_at).day == day


@pytest.mark.parametrize(
    ("at", "ends_at", "day"),
    [
        # Lord Howe goes back from 02:00 to 01:30 on 5 April: 15:00 in Greenwich the day before.
        ("2026-04-04 14:59", 2, 4),
        ("2026-04-04 15:00", 2, 4),  # 01:30 again
        ("2026-04-04 15:29", 2, 4),
        ("2026-04-04 15:30", 2, 5),
        # and forward from 02:00 to 02:30 on 4 October: 15:30.
        ("2026-10-03 15:29", 2, 3),
        ("2026-10-03 15:30", 2, 4),
    ],
)
def test_lord_howes_days_when_the_clocks_change_by_half_an_hour(
    at: str, ends_at: int, day: int
) -> None:
    assert diary_day(utc(at), LORD_HOWE, ends_at).day == day


CHANGES = [
    (BERLIN, "2026-03-28 12:00"),
    (BERLIN, "2026-10-24 12:00"),
    (LORD_HOWE, "2026-04-04 02:00"),
    (LORD_HOWE, "2026-10-03 02:00"),
    (TROLL, "2026-03-28 12:00"),
    (TROLL, "2026-10-24 12:00"),
    (ZoneInfo("America/Havana"), "2026-10-31 12:00"),  # 01:00 becomes midnight
    (ZoneInfo("Africa/Cairo"), "2026-04-23 12:00"),  # midnight becomes 01:00
]


@pytest.mark.parametrize("ends_at", range(7))
@pytest.mark.parametrize(("tz", "start"), CHANGES, ids=str)
def test_no_day_comes_back_and_none_is_left_out(tz: ZoneInfo, start: str, ends_at: int) -> None:
    moments = [utc(start) + 5 * step * MINUTE for step in range(36 * 12)]
    days = [diary_day(at, tz, ends_at) for at in moments]
    steps = {later - earlier for earlier, later in pairwise(days)}
    assert steps == {timedelta(), timedelta(days=1)}


@given(
    at=st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)).map(
        lambda at: at.replace(tzinfo=UTC)
    ),
    tz=st.sampled_from([BERLIN, LORD_HOWE, TROLL, ZoneInfo("Pacific/Kiritimati")]),
    ends_at=st.integers(0, 6),
)
def test_every_moment_lies_between_its_days_start_and_the_next_ones(
    at: datetime, tz: ZoneInfo, ends_at: int
) -> None:
    day = diary_day(at, tz, ends_at)
    following = day_start(day + timedelta(days=1), tz, ends_at)
    assert day_start(day, tz, ends_at) <= at < following


def scores(*given: tuple[str, int]) -> list[tuple[datetime, int]]:
    return [(berlin(f"2026-06-{at}"), score) for at, score in given]


def test_a_day_shows_its_lowest_highest_and_middle_score() -> None:
    given = scores(("03 08:00", 2), ("03 12:00", 9), ("03 20:00", 3))
    assert by_day(given, Calendar(BERLIN, 0)) == [Day(JUNE_3, low=2, high=9, typical=3, count=3)]


def test_between_two_scores_the_middle_may_be_a_half() -> None:
    (day,) = by_day(scores(("03 08:00", 4), ("03 20:00", 5)), Calendar(BERLIN, 0))
    assert (day.low, day.high, day.typical, day.count) == (4, 5, 4.5, 2)


def test_one_score_is_all_there_is_to_its_day() -> None:
    assert by_day(scores(("03 08:00", 4)), Calendar(BERLIN, 0)) == [Day(JUNE_3, 4, 4, 4, 1)]


def test_without_scores_there_are_no_days() -> None:
    assert by_day([], Calendar(BERLIN, 0)) == []


def test_days_come_in_order_and_days_without_a_score_are_left_out() -> None:
    given = scores(("05 08:00", 1), ("03 08:00", 2), ("05 20:00", 7))
    assert [day.date.day for day in by_day(given, Calendar(BERLIN, 0))] == [3, 5]


def test_a_score_after_midnight_counts_for_the_evening_of_who_stays_up() -> None:
    given = scores(("03 22:00", 2), ("04 01:30", 8))
    assert [day.count for day in by_day(given, Calendar(BERLIN, 3))] == [2]
    assert [day.count for day in by_day(given, Calendar(BERLIN, 0))] == [1, 1]


@given(
    given=st.lists(
        st.tuples(
            st.datetimes(datetime(2026, 10, 1), datetime(2026, 11, 1)).map(
                lambda at: at.replace(tzinfo=UTC)
            ),
            st.integers(0, 10),
        )
    ),
    ends_at=st.integers(0, 6),
)
def test_no_score_is_lost_or_counted_twice(given: list[tuple[datetime, int]], ends_at: int) -> None:
    days = by_day(given, Calendar(BERLIN, ends_at))
    assert sum(day.count for day in days) == len(given)
    assert all(day.low <= day.typical <= day.high for day in days)


def test_a_week_is_seven_days_today_among_them() -> None:
    week = Stretch.until(JUNE_3, days=7)
    assert (week.first, week.last) == (date(2026, 5, 28), JUNE_3)


def test_a_stretch_begins_and_ends_with_the_persons_days() -> None:
    start, end = Stretch(JUNE_3, JUNE_3).moments(Calendar(BERLIN, 3))
    assert (start, end) == (berlin("2026-06-03 03:00"), berlin("2026-06-04 03:00"))


def test_the_night_of_the_change_makes_a_longer_day() -> None:
    start, end = Stretch(date(2026, 10, 25), date(2026, 10, 25)).moments(Calendar(BERLIN, 0))
    assert end - start == timedelta(hours=25)
