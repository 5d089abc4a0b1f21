"""Send, ask, wait or skip: the rule as a table, each line against an otherwise ordinary case."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.reminders.planner import (
    MOST_IGNORED,
    REST,
    REST_OF_PROMPTS,
    Situation,
    Verdict,
    decide,
)
from tests.conftest import NOW

SECOND = timedelta(seconds=1)
MORNING = NOW + timedelta(hours=9)
ORDINARY = Situation(now=NOW, expires_at=NOW + timedelta(hours=1), cap=6)
RESTING = {"ignored": MOST_IGNORED + 1, "last_sent_at": NOW - timedelta(hours=1)}


def verdict(**facts: Any) -> tuple[str, str]:
    decision = decide(replace(ORDINARY, **facts))
    return (decision.verdict.value, decision.reason)


def test_an_ordinary_reminder_is_sent() -> None:
    assert verdict() == ("send", "")


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"enabled": False}, "disabled"),
        ({"answered": True}, "answered"),
        ({"expires_at": NOW - SECOND}, "stale"),
        ({"irrelevant": "done"}, "done"),
        ({"held": True}, "held"),
        ({"quiet_until": MORNING}, "quiet_hours"),
        ({"capped": True, "used": 6}, "cap"),
        ({"capped": True, "cap": 0}, "cap"),
        (RESTING, "resting"),
    ],
)
def test_it_is_skipped_with_its_reason(facts: dict[str, Any], reason: str) -> None:
    assert verdict(**facts) == ("skip", reason)


@pytest.mark.parametrize(
    "facts",
    [
        {"expires_at": NOW},
        {"capped": True, "used": 5},
        {"used": 99},  # a time the person set is honoured whatever the app sent besides
        {"ignored": MOST_IGNORED - 1, "last_sent_at": NOW - timedelta(days=1)},
        {"ignored": 4, "last_sent_at": NOW - REST},
        {"ignored": 9, "last_sent_at": NOW - REST_OF_PROMPTS, "interval": True},
    ],
)
def test_up_to_the_boundary_it_is_sent(facts: dict[str, Any]) -> None:
    assert verdict(**facts) == ("send", "")


@pytest.mark.parametrize(
    "facts",
    [
        {"ignored": 4, "last_sent_at": NOW - REST + SECOND},
        {"ignored": 4, "last_sent_at": NOW - REST_OF_PROMPTS + SECOND, "interval": True},
    ],
)
def test_until_its_rest_is_over_it_is_quiet(facts: dict[str, Any]) -> None:
    assert verdict(**facts) == ("skip", "resting")


def test_after_three_without_an_answer_it_asks_once_for_another_time() -> None:
    last = {"last_sent_at": NOW - timedelta(days=1)}
    found = [verdict(ignored=count, **last)[0] for count in range(6)]
    assert found == ["send", "send", "send", "ask", "skip", "skip"]


def test_a_kind_that_waits_is_put_off_to_the_end_of_quiet_hours() -> None:
    decision = decide(replace(ORDINARY, quiet_until=MORNING, defers=True))
    assert (decision.verdict, decision.reason) == (Verdict.DEFER, "quiet_hours")
    assert decision.until == MORNING


@pytest.mark.parametrize(
    "facts", [{"held": True}, {"capped": True, "used": 6}, RESTING, {"ignored": MOST_IGNORED}]
)
def test_a_safety_prompt_ignores_cap_holds_and_back_off(facts: dict[str, Any]) -> None:
    assert verdict(safety=True, **facts) == ("send", "")


@pytest.mark.parametrize("facts", [{}, {"held": True}, {"capped": True, "used": 6}])
def test_a_safety_prompt_waits_out_quiet_hours(facts: dict[str, Any]) -> None:
    assert verdict(safety=True, quiet_until=MORNING, **facts) == ("defer", "quiet_hours")


@pytest.mark.parametrize(
    "facts", [{"enabled": False}, {"expires_at": NOW - SECOND}, {"irrelevant": "done"}]
)
def test_a_safety_prompt_that_is_moot_is_not_sent(facts: dict[str, Any]) -> None:
    assert verdict(safety=True, **facts)[0] == "skip"


def test_what_was_asked_for_this_minute_comes_at_night_and_on_a_paused_day() -> None:
    assert verdict(on_request=True, held=True, quiet_until=MORNING) == ("send", "")


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"enabled": False, "expires_at": NOW - SECOND, "held": True}, "disabled"),
        ({"held": True, "quiet_until": MORNING, "defers": True}, "held"),
        ({"quiet_until": MORNING, "capped": True, "used": 6}, "quiet_hours"),
        ({"capped": True, "used": 6, **RESTING}, "resting"),
    ],
)
def test_of_several_reasons_the_one_that_lasts_is_named(facts: dict[str, Any], reason: str) -> None:
    assert verdict(**facts) == ("skip", reason)


@given(
    st.builds(
        Situation,
        now=st.just(NOW),
        expires_at=st.sampled_from([NOW - SECOND, NOW, NOW + SECOND]),
        enabled=st.booleans(),
        irrelevant=st.sampled_from(["", "done"]),
        held=st.booleans(),
        quiet_until=st.sampled_from([None, MORNING]),
        capped=st.booleans(),
        used=st.integers(0, 8),
        cap=st.integers(0, 8),
        ignored=st.integers(0, 6),
        last_sent_at=st.sampled_from([None, NOW - timedelta(days=1), NOW - timedelta(days=8)]),
        interval=st.booleans(),
        safety=st.booleans(),
        defers=st.booleans(),
    )
)
def test_nothing_leaves_in_quiet_hours_and_no_skip_is_without_a_reason(case: Situation) -> None:
    decision = decide(case)
    if case.quiet_until:
        assert decision.verdict in {Verdict.DEFER, Verdict.SKIP}
    assert bool(decision.reason) == (decision.verdict in {Verdict.DEFER, Verdict.SKIP})
    assert (decision.until is None) == (decision.verdict is not Verdict.DEFER)
