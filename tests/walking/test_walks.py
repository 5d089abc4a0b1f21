"""Walks: stored once, corrected by saying them again, and only where they can have been."""

import uuid
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from backend.accounts.models import Person
from backend.core.errors import Conflict, Forbidden, Invalid, NotFound
from backend.pain.models import PainEntry
from backend.pain.selectors import calendar_of
from backend.safety.services import Answers, check_save
from backend.walking import standing, walks
from backend.walking.models import FollowUp, Walk
from tests.conftest import NOW, make_person
from tests.walking.cast import (
    DAY,
    HOUR,
    MINUTE,
    SECOND,
    june,
    open_gate,
    score,
    tick_gate,
    utc,
    values_of,
    walk_at,
)

pytestmark = [pytest.mark.service, pytest.mark.django_db]

AN_HOUR_AGO = NOW - HOUR


def refused(owner: Person, values: walks.Values) -> list[str]:
    """The fields that are named."""
    with pytest.raises(Invalid) as refusal:
        walks.walk_save(id=uuid.uuid4(), owner=owner, values=values, now=NOW)
    assert not Walk.objects.exists()
    return list(refusal.value.fields)


def test_a_walk_keeps_what_was_said(owner: Person) -> None:
    given = values_of(
        AN_HOUR_AGO, 12, seconds=600, planned_minutes=10, chosen_minutes=12, purpose="test",
        source="manual", stopped="hurt", distance_m=800, steps=1000, track=[[52.5, 13.4, 0]],
        note=" Along the river. ",
    )  # fmt: skip
    walk, created = walks.walk_save(id=uuid.uuid4(), owner=owner, values=given, now=NOW)
    walk.refresh_from_db()
    assert created
    expected = vars(given) | {"checklist": [], "note": "Along the river."}
    assert {name: getattr(walk, name) for name in expected} == expected


def test_the_time_walked_is_all_the_time_unless_there_were_pauses(owner: Person) -> None:
    assert walk_at(owner, AN_HOUR_AGO, 12.5).seconds == 750
    assert walk_at(owner, june(2), 30, seconds=1500).seconds == 1500


def test_the_same_walk_again_changes_nothing(owner: Person) -> None:
    key, given = uuid.uuid4(), values_of(AN_HOUR_AGO)
    first, _ = walks.walk_save(id=key, owner=owner, values=given, now=NOW)
    asked = list(FollowUp.objects.order_by("pk").values())
    again, created = walks.walk_save(id=key, owner=owner, values=given, now=NOW + HOUR)
    assert not created
    assert Walk.objects.get() == again == first
    assert list(FollowUp.objects.order_by("pk").values()) == asked


def test_a_walk_is_corrected_by_saying_it_again(owner: Person) -> None:
    walk = walk_at(owner, AN_HOUR_AGO, 12, note="Rain")
    longer = values_of(AN_HOUR_AGO, 20)
    walks.walk_save(id=walk.pk, owner=owner, values=longer, now=NOW)
    walk.refresh_from_db()
    assert (walk.seconds, walk.ended_at, walk.note) == (1200, AN_HOUR_AGO + 20 * MINUTE, "")


def test_a_walk_that_moves_takes_its_questions_along(owner: Person) -> None:
    walk = walk_at(owner, NOW - 2 * HOUR)
    before = FollowUp.objects.get(walk=walk, which="later").due_at
    moved = values_of(AN_HOUR_AGO)
    walks.walk_save(id=walk.pk, owner=owner, values=moved, now=NOW)
    assert FollowUp.objects.get(walk=walk, which="later").due_at == before + HOUR


def test_a_strangers_walk_is_not_found_and_stays_as_it_is(owner: Person, stranger: Person) -> None:
    walk = walk_at(owner, AN_HOUR_AGO)
    with pytest.raises(NotFound):
        walks.walk_save(id=walk.pk, owner=stranger, values=values_of(june(1)), now=NOW)
    with pytest.raises(NotFound):
        walks.walk_delete(id=walk.pk, owner=stranger)
    assert Walk.objects.get().started_at == AN_HOUR_AGO


def test_nothing_is_stored_without_consent(db: None) -> None:
    person = make_person(consent=False)
    with pytest.raises(Forbidden):
        walk_at(person, AN_HOUR_AGO)


# --- what can't have been ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("seconds", "fits"), [(0, False), (59, False), (60, True), (28800, True), (28801, False)]
)
def test_a_walk_takes_from_a_minute_to_eight_hours(
    owner: Person, seconds: int, *, fits: bool
) -> None:
    given = values_of(NOW - 10 * HOUR, 600, seconds=seconds)
    if fits:
        assert walks.walk_save(id=uuid.uuid4(), owner=owner, values=given, now=NOW)[1]
    else:
        assert refused(owner, given) == ["seconds"]


@pytest.mark.parametrize("minutes", [0, -5])
def test_a_walk_ends_after_its_start(owner: Person, minutes: int) -> None:
    assert refused(owner, values_of(AN_HOUR_AGO, minutes)) == ["ended_at"]


def test_a_timer_that_was_left_on_for_more_than_a_day_is_told(owner: Person) -> None:
    start = NOW - 30 * HOUR
    just = replace(values_of(start, seconds=900), ended_at=start + DAY)
    assert refused(owner, replace(just, ended_at=just.ended_at + SECOND)) == ["ended_at"]
    assert walks.walk_save(id=uuid.uuid4(), owner=owner, values=just, now=NOW)[1]


def test_a_walk_is_over_but_clocks_may_differ_by_five_minutes(owner: Person) -> None:
    late = values_of(NOW - 10 * MINUTE, 15)
    assert refused(owner, replace(late, ended_at=late.ended_at + SECOND)) == ["ended_at"]
    assert refused(owner, values_of(NOW + HOUR)) == ["started_at", "ended_at"]
    assert walks.walk_save(id=uuid.uuid4(), owner=owner, values=late, now=NOW)[1]


def test_a_walk_of_more_than_a_year_ago_is_a_wrong_date(owner: Person) -> None:
    assert "started_at" in refused(owner, values_of(NOW - 400 * DAY))


def test_nobody_walks_longer_than_from_start_to_end(owner: Person) -> None:
    assert refused(owner, values_of(AN_HOUR_AGO, 12, seconds=721)) == ["seconds"]


def test_nobody_walks_backward_for_longer_than_they_walk(owner: Person) -> None:
    assert refused(owner, values_of(AN_HOUR_AGO, 12, backward_seconds=721)) == ["backward_seconds"]


@pytest.mark.parametrize(
    ("name", "most"), [("distance_m", 4 * 720), ("steps", 5 * 720), ("planned_minutes", 480)]
)
def test_what_no_walk_reaches_is_refused(owner: Person, name: str, most: int) -> None:
    given: Any = {name: most + 1}
    assert refused(owner, values_of(AN_HOUR_AGO, 12, **given)) == [name]
    within: Any = {name: most}
    assert getattr(walk_at(owner, AN_HOUR_AGO, 12, **within), name) == most


@pytest.mark.parametrize(
    "point",
    [[52.5, 13.4], [52.5, 13.4, 0, 1], [91, 0, 0], [-91, 0, 0], [0, 181, 0], [0, 0, -1],
     [0, 0, 722], ["52.5", 13.4, 0], [None, 0, 0], [True, 0, 0], [float("nan"), 0, 0],
     [0, float("inf"), 0], [[0], 0, 0], []],
    ids=repr,
)  # fmt: skip
def test_a_point_of_a_track_is_a_place_and_a_second(owner: Person, point: list[Any]) -> None:
    assert refused(owner, values_of(AN_HOUR_AGO, 12, track=[[52.5, 13.4, 0], point])) == ["track"]


def test_a_track_has_five_thousand_points(owner: Person) -> None:
    point = [52.5, 13.4, 1]
    assert refused(owner, values_of(AN_HOUR_AGO, track=[point] * 5001)) == ["track"]
    assert walk_at(owner, AN_HOUR_AGO, track=[point] * 5000).track


@pytest.mark.parametrize("name", ["purpose", "source", "stopped"])
def test_only_known_words_are_taken(owner: Person, name: str) -> None:
    given: Any = {name: "flying"}
    assert refused(owner, values_of(AN_HOUR_AGO, **given)) == [name]


def test_only_known_checks_are_taken(owner: Person) -> None:
    assert refused(owner, values_of(AN_HOUR_AGO, checklist=["flat", "round"])) == ["checklist"]


def test_everything_that_is_wrong_is_said_at_once(owner: Person) -> None:
    given = values_of(AN_HOUR_AGO, seconds=10, stopped="x", note="n" * 2001)
    assert refused(owner, given) == ["seconds", "stopped", "note"]


# --- one walk at a time --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("minutes", "length"), [(-5, 12), (0, 12), (11, 30), (5, 2), (-30, 120)], ids=str
)
def test_nobody_takes_two_walks_at_once(owner: Person, minutes: int, length: int) -> None:
    walk_at(owner, june(2), 12)
    with pytest.raises(Conflict) as refusal:
        walk_at(owner, june(2) + minutes * MINUTE, length)
    assert refusal.value.code == "walk_overlaps"
    assert Walk.objects.count() == 1


def test_a_walk_may_begin_when_another_ends(owner: Person) -> None:
    walk_at(owner, june(2), 12)
    walk_at(owner, june(2) + 12 * MINUTE)
    walk_at(owner, june(2) - 12 * MINUTE)
    assert Walk.objects.count() == 3


def test_a_strangers_walk_at_that_time_is_no_matter(owner: Person, stranger: Person) -> None:
    walk_at(owner, june(2))
    assert walk_at(stranger, june(2)).seconds


def test_a_correction_may_not_run_into_another_walk(owner: Person) -> None:
    first = walk_at(owner, june(2), 12)
    walk_at(owner, june(2) + 20 * MINUTE)
    with pytest.raises(Conflict):
        walks.walk_save(id=first.pk, owner=owner, values=values_of(june(2), 25), now=NOW)


def test_the_longest_walk_is_still_seen_by_the_next(owner: Person) -> None:
    start = NOW - 30 * HOUR
    walk_at(owner, start, 24 * 60, seconds=3600)
    with pytest.raises(Conflict):
        walk_at(owner, start + DAY - MINUTE)


# --- days ----------------------------------------------------------------------------------------


def story_of(owner: Person, walk: Walk) -> Any:
    return standing.scores_of([walk], owner, now=NOW)[walk.pk]


def test_a_walk_over_midnight_belongs_to_the_day_it_began(owner: Person) -> None:
    walk = walk_at(owner, june(1, 23, 50), 20)
    assert walk.ended_at.astimezone(owner.tz).day == 2
    assert story_of(owner, walk).day == june(1).date()


def test_who_goes_to_bed_late_walks_on_the_day_before(owner: Person) -> None:
    owner.day_ends_at = 3
    owner.save()
    assert story_of(owner, walk_at(owner, june(2, 1), 20)).day == june(1).date()


def test_a_walk_from_one_day_into_the_next_with_a_long_rest_is_one(owner: Person) -> None:
    walk = walk_at(owner, june(1, 18), 14 * 60, seconds=3600)
    assert story_of(owner, walk).day == june(1).date()
    assert [one.walk.pk for one in standing.situation_of(owner, now=NOW).walked] == [walk.pk]


@pytest.mark.parametrize(
    ("at", "minutes"),
    [((2026, 3, 29, 0, 30), 60), ((2026, 10, 25, 0, 30), 60)],
    ids=["clocks put forward", "clocks put back"],
)
def test_a_walk_while_clocks_change_takes_as_long_as_it_took(
    owner: Person, at: tuple[int, ...], minutes: int
) -> None:
    start = utc(*at)
    walk = walk_at(owner, start, minutes)
    assert walk.seconds == 3600
    assert calendar_of(owner).day(walk.started_at) == start.date()


# --- the gate ------------------------------------------------------------------------------------


def test_a_walk_is_taken_where_nobody_has_asked_yet(owner: Person) -> None:
    assert walk_at(owner, AN_HOUR_AGO).seconds


def test_a_walk_that_began_while_walking_was_blocked_is_refused(owner: Person) -> None:
    tick_gate(owner, at=AN_HOUR_AGO)
    with pytest.raises(Conflict) as refusal:
        walk_at(owner, AN_HOUR_AGO + SECOND)
    assert refusal.value.code == "gate_blocked"


def test_a_walk_from_before_the_block_is_taken_for_it_happened(owner: Person) -> None:
    tick_gate(owner, at=AN_HOUR_AGO)
    assert walk_at(owner, AN_HOUR_AGO - SECOND, now=NOW).seconds


def test_an_emergency_answer_blocks_walks_too(owner: Person) -> None:
    open_gate(owner)
    check_save(owner=owner, answers=Answers(symptoms=["chest_pain"]), now=AN_HOUR_AGO)
    with pytest.raises(Conflict):
        walk_at(owner, NOW - 30 * MINUTE)


def test_a_walk_that_is_there_can_still_be_described_once_walking_is_blocked(owner: Person) -> None:
    walk = walk_at(owner, AN_HOUR_AGO)
    tick_gate(owner, at=AN_HOUR_AGO - HOUR)
    described = values_of(AN_HOUR_AGO, stopped="sign")
    walks.walk_save(id=walk.pk, owner=owner, values=described, now=NOW)
    moved = values_of(AN_HOUR_AGO + MINUTE)
    with pytest.raises(Conflict):
        walks.walk_save(id=walk.pk, owner=owner, values=moved, now=NOW)


# --- taking it back ------------------------------------------------------------------------------


def test_a_walk_that_goes_takes_its_questions_and_leaves_the_scores(owner: Person) -> None:
    walk = walk_at(owner, AN_HOUR_AGO)
    score(owner, 3, AN_HOUR_AGO - MINUTE, walk, "before")
    walks.walk_delete(id=walk.pk, owner=owner)
    assert not Walk.objects.exists()
    assert not FollowUp.objects.exists()
    assert PainEntry.objects.get().walk_id == walk.pk


def test_what_is_gone_can_be_brought_back(owner: Person) -> None:
    key, given = uuid.uuid4(), values_of(AN_HOUR_AGO)
    for _ in range(2):
        assert walks.walk_save(id=key, owner=owner, values=given, now=NOW)[1]
        walks.walk_delete(id=key, owner=owner)
    with pytest.raises(NotFound):
        walks.walk_delete(id=key, owner=owner)


def test_a_walk_says_what_it_is(owner: Person) -> None:
    assert str(walk_at(owner, AN_HOUR_AGO)) == "12 min at 2026-06-03 09:00 UTC"


@pytest.mark.parametrize("length", [timedelta(seconds=60.4), timedelta(seconds=59.6)])
def test_a_second_is_rounded_as_people_do(owner: Person, length: timedelta) -> None:
    walk = walk_at(owner, AN_HOUR_AGO, length.total_seconds() / 60)
    assert walk.seconds == 60
