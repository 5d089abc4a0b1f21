"""Which scores tell of a walk: those given for it, else those around it."""

import uuid
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.pain.days import Calendar
from backend.walking.rules import Light
from backend.walking.stories import Answers, Given, Scored, Story, story
from tests.walking.cast import BERLIN, DAY, HOUR, MINUTE, SECOND, june

CALENDAR = Calendar(tz=BERLIN, ends_at=0)
START, END = june(2, 10), june(2, 10, 12)


@dataclass(frozen=True)
class AWalk:
    """On Tuesday the second of June from 10:00 to 10:12."""

    pk: UUID = field(default_factory=uuid.uuid4)
    started_at: datetime = START
    ended_at: datetime = END
    stopped: str = ""


WALK, NEXT = AWalk(), AWalk(started_at=june(2, 14), ended_at=june(2, 14, 12))
MORNING = june(3, 8)


def told(*given: Given, answers: Answers = Answers(), now: datetime = june(9)) -> Story:  # noqa: B008
    return story(WALK, Scored(given), answers, calendar=CALENDAR, now=now)


def tagged(score: int, moment: str, at: datetime, walk: AWalk = WALK) -> Given:
    return Given(at, score, walk.pk, moment)


@pytest.mark.parametrize(
    ("at", "moment"),
    [
        (START - 2 * HOUR - SECOND, None),
        (START - 2 * HOUR, "before"),
        (START, "before"),
        (START + SECOND, None),
        (END, "after"),
        (END + HOUR, None),
        (END + HOUR - SECOND, "after"),
        (END + 2 * HOUR, "later"),
        (END + 8 * HOUR - SECOND, "later"),
        (END + 8 * HOUR, None),
        (june(3, 4), "morning"),
        (june(3, 14), "day_after"),
        (END + 36 * HOUR, None),
    ],
    ids=str,
)
def test_a_score_around_a_walk_counts_in_its_window(at: datetime, moment: str | None) -> None:
    assert list(told(Given(at, 4)).given) == ([moment] if moment else [])


def test_a_score_given_for_a_moment_counts_there_and_nowhere_else() -> None:
    late = tagged(6, "after", END + 4 * HOUR)
    assert told(late).given == {"after": late}


def test_a_score_given_for_a_moment_goes_before_one_from_around_it() -> None:
    own, later = tagged(3, "before", START - HOUR), Given(START - MINUTE, 5)
    assert told(own, later).scores.before == 3


def test_of_two_scores_in_a_window_the_later_counts() -> None:
    assert told(Given(END + 3 * HOUR, 6), Given(END + 5 * HOUR, 4)).scores.later == 4


def test_what_was_said_before_the_next_walk_tells_of_this_one_too() -> None:
    """A question about it would be one too many."""
    assert told(tagged(5, "before", june(2, 13, 55), NEXT)).scores.later == 5


def test_what_the_next_walk_did_is_not_put_down_to_this_one() -> None:
    risen = tagged(9, "after", june(2, 14, 13), NEXT)
    assert told(risen).given == {}


def test_what_the_walk_before_left_is_how_it_was_before_this_one() -> None:
    risen = tagged(
        6, "after", june(2, 9, 50), AWalk(started_at=june(2, 9), ended_at=june(2, 9, 45))
    )
    assert told(risen).scores.before == 6


def test_the_score_of_the_morning_does_not_say_whether_it_passes() -> None:
    noon = AWalk(started_at=june(2, 12), ended_at=june(2, 12, 12))
    first, second = Given(june(3, 8, 30), 6), Given(june(3, 15), 4)
    for entries, day_after in (([first], None), ([first, second], 4)):
        scores = story(noon, Scored(entries), Answers(), calendar=CALENDAR, now=june(9)).scores
        assert scores.day_after == day_after


def test_a_morning_answers_for_both_walks_of_a_day() -> None:
    assert told(tagged(4, "morning", MORNING, NEXT)).scores.morning == 4


def test_a_correction_of_a_score_counts() -> None:
    first, second = tagged(7, "after", END + MINUTE), tagged(3, "after", END + 2 * MINUTE)
    assert told(second, first).scores.after == 3


@pytest.mark.parametrize(
    ("now", "open_"),
    [
        (END + HOUR, {"later", "morning", "day_after"}),
        (END + 8 * HOUR, {"morning", "day_after"}),
        (june(3, 14), {"day_after"}),
        (END + 36 * HOUR, set()),
        (june(9), set()),
    ],
)
def test_a_question_is_open_until_its_window_is_over(now: datetime, open_: set[str]) -> None:
    assert told(now=now).scores.open == open_


def test_one_tap_is_an_answer() -> None:
    answers = Answers(asked=frozenset({"later", "morning"}), felt={"later": "fine"})
    found = told(Given(START, 3), Given(MORNING, 3), answers=answers)
    assert found.light is Light.GREEN


@given(
    minutes=st.lists(st.integers(-200, 40 * 60), unique=True, max_size=8),
    scores=st.lists(st.integers(0, 10), min_size=8, max_size=8),
    data=st.data(),
)
def test_the_order_in_which_phones_tell_of_scores_does_not_matter(
    minutes: list[int], scores: list[int], data: st.DataObject
) -> None:
    entries = [Given(START + n * MINUTE, scores[place]) for place, n in enumerate(minutes)]
    assert told(*data.draw(st.permutations(entries))) == told(*entries)


# --- until it was back ---------------------------------------------------------------------------


def test_it_settled_on_the_day_on_which_a_score_was_back_within_two() -> None:
    found = told(Given(START, 3), Given(END, 7), Given(MORNING, 6), Given(june(4, 9), 5))
    assert found.settled_days == 2


def test_it_settled_the_same_day_where_the_evening_says_so() -> None:
    assert told(Given(START, 3), Given(END, 7), Given(june(2, 20), 4)).settled_days == 0


@pytest.mark.parametrize(
    "scores",
    [
        [Given(START, 3), Given(END, 5), Given(MORNING, 3)],  # it did not rise beyond two
        [Given(START, 3), Given(END, 7), Given(MORNING, 6)],  # it is not back yet
        [Given(END, 7), Given(MORNING, 3)],  # nobody knows where it began
        [Given(START, 3), Given(END, 7), Given(june(2) + 30 * DAY, 3)],  # of something else
    ],
)
def test_it_is_not_said_how_long_it_took_where_nobody_knows(scores: list[Given]) -> None:
    assert told(*scores).settled_days is None


def test_worse_in_one_tap_counts_as_a_rise_from_that_question_on() -> None:
    answers = Answers(felt={"later": "worse"})
    found = told(Given(START, 3), Given(END, 3), Given(MORNING, 4), answers=answers)
    assert found.settled_days == 1


def test_the_day_is_that_of_the_start_by_the_persons_own_days() -> None:
    late = AWalk(started_at=june(3, 1), ended_at=june(3, 1, 12))
    calendar = Calendar(tz=BERLIN, ends_at=3)
    found = story(late, Scored([]), Answers(), calendar=calendar, now=june(9))
    assert found.day == june(2).date()
