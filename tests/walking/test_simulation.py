"""Two hundred made-up people over half a year: the promises hold, and the plan leads somewhere."""

from statistics import median

import pytest

from backend.walking import rules
from backend.walking.course import Standing
from tests.walking.promises import rises, rises_too_early
from tests.walking.simulation import (
    TEMPERAMENTS,
    WEEKS,
    everybody,
    ideal_minutes,
    reached_in,
    weeks_to_target,
)
from tests.walking.simulation_picture import PICTURE, picture

NAMES = [one.name for one in TEMPERAMENTS]


def all_of_them() -> list[Standing]:
    return [found for people in everybody().values() for found in people]


def all_codes(name: str) -> set[str]:
    weeks = [week for found in everybody()[name] for week in found.weeks]
    return {change.code for week in weeks for change in week.changes}


def test_two_hundred_people_walk_for_half_a_year() -> None:
    assert len(all_of_them()) == 200
    assert {len(found.weeks) for found in all_of_them()} == {WEEKS}


def test_no_cap_is_ever_exceeded() -> None:
    for found in all_of_them():
        assert min(week.minutes for week in found.weeks) >= rules.LEAST
        assert max(week.minutes for week in found.weeks) <= rules.MINUTES_TARGET
        assert max(len(week.planned) * week.minutes for week in found.weeks) <= rules.MOST_A_WEEK
        for change in rises(found):
            assert change.minutes - change.before <= rules.STEP_MOST
            assert (change.minutes - change.before) * rules.DAYS_TARGET <= rules.STEP_MOST_A_WEEK


def test_no_dose_rises_after_red_before_its_easy_sessions() -> None:
    assert [early for found in all_of_them() for early in rises_too_early(found)] == []


def test_the_simulation_has_reds_in_it() -> None:
    """Or the promise above would be an empty one."""
    reds = [one for found in all_of_them() for week in found.weeks for one in week.changes
            if one.code == "lowered_red"]  # fmt: skip
    assert len(reds) >= 50


def test_between_them_they_meet_every_rule() -> None:
    met = set().union(*(all_codes(name) for name in NAMES))
    assert met >= {
        "start", "rose", "more_days", "at_target", "held_amber", "held_red", "held_few",
        "held_unanswered", "held_rest", "lowered_ambers", "lowered_red", "easy_over",
        "lowered_missed", "again", "flare_over",
    }  # fmt: skip


def test_the_median_steady_person_is_at_the_target_when_the_rules_say_so() -> None:
    """In the week in which somebody is whose every walk is green, from the lowest regular start."""
    reached = [reached_in(found) or WEEKS + 1 for found in everybody()["steady"]]
    assert median(reached) <= weeks_to_target(rules.START_LEAST)


def test_the_median_steady_person_loses_two_weeks_at_most() -> None:
    lost = [
        (reached_in(found) or WEEKS + 1) - weeks_to_target(found.weeks[0].changes[0].minutes)
        for found in everybody()["steady"]
    ]
    assert median(lost) <= 2


@pytest.mark.parametrize("name", NAMES)
def test_nobody_is_ever_ahead_of_somebody_whose_every_walk_is_green(name: str) -> None:
    for found in everybody()[name]:
        doses = [week.minutes for week in found.weeks]
        ideal = ideal_minutes(found.weeks[0].changes[0].minutes)
        assert all(dose <= most for dose, most in zip(doses, ideal, strict=True))


def test_who_overdoes_it_gets_less_far_than_who_does_not() -> None:
    final = {name: median(found.minutes for found in everybody()[name]) for name in NAMES}
    assert final["overdoing"] < final["steady"]
    assert final["flaring"] < final["steady"]


def test_the_picture_in_the_docs_is_that_of_this_simulation() -> None:
    """Made anew with: python -m tests.walking.simulation_picture"""
    drawn = picture()
    assert PICTURE.read_text(encoding="utf-8") == drawn
    assert len(drawn.encode()) < 60_000
