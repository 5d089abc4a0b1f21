"""From rows to rules: whose walks and scores, of which days, and in how many queries."""

import uuid
from collections.abc import Callable
from datetime import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from backend.accounts.models import Person
from backend.pain import flares
from backend.reminders import holds
from backend.reminders.models import Hold
from backend.safety.services import Answers, check_save
from backend.walking import standing
from backend.walking.models import FollowUp
from backend.walking.rules import Light
from backend.walking.standing import Situation, situation_of
from tests.conftest import NOW, make_person
from tests.walking import years
from tests.walking.cast import (
    DAY,
    EVERY_DAY,
    HOUR,
    june,
    open_gate,
    score,
    scored_walk,
    start_plan,
    walk_at,
)

pytestmark = [pytest.mark.service, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def gate(owner: Person) -> None:
    open_gate(owner)


def codes(situation: Situation) -> list[str]:
    assert situation.standing
    return [change.code for week in situation.standing.weeks for change in week.changes]


def a_good_week(owner: Person, monday: datetime) -> None:
    for weekday in range(4):
        scored_walk(owner, monday + weekday * DAY, minutes=12)


def test_without_a_plan_there_are_walks_and_no_dose(owner: Person) -> None:
    walk = walk_at(owner, NOW - HOUR)
    found = situation_of(owner, now=NOW)
    assert (found.plan, found.standing, found.minutes_for_today) == (None, None, None)
    assert [one.walk.pk for one in found.walked] == [walk.pk]


def test_a_plan_begins_with_four_fifths_of_what_is_comfortable(owner: Person) -> None:
    start_plan(owner, june(1))
    found = standing.standing_of(owner, now=NOW)
    assert found
    assert (found.minutes, found.why.code) == (9, "start")


def test_a_good_week_makes_it_longer(owner: Person) -> None:
    start_plan(owner, june(1))
    a_good_week(owner, june(1))
    found = situation_of(owner, now=june(8))
    assert [one.story.light for one in found.walked] == [Light.GREEN] * 4
    assert found.standing
    assert (found.standing.minutes, found.standing.why.code) == (10, "rose")


def test_a_late_answer_changes_the_review_of_weeks_ago(owner: Person) -> None:
    start_plan(owner, june(1))
    a_good_week(owner, june(1))
    walk = walk_at(owner, june(5))
    score(owner, 3, june(5, 9, 55), walk, "before")
    FollowUp.objects.filter(walk=walk, which="later").update(felt="fine", answered_at=june(5, 14))
    assert codes(situation_of(owner, now=june(8))) == ["start", "rose"]
    score(owner, 7, june(6, 8), walk, "morning")
    assert codes(situation_of(owner, now=june(8))) == ["start", "held_amber"]


def test_walks_from_before_the_start_do_not_count(owner: Person) -> None:
    a_good_week(owner, june(-6))
    start_plan(owner, june(1))
    found = standing.standing_of(owner, now=june(2))
    assert found
    assert [week.sessions for week in found.weeks] == [()]


def test_the_latest_start_counts(owner: Person) -> None:
    newer = start_plan(owner, june(2), tolerance=10, now=NOW)
    start_plan(owner, june(1), tolerance=30, now=NOW)
    found = situation_of(owner, now=NOW)
    assert found.plan == newer
    assert found.minutes_for_today == 8


def test_the_dose_of_a_day_that_is_over_can_be_told(owner: Person) -> None:
    start_plan(owner, june(1))
    a_good_week(owner, june(1))
    found = situation_of(owner, now=june(9))
    days = {number: found.standing_on(june(number).date()) for number in (0, 1, 7, 8)}
    assert {number: one and one.minutes for number, one in days.items()} == {
        0: None, 1: 9, 7: 9, 8: 10,
    }  # fmt: skip


# --- flares, pauses, checks ----------------------------------------------------------------------


def test_a_day_in_a_flare_is_left_out(owner: Person) -> None:
    start_plan(owner, june(1))
    flares.flare_start(id=uuid.uuid4(), owner=owner, at=june(2), now=june(2))
    found = situation_of(owner, now=NOW)
    assert [found.left_out(june(day).date()) for day in (1, 2, 3)] == ["", "flare", "flare"]


def test_after_a_flare_it_goes_on_with_a_part_of_the_dose(owner: Person) -> None:
    start_plan(owner, june(1), tolerance=30, walks_already=True)
    flare, _ = flares.flare_start(id=uuid.uuid4(), owner=owner, at=june(2), now=june(2))
    flares.flare_end(id=flare.pk, owner=owner, at=june(3), now=june(3))
    found = standing.standing_of(owner, now=june(3, 12))
    assert found
    assert (found.minutes, found.why.code) == (14, "flare_over")


@pytest.mark.parametrize(
    ("kinds", "left_out"), [(None, "paused"), (["walk"], "paused"), (["move"], "")]
)
def test_a_day_on_which_walking_is_paused_is_left_out(
    owner: Person, kinds: list[str] | None, left_out: str
) -> None:
    start_plan(owner, june(1))
    holds.pause_save(
        id=uuid.uuid4(), owner=owner, span=holds.Span.TODAY, kinds=kinds, now=june(2, 20)
    )
    Hold.objects.update(created_at=june(2, 20))
    found = situation_of(owner, now=NOW)
    assert [found.left_out(june(day).date()) for day in (1, 2, 3)] == ["", left_out, ""]


def test_after_a_red_walk_it_asks_for_a_check_until_there_is_one(owner: Person) -> None:
    start_plan(owner, june(1))
    walk = scored_walk(owner, june(1), 3, 5, 7)
    score(owner, 7, walk.ended_at + 25 * HOUR, walk, "day_after")
    found = standing.standing_of(owner, now=NOW)
    assert found
    assert (found.needs, found.easy_left, found.minutes) == ("check", 3, 4)
    check_save(owner=owner, answers=Answers(symptoms=[], at=NOW), now=NOW)
    found = standing.standing_of(owner, now=NOW)
    assert found
    assert found.needs == ""


# --- whose ---------------------------------------------------------------------------------------


def test_nobody_gets_the_walks_or_scores_of_another(owner: Person, stranger: Person) -> None:
    walk_at(owner, june(2))
    theirs = walk_at(stranger, june(2))
    score(owner, 9, june(2, 9, 59))
    score(stranger, 2, june(2, 9, 59))
    found = standing.situations_of([owner, stranger], now=NOW)
    assert [one.walk.pk for one in found[stranger.pk].walked] == [theirs.pk]
    assert found[stranger.pk].walked[0].story.scores.before == 2
    assert found[owner.pk].walked[0].story.scores.before == 9


def test_together_they_stand_as_each_does_alone(owner: Person, stranger: Person) -> None:
    open_gate(stranger)
    start_plan(owner, june(-20))
    start_plan(stranger, june(1), tolerance=10)
    a_good_week(owner, june(1))
    a_good_week(stranger, june(1))
    together = standing.situations_of([owner, stranger], now=june(9))
    for person in (owner, stranger):
        alone = situation_of(person, now=june(9))
        assert together[person.pk].standing == alone.standing
        assert together[person.pk].told == alone.told


def test_the_minutes_of_many_come_at_once(owner: Person, stranger: Person) -> None:
    start_plan(owner, june(1))
    assert standing.minutes_for([owner.pk, stranger.pk, uuid.uuid4()], NOW) == {owner.pk: 9}
    assert standing.minutes_for([], NOW) == {}


# --- how many queries ----------------------------------------------------------------------------


def queries(work: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as found:
        work()
    return len(found)


@pytest.mark.parametrize("walks", [3, 200])
def test_it_takes_seven_queries_however_many_walks_there_are(
    owner: Person, walks: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    years.fill(owner, walks=walks, until=NOW)
    with django_assert_num_queries(7):
        found = situation_of(owner, now=NOW)
        assert found.standing
    assert len(found.walked) == walks


def test_it_takes_as_many_queries_for_a_crowd_as_for_one(owner: Person) -> None:
    people = [owner, *(make_person() for _ in range(5))]
    for person in people[1:]:
        open_gate(person)
    for person in people:
        years.fill(person, walks=5, until=NOW)
    ids = [person.pk for person in people]
    assert queries(lambda: standing.minutes_for(ids, NOW)) == 8
    assert queries(lambda: standing.minutes_for(ids[:1], NOW)) == 8


def test_the_stories_of_a_page_take_two_queries(
    owner: Person, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    made = [walk_at(owner, NOW - n * DAY) for n in range(1, 9)]
    with django_assert_num_queries(2):
        found = standing.scores_of(made, owner, now=NOW)
    assert set(found) == {walk.pk for walk in made}
    with django_assert_num_queries(0):
        assert standing.scores_of([], owner, now=NOW) == {}


def test_the_story_of_a_walk_is_the_same_alone_and_among_all(owner: Person) -> None:
    made = [scored_walk(owner, june(day), 3, 3 + day, 4) for day in range(-3, 3)]
    among_all = situation_of(owner, now=NOW).told
    for walk in made:
        assert standing.scores_of([walk], owner, now=NOW)[walk.pk] == among_all[walk.pk]


def test_more_walks_on_a_day_are_one_session(owner: Person) -> None:
    start_plan(owner, june(1), days=EVERY_DAY)
    scored_walk(owner, june(1, 9), minutes=4)
    scored_walk(owner, june(1, 17), 3, 6, 3, minutes=5)
    found = standing.standing_of(owner, now=june(2, 12))
    assert found
    (session,) = found.weeks[0].sessions
    assert (session.seconds, session.light) == (540, Light.AMBER)
    assert found.weeks[0].done == 1
