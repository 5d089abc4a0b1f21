"""The traffic light: what a walk did, from the scores around it."""

from dataclasses import replace
from itertools import combinations, product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.walking import rules
from backend.walking.rules import Light, Scores

GREEN, AMBER, RED = Light.GREEN, Light.AMBER, Light.RED
WAITING, UNKNOWN = Light.WAITING, Light.UNKNOWN
ASKED = frozenset({"later", "morning"})
MORNING = frozenset({"morning"})
DAY_AFTER = frozenset({"day_after"})


def walk(before: int | None, *after: int | None, **values: Any) -> Scores:
    """A walk with its scores in the order of asking; both regular questions were asked."""
    names = ("after", "later", "morning", "day_after")
    given = dict(zip(names, after, strict=False))
    return Scores(**({"before": before, "asked": ASKED} | given | values))


def having(scores: Scores, which: str, score: int) -> Scores:
    values: dict[str, Any] = {which: score}
    return replace(scores, **values)


# --- green, amber, red ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("scores", "light"),
    [
        (walk(2, 2, 2, 2), GREEN),
        (walk(2, 4, 4, 4), GREEN),  # a rise of 2 is small
        (walk(4, 0, 0, 0), GREEN),
        (walk(2, 5, 2, 2), AMBER),  # 3 is not
        (walk(2, 2, 5, 2), AMBER),
        (walk(2, 5, 5, 4), AMBER),  # gone by the morning: within 2 of the score before
        (walk(2, 5, 5, 5, 4), AMBER),  # gone a day after
        (walk(2, 2, 2, 5, 4), AMBER),
        (walk(2, 5, 5, 5, 5), RED),  # still there
        (walk(2, 2, 2, 5, 5), RED),
        (walk(0, 0, 0, 3, 3), RED),
    ],
)
def test_the_light_goes_by_the_rise_over_the_score_before(scores: Scores, light: Light) -> None:
    assert rules.light(scores) is light


def test_a_rise_a_day_after_a_calm_morning_came_from_something_else() -> None:
    assert rules.light(walk(2, 2, 2, 4, 9)) is GREEN
    assert rules.light(walk(2, 5, 5, 4, 9)) is AMBER
    assert rules.rise(walk(2, 2, 2, 4, 9)) == 2


def test_a_rise_a_day_after_an_unknown_morning_is_red() -> None:
    assert rules.light(walk(2, 2, 2, None, 5)) is RED


@pytest.mark.parametrize(("score", "light"), [(5, GREEN), (6, AMBER), (10, AMBER)])
@pytest.mark.parametrize("which", ["after", "later", "morning"])
def test_a_score_of_6_or_more_after_a_walk_is_amber_at_least(
    which: str, score: int, light: Light
) -> None:
    scores = having(walk(score, 3, 3, 3), which, score)
    assert rules.light(scores) is light


@pytest.mark.parametrize("reason", ["sign", "wobble", "dizzy"])
def test_an_alarming_stop_is_amber_at_least(reason: str) -> None:
    assert rules.light(walk(2, 2, 2, 2, stopped=reason)) is AMBER
    assert rules.light(walk(2, stopped=reason)) is AMBER
    assert rules.light(walk(2, 5, 5, 5, 5, stopped=reason)) is RED


@pytest.mark.parametrize("reason", ["", "hurt", "pain"])
def test_any_other_stop_is_judged_by_its_scores(reason: str) -> None:
    assert rules.light(walk(2, 2, 2, 2, stopped=reason)) is GREEN


# --- answers in one tap --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("felt", "light"),
    [
        ({"later": "fine", "morning": "fine"}, GREEN),
        ({"later": "worse", "morning": "fine"}, AMBER),
        ({"later": "fine", "morning": "worse"}, UNKNOWN),  # nobody knows whether it went
        ({"later": "fine", "morning": "worse", "day_after": "fine"}, AMBER),
        ({"later": "fine", "morning": "worse", "day_after": "worse"}, RED),
    ],
)
def test_a_tap_counts_like_a_score(felt: dict[str, str], light: Light) -> None:
    assert rules.light(walk(2, 2, felt=felt)) is light


def test_a_score_says_more_than_a_tap() -> None:
    assert rules.light(walk(2, 2, 2, 2, felt={"morning": "worse"})) is GREEN
    assert rules.light(walk(2, 2, 5, 2, felt={"later": "fine"})) is AMBER


# --- what is not known ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("scores", "closed", "still"),
    [
        (walk(2, None, None, 2), UNKNOWN, frozenset({"later"})),
        (walk(2, 2, None, 5, 2), UNKNOWN, frozenset({"later"})),
        (walk(2, 2, 2, None), UNKNOWN, MORNING),
        (walk(2, 9, 2, 5, None), AMBER, DAY_AFTER),  # 9 is too much in any case
        (walk(2, 5, 2, 5, None), UNKNOWN, DAY_AFTER),
        (walk(2, 5, None, None), UNKNOWN, ASKED),
    ],
)
def test_an_answer_that_is_missing_is_waited_for_and_then_unknown(
    scores: Scores, closed: Light, still: frozenset[str]
) -> None:
    assert rules.light(scores) is closed
    assert rules.light(replace(scores, open=still)) is WAITING


def test_hours_later_is_excused_between_a_known_end_and_a_calm_morning() -> None:
    """Answers are missed now and then; what the walk did is known from both of its sides."""
    assert rules.light(walk(2, 2, None, 4)) is GREEN
    assert rules.light(walk(2, 2, None, felt={"morning": "fine"})) is GREEN
    assert rules.light(walk(2, 5, None, 4)) is AMBER


def test_an_open_question_that_has_its_answer_is_not_waited_for() -> None:
    assert rules.light(walk(2, 2, 2, 2, open=ASKED)) is GREEN
    assert rules.light(walk(2, 2, felt={"later": "fine"}, morning=2, open=ASKED)) is GREEN


def test_a_question_that_was_never_asked_is_not_missed() -> None:
    assert rules.light(walk(2, 2, None, 2, asked=MORNING)) is GREEN
    assert rules.light(walk(2, None, 2, 2)) is GREEN


def test_the_morning_has_to_be_known_also_where_nobody_asked() -> None:
    assert rules.light(walk(2, 2, asked=frozenset())) is UNKNOWN


def test_red_needs_no_further_answer() -> None:
    assert rules.light(walk(2, None, None, 5, 5, open=ASKED)) is RED


def test_without_a_score_before_nothing_is_green() -> None:
    assert rules.light(walk(None, 0, 0, 0)) is UNKNOWN
    assert rules.light(walk(None, felt={"later": "fine", "morning": "fine"})) is UNKNOWN
    assert rules.light(walk(None, 0, 0, None, open=MORNING)) is WAITING


def test_without_a_score_before_bad_news_still_counts() -> None:
    worse = {"later": "worse", "morning": "fine"}
    assert rules.light(walk(None, felt=worse)) is AMBER
    assert rules.light(walk(None, 0, 6, 0)) is AMBER
    assert rules.light(walk(None, felt={"morning": "worse", "day_after": "worse"})) is RED


# --- the rise ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("scores", "rise"),
    [
        (walk(2, 3, 6, 2), 4),
        (walk(5, 3, 2, 2), 0),
        (walk(2, 3, felt={"later": "worse"}), 3),
        (walk(2, 3, felt={"later": "fine"}), 1),
        (walk(None, felt={"later": "worse"}), 3),
        (walk(None, felt={"later": "fine"}), 0),
        (walk(2, 2, 2, 5, 7), 5),
        (walk(None, 6, 6, 6), None),
        (walk(2), None),
    ],
)
def test_the_rise_is_the_largest_over_the_score_before(scores: Scores, rise: int | None) -> None:
    assert rules.rise(scores) == rise


def test_one_answer_alone_is_raised_from_3_above_the_score_before() -> None:
    scores = walk(2, 4, 5, felt={"day_after": "worse"})
    answers = ("after", "later", "morning", "day_after")
    assert [rules.raised(scores, which) for which in answers] == [False, True, False, True]


# --- properties ----------------------------------------------------------------------------------

score = st.none() | st.integers(0, 10)
anything = st.builds(
    Scores,
    before=score, after=score, later=score, morning=score, day_after=score,
    felt=st.dictionaries(
        st.sampled_from(["later", "morning", "day_after"]), st.sampled_from(["fine", "worse"])
    ),
    asked=st.frozensets(st.sampled_from(["later", "morning", "day_after"])),
    open=st.frozensets(st.sampled_from(["later", "morning", "day_after"])),
    stopped=st.sampled_from(["", "hurt", "sign", "wobble"]),
)  # fmt: skip


@given(anything, st.sampled_from(["after", "later", "morning", "day_after"]))
def test_more_pain_never_turns_a_worse_light_into_green(scores: Scores, which: str) -> None:
    higher = having(scores, which, min(10, (getattr(scores, which) or 0) + 1))
    if getattr(scores, which) is not None and rules.light(scores) is not GREEN:
        assert rules.light(higher) is not GREEN


@given(anything)
def test_green_always_has_a_score_before_and_no_rise_above_2(scores: Scores) -> None:
    if rules.light(scores) is GREEN:
        assert scores.before is not None
        assert (rules.rise(scores) or 0) <= 2


@given(anything)
def test_it_is_waited_only_while_something_is_open(scores: Scores) -> None:
    assert rules.light(replace(scores, open=frozenset())) is not WAITING


def test_every_walk_with_all_its_scores_gets_a_colour() -> None:
    for before, after, morning, day_after in product(range(0, 11, 2), repeat=4):
        assert rules.light(walk(before, after, after, morning, day_after)) in {GREEN, AMBER, RED}


def test_the_lights_are_ordered_from_the_mildest_to_the_worst() -> None:
    order = [GREEN, WAITING, UNKNOWN, AMBER, RED]
    assert all(rules.SEVERITY[a] < rules.SEVERITY[b] for a, b in combinations(order, 2))
