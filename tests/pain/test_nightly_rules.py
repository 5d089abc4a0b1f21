"""On which evenings somebody is asked. Pure: no database."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.pain.nightly import (
    CHRONIC_AFTER,
    LATER_DAYS,
    REST,
    UNRESOLVED_AFTER,
    Course,
    Evenings,
    ask_at,
    due_evening,
    next_evening,
    worsened,
)

DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)
BERLIN = ZoneInfo("Europe/Berlin")
EVENINGS = Evenings(tz=BERLIN, at=time(19, 30))
MONDAY = datetime(2026, 6, 1, 10, 0, tzinfo=BERLIN)


def course(onset: datetime = MONDAY, **values: Any) -> Course:
    return replace(Course(onset_at=onset, began_on=onset.date()), **values)


def asked_on(day: date, onset: datetime = MONDAY) -> Course:
    return course(onset, asked=True, asked_on=day)


def june(day: int) -> date:
    return date(2026, 6, day)


def evening(day: date) -> datetime:
    return EVENINGS.of(day)


# --- counting days -------------------------------------------------------------------------------


def test_what_began_on_monday_morning_is_asked_about_on_thursday_evening() -> None:
    assert next_evening(course(), EVENINGS, now=MONDAY) == june(4)
    assert evening(june(4)) == datetime(2026, 6, 4, 19, 30, tzinfo=BERLIN)


def test_three_days_are_72_hours_and_not_a_second_less() -> None:
    at_the_very_time = datetime(2026, 6, 1, 19, 30, tzinfo=BERLIN)
    assert next_evening(course(at_the_very_time), EVENINGS, now=MONDAY) == june(5)
    assert next_evening(course(at_the_very_time - SECOND), EVENINGS, now=MONDAY) == june(4)


def test_what_began_late_in_the_evening_is_asked_about_an_evening_later() -> None:
    late = datetime(2026, 6, 1, 22, 0, tzinfo=BERLIN)
    assert next_evening(course(late), EVENINGS, now=late) == june(5)


def test_pain_that_is_past_three_days_already_is_asked_about_this_evening() -> None:
    now = datetime(2026, 6, 10, 9, 0, tzinfo=BERLIN)
    assert next_evening(course(), EVENINGS, now=now) == june(10)


def test_an_evening_that_is_just_now_still_counts() -> None:
    now = evening(june(10))
    assert next_evening(course(), EVENINGS, now=now) == june(10)
    assert next_evening(course(), EVENINGS, now=now + SECOND) == june(11)


@pytest.mark.parametrize(
    ("asked", "following"),
    [
        (june(4), june(7)),  # day 4 -> day 7
        (june(5), june(7)),
        (june(7), june(14)),
        (june(14), june(28)),
        (june(28), date(2026, 7, 12)),  # day 42
        (date(2026, 7, 12), None),
    ],
)
def test_it_comes_again_on_days_7_14_28_and_42(asked: date, following: date | None) -> None:
    now = evening(asked) + timedelta(minutes=1)
    assert next_evening(asked_on(asked), EVENINGS, now=now) == following


def test_nobody_is_asked_twice_on_one_day_about_two_episodes() -> None:
    now = datetime(2026, 6, 10, 9, 0, tzinfo=BERLIN)
    asked_today = course(asked_on=june(10))
    assert next_evening(asked_today, EVENINGS, now=now) == june(11)


@given(st.integers(0, 60 * 24 * 50), st.sampled_from(LATER_DAYS))
def test_a_later_question_always_falls_on_one_of_those_days(minutes: int, day: int) -> None:
    now = MONDAY + timedelta(minutes=minutes)
    found = next_evening(asked_on(june(1) + (day - 1) * DAY), EVENINGS, now=now)
    assert found is None or (found - june(1)).days + 1 in LATER_DAYS


ZONES = sorted(available_timezones() & {
    "Pacific/Auckland", "Asia/Kathmandu", "America/New_York", "Australia/Lord_Howe",
    "Europe/Berlin", "Pacific/Apia", "America/St_Johns", "Africa/Casablanca", "Pacific/Kiritimati",
})  # fmt: skip


@given(
    st.sampled_from(ZONES),
    st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1)),
    st.times(),
    st.integers(0, 60 * 24 * 80),
)
def test_never_before_72_hours_nor_before_day_4_nor_later_than_needed(
    zone: str, begun: datetime, clock: time, minutes: int
) -> None:
    tz = ZoneInfo(zone)
    onset = begun.replace(tzinfo=UTC)
    evenings = Evenings(tz=tz, at=clock.replace(second=0, microsecond=0))
    now = onset + timedelta(minutes=minutes)
    local = onset.astimezone(tz).date()
    day = next_evening(Course(onset_at=onset, began_on=local), evenings, now=now)
    assert day is not None
    at = evenings.of(day)
    assert at - onset > UNRESOLVED_AFTER
    assert at >= now
    assert (day - local).days >= 3
    before = evenings.of(day - DAY)
    assert before - onset <= UNRESOLVED_AFTER or before < now or (day - local).days == 3


# --- late ----------------------------------------------------------------------------------------


def test_after_a_long_outage_one_question_stands_for_all_that_were_missed() -> None:
    sunday = datetime(2026, 6, 7, 20, 0, tzinfo=BERLIN)
    assert due_evening(june(4), course(), EVENINGS, now=sunday) == june(7)
    assert due_evening(june(4), course(), EVENINGS, now=evening(june(6))) == june(4)


@pytest.mark.parametrize(
    ("now", "asked"),
    [
        (datetime(2026, 6, 4, 19, 30, tzinfo=BERLIN), datetime(2026, 6, 4, 19, 30, tzinfo=BERLIN)),
        (datetime(2026, 6, 4, 21, 30, tzinfo=BERLIN), datetime(2026, 6, 4, 21, 30, tzinfo=BERLIN)),
        (datetime(2026, 6, 4, 21, 31, tzinfo=BERLIN), datetime(2026, 6, 5, 8, 0, tzinfo=BERLIN)),
        (datetime(2026, 6, 5, 3, 0, tzinfo=BERLIN), datetime(2026, 6, 5, 8, 0, tzinfo=BERLIN)),
        (datetime(2026, 6, 5, 8, 0, tzinfo=BERLIN), datetime(2026, 6, 5, 8, 0, tzinfo=BERLIN)),
        (datetime(2026, 6, 5, 20, 59, tzinfo=BERLIN), datetime(2026, 6, 5, 20, 59, tzinfo=BERLIN)),
        (datetime(2026, 6, 5, 21, 0, tzinfo=BERLIN), datetime(2026, 6, 6, 8, 0, tzinfo=BERLIN)),
    ],
)
def test_a_late_question_is_asked_by_day(now: datetime, asked: datetime) -> None:
    assert ask_at(evening(june(4)), BERLIN, now=now) == asked


# --- long pain, or a clinician has seen it -------------------------------------------------------

NOW = datetime(2026, 6, 24, 12, 0, tzinfo=BERLIN)


def scores(before: Sequence[int], recent: Sequence[int]) -> list[tuple[datetime, int]]:
    """`before` 8 to 14 days ago, `recent` within the last two."""
    old = [(NOW - 14 * DAY + n * DAY / 2, score) for n, score in enumerate(before)]
    new = [(NOW - 2 * DAY + n * DAY / 4, score) for n, score in enumerate(recent)]
    return old + new


@pytest.mark.parametrize(
    ("before", "recent", "expected"),
    [
        ([3, 3, 3, 3], [5, 5, 5], True),
        ([3, 3, 3, 3], [4, 4, 4], False),
        ([3, 3, 3, 3], [5, 5], False),  # too few to tell
        ([3, 3, 3], [8, 8, 8], False),
        ([3, 4, 3, 4], [5, 6, 5, 6], True),  # 3.5 and 5.5
        ([3, 4, 3, 4], [5, 5, 5], False),
        ([3, 3, 3, 9], [2, 5, 9], True),  # medians, not means
        ([6, 6, 6, 6], [3, 3, 3], False),
        ([], [9, 9, 9, 9], False),
    ],
)
def test_clearly_worse_is_two_points_between_medians_of_enough_scores(
    before: list[int], recent: list[int], *, expected: bool
) -> None:
    assert worsened(scores(before, recent), until=NOW) is expected


def test_the_windows_are_7_days_and_the_14_before_them() -> None:
    recent = [(NOW - 7 * DAY + SECOND, 8)] * 3
    too_old = [(NOW - 7 * DAY, 8)] * 3
    before = [(NOW - 21 * DAY + SECOND, 3)] * 4
    older = [(NOW - 21 * DAY, 3)] * 4
    assert worsened(before + recent, until=NOW)
    assert not worsened(before + too_old, until=NOW)
    assert not worsened(older + recent, until=NOW)


def long_ago(**values: Any) -> Course:
    return course(NOW - CHRONIC_AFTER, **values)


def test_after_twelve_weeks_days_are_not_counted_any_more() -> None:
    assert next_evening(long_ago(), EVENINGS, now=NOW) is None
    assert next_evening(course(NOW - CHRONIC_AFTER + DAY), EVENINGS, now=NOW) == NOW.date()


def test_once_a_clinician_has_seen_it_days_are_not_counted_any_more() -> None:
    assert next_evening(course(NOW - 5 * DAY, seen=True), EVENINGS, now=NOW) is None


def test_long_pain_that_gets_clearly_worse_is_asked_about_this_evening() -> None:
    worse = long_ago(scores=scores([3, 3, 3, 3], [6, 6, 6]))
    assert next_evening(worse, EVENINGS, now=NOW) == NOW.date()


def test_long_pain_is_asked_about_once_in_fourteen_days() -> None:
    worse = scores([3, 3, 3, 3], [6, 6, 6])
    rested = long_ago(asked=True, asked_on=NOW.date() - REST, scores=worse)
    tired = long_ago(asked=True, asked_on=NOW.date() - REST + DAY, scores=worse)
    assert next_evening(rested, EVENINGS, now=NOW) == NOW.date()
    assert next_evening(tired, EVENINGS, now=NOW) == NOW.date() + DAY


def test_scores_that_leave_the_week_can_make_it_worse_on_a_later_evening() -> None:
    fading = [(NOW - 6.5 * DAY, 1)] * 3 + [(NOW - DAY, 6)] * 3 + [(NOW - 12 * DAY, 3)] * 4
    assert next_evening(long_ago(scores=fading), EVENINGS, now=NOW) == NOW.date() + DAY


def test_a_new_warning_sign_is_asked_about_whatever_the_scores_say() -> None:
    assert next_evening(long_ago(flagged=True), EVENINGS, now=NOW) == NOW.date()


def test_the_day_that_twelve_weeks_are_over_is_told_by_the_hour() -> None:
    begun = course(NOW)
    assert not begun.chronic(NOW + CHRONIC_AFTER - SECOND)
    assert begun.chronic(NOW + CHRONIC_AFTER)
