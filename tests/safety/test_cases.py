"""The cases that phone and server share: the phone is tested on them by shared/triage.test.ts."""

import json
from collections import Counter

from backend.safety import wording
from backend.safety.rules import LEVELS, assess
from tests.safety import cases
from tests.safety.oracle import level_of

SHARED = json.loads(cases.FILE.read_text(encoding="utf-8"))
CURRENT = wording.current()


def test_the_committed_cases_are_those_of_the_present_wording() -> None:
    """Else: python -m tests.safety.cases"""
    assert cases.FILE.read_text(encoding="utf-8") == cases.written()


def test_the_server_comes_to_the_level_of_the_clinical_table_in_every_case() -> None:
    wrong = [
        case
        for case in SHARED["cases"]
        if assess(CURRENT.rows, case["facts"]).level != level_of(case["facts"])
    ]
    assert wrong == []


def test_the_server_finds_the_level_and_the_rows_that_the_phone_is_held_to() -> None:
    for case in SHARED["cases"]:
        found = assess(CURRENT.rows, case["facts"])
        assert (found.level, list(found.rows)) == (case["level"], case["rows"])


def test_they_hold_every_fact_alone_every_row_and_two_thousand_random_sets() -> None:
    sets = [frozenset(case["facts"]) for case in SHARED["cases"]]
    assert {frozenset([fact]) for fact in CURRENT.fact_ids} <= set(sets)
    assert {one.all_of for one in CURRENT.rows} <= set(sets)
    assert len(sets) >= 2_000 + len(CURRENT.fact_ids)


def test_every_level_and_every_row_is_met_often_enough_to_mean_something() -> None:
    levels = Counter(case["level"] for case in SHARED["cases"])
    rows = Counter(row for case in SHARED["cases"] for row in case["rows"])
    assert set(levels) == set(LEVELS)
    assert min(levels.values()) > 100
    assert set(rows) == {one.id for one in CURRENT.rows}
    assert min(rows.values()) > 10
