"""The whole symptom table: each of its rows leads where the clinical facts say.

Levels are written down here once more, by hand. A row of the content without a line here fails.
"""

import pytest

from backend.safety import wording
from backend.safety.rules import LEVELS, Row, assess
from tests.safety.oracle import level_of

CURRENT = wording.current()

# As in the clinical table, from top to bottom: what is ticked, and where it leads.
TABLE: list[tuple[str, str]] = [
    ("bladder_bowel", "emergency"),
    ("saddle_numbness", "emergency"),
    ("both_legs", "emergency"),
    ("limb_weakness", "emergency"),
    ("limb_weakness_stable", "same_day"),
    ("serious_accident", "emergency"),
    ("chest_pain", "emergency"),
    ("sudden_severe", "emergency"),
    ("fever_very_unwell", "emergency"),
    ("fever limb_numbness", "emergency"),
    ("fever limb_weakness_stable", "emergency"),
    ("pregnancy_bleeding", "emergency"),
    ("pulsing_belly", "same_day"),
    ("fever", "same_day"),
    ("infection_risk", "same_day"),
    ("weight_loss_ill", "same_day"),
    ("cancer_history", "same_day"),
    ("night_pain", "same_day"),
    ("limb_numbness", "soon"),
    ("limb_numbness limb_below_knee", "same_day"),
    ("limb_numbness limb_worsening", "same_day"),
    ("limb_numbness limb_cough", "same_day"),
    ("lump_shape", "same_day"),
    ("between_shoulders", "same_day"),
    ("minor_fall over_50", "same_day"),
    ("minor_fall osteoporosis", "same_day"),
    ("minor_fall steroids", "same_day"),
    ("urine_flank", "same_day"),
    ("steroids", "soon"),
    ("osteoporosis", "soon"),
    ("steroids severe severe_new", "same_day"),
    ("osteoporosis severe severe_new", "same_day"),
    ("under_20", "soon"),
    ("over_50 first_episode", "soon"),
    ("night_pain_known", "soon"),
    ("night_pain_known began_before_45", "soon"),
    ("eased_by_sitting", "soon"),
    ("severe", "soon"),
    ("worsening", "soon"),
    ("stops_life", "soon"),
    ("three_days not_easing", "soon"),
]
# What alone, or together, changes nothing.
HARMLESS = [
    "",
    "minor_fall",
    "over_50",
    "first_episode",
    "began_before_45",
    "severe_new",
    "limb_below_knee limb_worsening limb_cough",
    "three_days",
    "not_easing",
    "over_50 began_before_45 three_days",
]


def level(facts: str) -> str:
    return assess(CURRENT.rows, facts.split()).level


@pytest.mark.parametrize(("facts", "expected"), TABLE, ids=[facts for facts, _ in TABLE])
def test_each_row_of_the_table_leads_where_it_should(facts: str, expected: str) -> None:
    assert level(facts) == expected


@pytest.mark.parametrize("facts", HARMLESS)
def test_what_is_no_sign_by_itself_is_self_care(facts: str) -> None:
    assert level(facts) == "self_care"


def test_no_row_is_without_a_line_in_this_table() -> None:
    here = {(frozenset(facts.split()), expected) for facts, expected in TABLE}
    assert {(one.all_of, one.level) for one in CURRENT.rows} == here


def test_every_fact_that_is_asked_for_can_matter() -> None:
    used = {fact for one in CURRENT.rows for fact in one.all_of}
    assert used == set(CURRENT.fact_ids)


@pytest.mark.parametrize(("facts", "expected"), TABLE, ids=[facts for facts, _ in TABLE])
def test_the_oracle_reads_the_table_in_the_same_way(facts: str, expected: str) -> None:
    assert level_of(facts.split()) == expected


@pytest.mark.parametrize("one", TABLE, ids=lambda one: one[0])
def test_any_two_rows_together_keep_the_more_urgent_level(one: tuple[str, str]) -> None:
    facts, mine = one
    for others, theirs in TABLE:
        both = level(f"{facts} {others}")
        assert LEVELS.index(both) >= max(LEVELS.index(mine), LEVELS.index(theirs))


@pytest.mark.parametrize("mine", CURRENT.rows, ids=lambda mine: mine.id)
def test_no_row_matches_with_one_of_its_facts_missing(mine: Row) -> None:
    for missing in mine.all_of:
        assert mine.id not in assess(CURRENT.rows, mine.all_of - {missing}).rows
