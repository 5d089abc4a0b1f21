"""Backward: who may, how much, and what leads back to the start."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.walking import backward_rules as rules
from backend.walking.backward_rules import Session

MONDAY = date(2026, 6, 1)
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
READY = {
    "green_weeks": 2, "stand_seconds": 10, "over_65": False, "cleared": False, "gate_open": True,
}  # fmt: skip


def calm(*days: int) -> list[Session]:
    return [Session(day=MONDAY + DAY * day, calm=True) for day in days]


@pytest.mark.parametrize(
    ("values", "missing"),
    [
        ({}, ()),
        ({"green_weeks": 1}, ("green_weeks",)),
        ({"stand_seconds": 9}, ("stand",)),
        ({"stand_seconds": None}, ("stand",)),
        ({"gate_open": False}, ("gate",)),
        ({"over_65": True}, ("clinician",)),
        ({"over_65": True, "cleared": True}, ()),
        (
            {"green_weeks": 0, "stand_seconds": 0, "over_65": True, "gate_open": False},
            ("gate", "green_weeks", "stand", "clinician"),
        ),
    ],
)
def test_it_names_what_is_still_missing(values: dict[str, Any], missing: tuple[str, ...]) -> None:
    assert rules.missing(**(READY | values)) == missing


@pytest.mark.parametrize(("weeks", "minutes"), [(0, 2), (1, 3), (7, 9), (8, 10), (9, 10), (50, 10)])
def test_two_minutes_and_one_more_with_each_good_week_up_to_10(weeks: int, minutes: int) -> None:
    assert rules.total_minutes(weeks) == minutes


@pytest.mark.parametrize(
    ("minutes", "bouts"),
    [
        (2, (60, 60)),
        (3, (60, 60, 60)),
        (4, (60, 60, 60, 60)),
        (5, (120, 120, 60)),
        (6, (120, 120, 120)),
        (10, (120, 120, 120, 120, 120)),
    ],
)
def test_the_minutes_are_split_into_short_bouts(minutes: int, bouts: tuple[int, ...]) -> None:
    assert rules.bouts(minutes) == bouts


@given(st.integers(0, 500))
def test_bouts_add_up_and_none_is_longer_than_two_minutes(weeks: int) -> None:
    minutes = rules.total_minutes(weeks)
    bouts = rules.bouts(minutes)
    assert sum(bouts) == minutes * 60 <= 600
    assert all(0 < bout <= 120 for bout in bouts)


@pytest.mark.parametrize(
    ("sessions", "weeks"),
    [
        ([], 0),
        (calm(0), 1),
        (calm(0, 2, 4), 1),  # a week counts once
        (calm(0, 7), 2),
        (calm(0, 7, 14), 2),  # this week is not over
        ([Session(MONDAY, calm=False)], 0),
    ],
)
def test_weeks_with_a_calm_session_count_once_they_are_over(
    sessions: list[Session], weeks: int
) -> None:
    assert rules.weeks_done(sessions, today=MONDAY + 2 * WEEK) == weeks


@pytest.mark.parametrize("reason", ["wobble", "dizzy", "pain", "sign"])
def test_a_stop_leads_back_to_the_start(reason: str) -> None:
    stopped = Session(MONDAY + WEEK, calm=True, stopped=reason)
    assert rules.weeks_done([*calm(0), stopped], today=MONDAY + 2 * WEEK) == 0
    assert rules.weeks_done([*calm(0, 9), stopped], today=MONDAY + 2 * WEEK) == 1


def test_a_walk_that_ended_early_for_another_reason_does_not() -> None:
    stopped = Session(MONDAY + WEEK, calm=True, stopped="hurt")
    assert rules.weeks_done([*calm(0), stopped], today=MONDAY + 2 * WEEK) == 2


def test_more_than_two_weeks_without_lead_back_to_the_start() -> None:
    assert rules.weeks_done(calm(0), today=MONDAY + 14 * DAY) == 1
    assert rules.weeks_done(calm(0), today=MONDAY + 15 * DAY) == 0
    assert rules.weeks_done(calm(0, 15), today=MONDAY + 3 * WEEK) == 1
    assert rules.weeks_done(calm(0, 14), today=MONDAY + 3 * WEEK) == 2


@given(
    st.lists(
        st.builds(
            Session,
            day=st.integers(0, 60).map(lambda n: MONDAY + DAY * n),
            calm=st.booleans(),
            stopped=st.sampled_from(["", "", "wobble"]),
        ),
        unique_by=lambda one: one.day,
    ),
    st.randoms(),
)
def test_the_order_in_which_sessions_arrive_does_not_matter(
    sessions: list[Session], random: Any
) -> None:
    shuffled = random.sample(sessions, len(sessions))
    today = MONDAY + 61 * DAY
    assert rules.weeks_done(shuffled, today=today) == rules.weeks_done(sessions, today=today)


def test_the_first_three_sessions_need_the_checklist() -> None:
    assert [rules.checklist_needed(done) for done in range(5)] == [True, True, True, False, False]


def test_the_checklist_names_the_place_the_light_the_hold_and_a_companion() -> None:
    expected = {"flat", "dry", "clear", "lit", "wall", "spotter", "hands_free"}
    assert set(rules.CHECKLIST) == expected


def test_three_sessions_a_week_and_a_stop_at_a_score_of_4() -> None:
    assert rules.PER_WEEK == 3
    assert rules.STOP_PAIN == 4
