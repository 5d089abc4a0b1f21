"""The rules of the gate by themselves: months, clocks, and that no order matters."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.walking.gate_rules import (
    Answers,
    Block,
    Check,
    Clearance,
    Facts,
    State,
    causes_of,
    first_seen,
    gate,
    months_later,
)
from tests.conftest import NOW

BERLIN = ZoneInfo("Europe/Berlin")
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 6, 3), 6, date(2026, 12, 3)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 12, 31), 6, date(2027, 6, 30)),
        (date(2026, 7, 1), 6, date(2027, 1, 1)),
        (date(2026, 6, 3), -6, date(2025, 12, 3)),
        (date(2026, 8, 31), -6, date(2026, 2, 28)),
        (date(2026, 6, 30), -6, date(2025, 12, 30)),
    ],
)
def test_months_are_those_of_the_calendar(day: date, months: int, later: date) -> None:
    assert months_later(day, months) == later


def at(minute: int) -> datetime:
    return NOW + minute * MINUTE


def told(number: int, minute: int, late: int) -> dict[str, object]:
    return {"id": UUID(int=number), "at": at(minute), "arrived": at(minute + late)}


minutes = st.integers(0, 60)
lateness = st.integers(-5, 60)  # a phone's clock may run fast
numbers = st.integers(1, 2**64)
ticks = st.sampled_from([(), ("fall",), ("fall", "dizziness")])

answers = st.builds(
    lambda number, minute, late, yes: Answers(
        **told(number, minute, late), yes=yes, wording="2026-11"  # type: ignore[arg-type]
    ),
    numbers, minutes, lateness, ticks,
)  # fmt: skip
checks = st.builds(
    lambda number, minute, late, level: Check(
        **told(number, minute, late), level=level  # type: ignore[arg-type]
    ),
    numbers, minutes, lateness, st.sampled_from(["self_care", "soon", "same_day", "emergency"]),
)  # fmt: skip
clearances = st.builds(
    lambda number, minute, late: Clearance(
        **told(number, minute, late), clinician="doctor", seen_on=NOW.date()  # type: ignore[arg-type]
    ),
    numbers, minutes, st.integers(0, 60),
)  # fmt: skip
blocks = st.builds(
    lambda number, minute, lasted: Block(
        id=UUID(int=number),
        check=None,
        began=at(minute),
        lifted=None if lasted is None else at(minute + lasted),
    ),
    numbers, minutes, st.none() | st.integers(0, 30),
)  # fmt: skip


def few(one: st.SearchStrategy) -> st.SearchStrategy:
    """No two at the same moment: which of those is the newest nobody can say."""
    moment = "began" if one is blocks else "at"
    unique = st.lists(one, max_size=4, unique_by=lambda each: getattr(each, moment))
    return unique.map(tuple)


facts = st.builds(
    Facts, answers=few(answers), checks=few(checks), clearances=few(clearances), blocks=few(blocks)
)


def upside_down(known: Facts) -> Facts:
    return Facts(
        answers=known.answers[::-1],
        checks=known.checks[::-1],
        clearances=known.clearances[::-1],
        blocks=known.blocks[::-1],
    )


@given(facts)
def test_the_order_in_which_phones_tell_does_not_matter(known: Facts) -> None:
    here, there = gate(known, tz=BERLIN, now=NOW), gate(upside_down(known), tz=BERLIN, now=NOW)
    assert (here.state, here.due, here.answers) == (there.state, there.due, there.answers)
    assert sorted(here.causes, key=repr) == sorted(there.causes, key=repr)


@given(facts)
def test_it_is_open_only_where_nothing_blocks_and_answers_are_there(known: Facts) -> None:
    found = gate(known, tz=BERLIN, now=NOW)
    assert (found.state == State.BLOCKED) == bool(found.causes)
    assert (found.state == State.OPEN) == (not found.causes and found.due is None)
    assert found.answers is not None or found.due == "never"


@given(facts)
def test_a_clearance_of_now_leaves_emergencies_only(known: Facts) -> None:
    fresh = Clearance(
        id=UUID(int=7), at=at(1000), arrived=at(1000), clinician="doctor", seen_on=NOW.date()
    )
    left = causes_of(replace(known, clearances=(*known.clearances, fresh)))
    assert {one.cause for one in left} <= {"emergency"}
    assert len(left) == sum(one.lifted is None for one in known.blocks)


@given(facts, clearances)
def test_a_clearance_never_blocks_and_taking_it_back_never_opens(
    known: Facts, clearance: Clearance
) -> None:
    cleared = replace(known, clearances=(*known.clearances, clearance))
    assert set(causes_of(cleared)) <= set(causes_of(known))
    assert set(causes_of(cleared.without(clearance.id))) >= set(causes_of(cleared))


@given(facts, minutes)
def test_what_comes_later_changes_nothing_about_an_earlier_moment(
    known: Facts, minute: int
) -> None:
    then = known.until(at(minute))
    assert then.until(at(minute)) == then
    assert causes_of(then) == causes_of(known.until(at(minute + 500)).until(at(minute)))


@given(facts)
def test_in_the_end_an_earlier_moment_is_the_present(known: Facts) -> None:
    assert known.until(at(1000)) == known


@given(facts)
def test_who_clears_has_seen_the_newest_check_that_blocks(known: Facts) -> None:
    blocking = [one.at for one in causes_of(known) if one.cause == "same_day"]
    assert first_seen(known) == max(blocking, default=None)


def test_half_a_year_ends_where_the_clocks_have_changed_since() -> None:
    """23:30 of 2 March in Berlin is 22:30 UTC in winter; 2 September begins at 22:00 UTC."""
    answered = datetime(2026, 3, 2, 22, 30, tzinfo=UTC)
    fine = Answers(id=UUID(int=1), at=answered, arrived=answered, yes=(), wording="2026-11")

    def due(now: datetime) -> str | None:
        return gate(Facts(answers=(fine,)), tz=BERLIN, now=now).due

    assert due(datetime(2026, 9, 1, 21, 59, tzinfo=UTC)) is None
    assert due(datetime(2026, 9, 1, 22, 0, tzinfo=UTC)) == "half_year"
