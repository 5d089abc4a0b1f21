"""PEG and PSFS: what they add up to, which change matters, and when it is time for them."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.pain import measure_rules as rules
from backend.pain.measure_rules import PEG, PSFS

TODAY = date(2026, 6, 3)
PEG_ANSWERS = {"pain": 6, "enjoyment": 5, "activity": 4}
scores_of_ten = st.integers(0, 10)


def peg(*scores: int) -> dict[str, Any]:
    return dict(zip(rules.PEG_ITEMS, scores, strict=True))


def psfs(*scores: int) -> dict[str, Any]:
    return {"activities": [{"name": f"Number {n}", "score": s} for n, s in enumerate(scores)]}


@pytest.mark.parametrize(
    ("answers", "mean"),
    [
        (peg(0, 0, 0), "0.0"),
        (peg(10, 10, 10), "10.0"),
        (peg(6, 5, 4), "5.0"),
        (peg(5, 5, 6), "5.3"),
        (peg(5, 6, 6), "5.7"),
    ],
)
def test_peg_is_the_mean_of_three_with_one_decimal(answers: dict[str, Any], mean: str) -> None:
    assert rules.mean(PEG, answers) == Decimal(mean)


@pytest.mark.parametrize(
    ("scores", "mean"),
    [((4, 4, 4), "4.0"), ((4, 4, 4, 5), "4.3"), ((4, 5, 5, 5), "4.8"), ((0, 0, 0, 0, 1), "0.2")],
)
def test_psfs_is_the_mean_of_three_to_five_and_the_middle_goes_up(
    scores: tuple[int, ...], mean: str
) -> None:
    assert rules.mean(PSFS, psfs(*scores)) == Decimal(mean)


@pytest.mark.parametrize(
    ("kind", "change", "matters"),
    [
        (PEG, "-1.0", "better"), (PEG, "-0.9", ""), (PEG, "0.0", ""), (PEG, "0.9", ""),
        (PEG, "1.0", "worse"), (PEG, "-10", "better"),
        (PSFS, "2.0", "better"), (PSFS, "1.9", ""), (PSFS, "0.0", ""), (PSFS, "-1.9", ""),
        (PSFS, "-2.0", "worse"), (PSFS, "10", "better"),
    ],
)  # fmt: skip
def test_a_change_matters_from_one_point_of_peg_and_two_of_psfs(
    kind: str, change: str, matters: str
) -> None:
    assert rules.matters(kind, Decimal(change)) == matters


@given(
    before=st.lists(scores_of_ten, min_size=3, max_size=5),
    after=st.lists(scores_of_ten, min_size=5, max_size=5),
)
def test_rounding_never_decides_whether_a_change_matters(
    before: list[int], after: list[int]
) -> None:
    after = after[: len(before)]
    change = rules.mean(PSFS, psfs(*after)) - rules.mean(PSFS, psfs(*before))
    truly = abs(sum(after) - sum(before)) >= 2 * len(before)
    assert bool(rules.matters(PSFS, change)) is truly


def test_right_answers_are_stored_as_they_are_and_nothing_else_with_them() -> None:
    assert rules.read_answers(PEG, PEG_ANSWERS | {"mood": 3}) == (PEG_ANSWERS, {})


def test_names_lose_the_space_around_and_inside_them() -> None:
    given = psfs(1, 2, 3)
    given["activities"][0]["name"] = "  Climbing \n the   stairs "
    answers, problems = rules.read_answers(PSFS, given)
    assert answers["activities"][0] == {"name": "Climbing the stairs", "score": 1}
    assert not problems


@pytest.mark.parametrize("item", rules.PEG_ITEMS)
@pytest.mark.parametrize("value", [-1, 11, 4.5, 4.0, "4", "", True, None, [4], {}])
def test_what_is_no_score_is_named(item: str, value: object) -> None:
    _, problems = rules.read_answers(PEG, PEG_ANSWERS | {item: value})
    assert list(problems) == [f"answers.{item}"]


def test_all_that_is_missing_is_named_at_once() -> None:
    _, problems = rules.read_answers(PEG, {})
    assert sorted(problems) == ["answers.activity", "answers.enjoyment", "answers.pain"]


@pytest.mark.parametrize("kind", [PEG, PSFS])
@pytest.mark.parametrize("given", [None, [], "6", 6, True])
def test_what_is_no_object_is_no_answer(kind: str, given: object) -> None:
    assert list(rules.read_answers(kind, given)[1]) == ["answers"]


@pytest.mark.parametrize("count", [0, 2, 6])
def test_three_to_five_activities_are_named(count: int) -> None:
    _, problems = rules.read_answers(PSFS, psfs(*[4] * count))
    assert list(problems) == ["answers.activities"]


@pytest.mark.parametrize("found", [None, {}, "stairs", 3])
def test_activities_are_a_list(found: object) -> None:
    assert list(rules.read_answers(PSFS, {"activities": found})[1]) == ["answers.activities"]


@pytest.mark.parametrize("count", [3, 5])
def test_three_and_five_are_enough_and_not_too_many(count: int) -> None:
    assert rules.read_answers(PSFS, psfs(*[4] * count))[1] == {}


@pytest.mark.parametrize(
    "name", ["", "   ", "x" * 81, "a\0b", None, 5, ["stairs"], "number 0", " NUMBER  0"]
)
def test_a_name_is_a_short_text_of_its_own(name: object) -> None:
    given = psfs(1, 2, 3)
    given["activities"][1]["name"] = name
    assert list(rules.read_answers(PSFS, given)[1]) == ["answers.activities.1.name"]


def test_a_name_may_have_eighty_characters() -> None:
    given = psfs(1, 2, 3)
    given["activities"][1]["name"] = "ß" * 80
    assert rules.read_answers(PSFS, given)[1] == {}


@pytest.mark.parametrize("one", [None, "stairs", 5, {}, []])
def test_an_activity_has_a_name_and_a_score(one: object) -> None:
    given = psfs(1, 2, 3)
    given["activities"][2] = one
    problems = rules.read_answers(PSFS, given)[1]
    assert sorted(problems) == ["answers.activities.2.name", "answers.activities.2.score"]


def days_ago(peg_days: int | None = None, psfs_days: int | None = None) -> dict[str, date]:
    days = {PEG: peg_days, PSFS: psfs_days}
    return {kind: TODAY - timedelta(days=ago) for kind, ago in days.items() if ago is not None}


@pytest.mark.parametrize(
    ("last_on", "due"),
    [
        (days_ago(6, 27), []),
        (days_ago(7, 27), [PEG]),
        (days_ago(6, 28), [PSFS]),
        (days_ago(7, 28), [PEG, PSFS]),
        (days_ago(0), [PSFS]),
        (days_ago(), [PEG, PSFS]),
        (days_ago(400, 400), [PEG, PSFS]),
    ],
)
def test_while_a_back_hurts_it_is_time_after_a_week_and_after_four(
    last_on: dict[str, date], due: list[str]
) -> None:
    assert rules.due(last_on, today=TODAY, hurts=True) == due


@pytest.mark.parametrize(
    ("last_on", "due"),
    [
        (days_ago(), []),
        (days_ago(7, 20), [PEG]),
        (days_ago(55, 55), [PEG, PSFS]),
        (days_ago(56, 55), [PEG, PSFS]),
        (days_ago(56, 56), []),
    ],
)
def test_without_pain_it_goes_on_for_eight_weeks_and_then_leaves_people_in_peace(
    last_on: dict[str, date], due: list[str]
) -> None:
    assert rules.due(last_on, today=TODAY, hurts=False) == due
