"""People as they would tell it: nobody is told to wait longer than they should."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from backend.safety import wording
from backend.safety.rules import LEVELS, assess

PEOPLE: list[dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("vignettes.toml").read_text(encoding="utf-8")
)["people"]
CURRENT = wording.current()


def name(person: dict[str, Any]) -> str:
    return f"{person['age']}, {person['story'][:40]}"


every_person = pytest.mark.parametrize("person", PEOPLE, ids=name)


def steps_over(person: dict[str, Any]) -> int:
    """How many levels more urgent the check is than expected; less than 0 is too mild."""
    found = assess(CURRENT.rows, person["ticked"]).level
    return LEVELS.index(found) - LEVELS.index(person["expected"])


@every_person
def test_nobody_is_told_to_wait_longer_than_they_should(person: dict[str, Any]) -> None:
    assert steps_over(person) >= 0


@every_person
def test_nobody_is_sent_more_than_one_step_too_far_without_a_reason(person: dict[str, Any]) -> None:
    assert steps_over(person) <= 1 or person.get("over")


@every_person
def test_what_is_ticked_is_asked_for_and_fits_the_age(person: dict[str, Any]) -> None:
    ticked = set(person["ticked"])
    assert ticked <= set(CURRENT.fact_ids)
    assert ("over_50" in ticked) == (person["age"] >= 50)
    assert ("under_20" in ticked) == (person["age"] < 20)
    under = {fact.id: fact.under for fact in CURRENT.facts if fact.under}
    assert {under[fact] for fact in ticked & set(under)} <= ticked  # shown only below those


@every_person
def test_each_has_a_story_and_a_source(person: dict[str, Any]) -> None:
    assert len(person["story"]) > 30
    assert person["source"]


def test_there_are_enough_of_them_at_every_level() -> None:
    levels = [person["expected"] for person in PEOPLE]
    assert len(PEOPLE) >= 40
    assert all(levels.count(level) >= 5 for level in LEVELS)


def test_every_fact_belongs_to_a_story() -> None:
    told = {fact for person in PEOPLE for fact in person["ticked"]}
    assert told == set(CURRENT.fact_ids)
