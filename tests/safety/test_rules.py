"""Levels: the most urgent row wins, and ticking more never makes it milder."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.safety import wording
from backend.safety.rules import LEVELS, Row, assess

CURRENT = wording.current()
FACTS = st.sets(st.sampled_from(CURRENT.fact_ids))


def row(level: str, *facts: str) -> Row:
    return Row(id="+".join(facts), level=level, all_of=frozenset(facts))


def test_nothing_ticked_is_self_care() -> None:
    assert assess(CURRENT.rows, []) == assess([], ["fever"])
    assert assess(CURRENT.rows, []).level == "self_care"


def test_a_row_needs_all_of_its_facts() -> None:
    table = [row("soon", "a", "b")]
    assert assess(table, ["a", "c"]).rows == ()
    assert assess(table, ["b", "a"]).rows == ("a+b",)


@pytest.mark.parametrize("pair", [*combinations(LEVELS[1:], 2)])
def test_of_two_levels_the_more_urgent_wins_whatever_their_order(pair: tuple[str, str]) -> None:
    mild, urgent = (row(level, level) for level in pair)
    for table in ([mild, urgent], [urgent, mild]):
        assert assess(table, pair).level == pair[1]


def test_all_rows_that_match_are_named_in_the_order_of_the_table() -> None:
    table = [row("emergency", "a"), row("soon", "b"), row("soon", "c")]
    assert assess(table, ["c", "a"]).rows == ("a", "c")


@given(ticked=FACTS)
def test_the_level_is_that_of_the_most_urgent_row_that_matches(ticked: set[str]) -> None:
    found = assess(CURRENT.rows, ticked)
    levels = [one.level for one in CURRENT.rows if one.id in found.rows]
    assert LEVELS.index(found.level) == max(map(LEVELS.index, levels), default=0)


@given(ticked=FACTS, more=FACTS)
def test_ticking_more_never_makes_it_milder(ticked: set[str], more: set[str]) -> None:
    before, after = assess(CURRENT.rows, ticked), assess(CURRENT.rows, ticked | more)
    assert LEVELS.index(after.level) >= LEVELS.index(before.level)
    assert set(after.rows) >= set(before.rows)
