"""Steps backward: what stands before them is held by the server, more of them is not."""

import uuid
from typing import Any

import pytest
import time_machine
from rest_framework.test import APIClient

from backend.accounts.models import Person
from backend.core.errors import Conflict, Forbidden, Invalid, NotFound
from backend.walking import walks
from backend.walking.backward import Backward, backward_of, unlock_save
from backend.walking.gates import gate_of
from backend.walking.models import BackwardUnlock, GateAnswers, Walk
from backend.walking.standing import situation_of
from tests.conftest import NOW, make_person
from tests.walking.cast import (
    DAY,
    HOUR,
    WHOLE_CHECKLIST,
    june,
    open_gate,
    score,
    scored_walk,
    stand,
    start_plan,
    tick_gate,
    values_of,
    walk_at,
)

pytestmark = [pytest.mark.service, pytest.mark.django_db]

MONDAY = -13  # 18 May: two whole weeks lie before the week of NOW


@pytest.fixture
def walker(owner: Person) -> Person:
    """Two green weeks on Mondays to Thursdays, ten seconds on one leg, younger than 65."""
    open_gate(owner)
    start_plan(owner, june(MONDAY, 8))
    for week in (0, 7):
        for weekday in range(4):
            scored_walk(owner, june(MONDAY + week + weekday))
    stand(owner, at=june(0))
    return owner


def step_back(owner: Person, *, at: Any = NOW - HOUR, **values: Any) -> Walk:
    given: dict[str, Any] = {"backward_seconds": 120, "checklist": WHOLE_CHECKLIST}
    return walk_at(owner, at, now=values.pop("now", NOW), **(given | values))


def backward(owner: Person, *, now: Any = NOW) -> Backward:
    gate = gate_of(owner, now=now).state
    return backward_of(owner, situation_of(owner, now=now), gate=gate)


def refused(owner: Person, **values: Any) -> str:
    with pytest.raises(Conflict) as refusal:
        step_back(owner, **values)
    assert not Walk.objects.filter(backward_seconds__gt=0).exists()
    return refusal.value.code


# --- unlocked ------------------------------------------------------------------------------------


def test_who_has_all_of_it_may_step_back(walker: Person) -> None:
    found = backward(walker)
    assert (found.state, found.missing, found.green_weeks) == ("open", (), 2)
    assert (found.bouts, found.total_seconds, found.checklist_needed) == ((60, 60), 120, True)
    assert step_back(walker).backward_seconds == 120


def test_a_plain_walk_needs_none_of_it(owner: Person) -> None:
    assert walk_at(owner, NOW - HOUR).seconds


# --- locked --------------------------------------------------------------------------------------


def test_without_having_stood_on_one_leg_it_is_locked(walker: Person) -> None:
    BackwardUnlock.objects.all().delete()
    assert refused(walker) == "backward_locked"
    assert backward(walker).missing == ("stand",)


def test_nine_seconds_are_not_ten(walker: Person) -> None:
    BackwardUnlock.objects.update(stand_seconds=9)
    assert refused(walker) == "backward_locked"


def test_one_green_week_is_not_two(walker: Person) -> None:
    Walk.objects.filter(started_at__lt=june(-6, 0)).delete()
    found = backward(walker)
    assert (found.state, found.missing, found.green_weeks) == ("locked", ("green_weeks",), 1)
    assert refused(walker) == "backward_locked"


def test_a_red_walk_this_week_locks_it_again(walker: Person) -> None:
    walk = scored_walk(walker, june(1), 3, 5, 7)
    score(walker, 7, walk.ended_at + 24 * HOUR, walk, "day_after")
    assert backward(walker).missing == ("green_weeks",)
    assert refused(walker) == "backward_locked"


def test_at_65_a_clinician_agrees_first(walker: Person) -> None:
    BackwardUnlock.objects.update(over_65=True)
    assert backward(walker).missing == ("clinician",)
    assert refused(walker) == "backward_locked"
    BackwardUnlock.objects.update(clinician="physiotherapist", seen_on=june(1).date())
    assert step_back(walker).seconds


def test_without_a_plan_there_are_no_green_weeks(owner: Person) -> None:
    open_gate(owner)
    stand(owner)
    assert backward(owner).missing == ("green_weeks",)
    assert refused(owner) == "backward_locked"


def test_the_questions_before_walking_come_first(walker: Person) -> None:
    GateAnswers.objects.all().delete()
    found = backward(walker)
    assert (found.state, found.missing) == ("locked", ("gate",))
    assert refused(walker) == "gate_due"


def test_while_walking_is_blocked_nobody_steps_back(walker: Person) -> None:
    tick_gate(walker, at=NOW - 2 * HOUR)
    assert backward(walker).state == "blocked"
    assert refused(walker) == "gate_blocked"


def test_steps_from_before_a_block_are_stored_for_they_happened(walker: Person) -> None:
    tick_gate(walker, at=NOW - HOUR / 2)
    assert step_back(walker, at=NOW - HOUR).seconds


def test_what_was_open_on_that_day_is_stored_when_the_phone_has_a_network_again(
    walker: Person,
) -> None:
    """Three weeks later without a walk nothing is green any more."""
    late = NOW + 21 * DAY
    GateAnswers.objects.update(at=NOW)
    assert backward(walker, now=late).missing == ("green_weeks",)
    assert step_back(walker, now=late).seconds


def test_a_strangers_unlock_opens_nothing(owner: Person, stranger: Person) -> None:
    open_gate(owner)
    stand(stranger)
    assert "stand" in backward(owner).missing


# --- the first sessions --------------------------------------------------------------------------


@pytest.mark.parametrize("lacks", WHOLE_CHECKLIST)
def test_the_first_session_needs_the_whole_checklist(walker: Person, lacks: str) -> None:
    ticked = [one for one in WHOLE_CHECKLIST if one != lacks]
    with pytest.raises(Invalid) as refusal:
        step_back(walker, checklist=ticked)
    assert list(refusal.value.fields) == ["checklist"]


def test_from_the_fourth_session_on_it_is_not_asked_for(walker: Person) -> None:
    for hours in (30, 20, 10):
        with pytest.raises(Invalid):
            step_back(walker, at=NOW - hours * HOUR, checklist=())
        step_back(walker, at=NOW - hours * HOUR)
    assert not backward(walker).checklist_needed
    assert step_back(walker, checklist=()).seconds


def test_a_correction_of_a_session_is_not_asked_again(walker: Person) -> None:
    walk = step_back(walker)
    BackwardUnlock.objects.all().delete()
    given = values_of(walk.started_at, backward_seconds=60)
    walks.walk_save(id=walk.pk, owner=walker, values=given, now=NOW)
    walk.refresh_from_db()
    assert walk.backward_seconds == 60


def test_steps_that_are_added_later_are_asked_like_new_ones(walker: Person) -> None:
    walk = walk_at(walker, NOW - HOUR)
    BackwardUnlock.objects.all().delete()
    given = values_of(walk.started_at, backward_seconds=60, checklist=WHOLE_CHECKLIST)
    with pytest.raises(Conflict):
        walks.walk_save(id=walk.pk, owner=walker, values=given, now=NOW)


# --- how many ------------------------------------------------------------------------------------


def test_more_than_three_a_week_is_stored_and_counted(walker: Person) -> None:
    for hours in (50, 40, 30, 5):
        step_back(walker, at=NOW - hours * HOUR)
    found = backward(walker)
    assert (found.done_this_week, found.per_week, found.sessions) == (4, 3, 4)


def test_more_minutes_than_the_dose_are_stored_for_they_happened(walker: Person) -> None:
    assert step_back(walker, backward_seconds=700).backward_seconds == 700


def test_a_week_with_a_calm_session_adds_a_minute(walker: Person) -> None:
    walk = step_back(walker, at=june(2))
    score(walker, 3, june(2, 9, 55), walk, "before")
    score(walker, 3, june(3, 8), walk, "morning")
    walk.follow_ups.update(felt="fine", answered_at=june(2, 14))
    assert backward(walker, now=june(7)).bouts == (60, 60)
    assert backward(walker, now=june(9)).bouts == (60, 60, 60)


def test_a_stop_for_wobbling_leads_back_to_the_start(walker: Person) -> None:
    test_a_week_with_a_calm_session_adds_a_minute(walker)
    step_back(walker, at=june(4), stopped="wobble", now=june(5))
    assert backward(walker, now=june(9)).bouts == (60, 60)


# --- saying it -----------------------------------------------------------------------------------


def save(owner: Person, **values: Any) -> tuple[BackwardUnlock, bool]:
    given: dict[str, Any] = {
        "id": uuid.uuid4(), "stand_seconds": 12, "over_65": False, "now": NOW,
    }  # fmt: skip
    return unlock_save(owner=owner, **(given | values))


def test_a_second_id_changes_the_one_there_is(owner: Person) -> None:
    open_gate(owner)
    first, new = save(owner, stand_seconds=6)
    again, newer = save(owner, over_65=True, clinician="doctor")
    assert (new, newer) == (True, False)
    row = BackwardUnlock.objects.get()
    assert first.pk == again.pk == row.pk
    assert (row.stand_seconds, row.clinician, row.seen_on) == (12, "doctor", NOW.date())


def test_a_strangers_id_is_not_found(owner: Person, stranger: Person) -> None:
    open_gate(stranger)
    theirs = stand(owner)
    with pytest.raises(NotFound):
        save(stranger, id=theirs.pk)
    assert BackwardUnlock.objects.get().stand_seconds == 12


def test_nothing_is_unlocked_before_the_questions(owner: Person) -> None:
    with pytest.raises(Conflict) as refusal:
        save(owner)
    assert refusal.value.code == "gate_due"


def test_nothing_is_unlocked_while_walking_is_blocked(owner: Person) -> None:
    tick_gate(owner, at=NOW)
    with pytest.raises(Conflict) as refusal:
        save(owner)
    assert refusal.value.code == "gate_blocked"


def test_nothing_is_unlocked_without_consent(db: None) -> None:
    with pytest.raises(Forbidden):
        save(make_person(consent=False))


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("stand_seconds", {"stand_seconds": -1}),
        ("stand_seconds", {"stand_seconds": 601}),
        ("clinician", {"clinician": "pharmacist"}),
        ("clinician", {"clinician": "neighbour"}),
        ("seen_on", {"clinician": "doctor", "seen_on": june(5).date()}),
        ("at", {"at": NOW + DAY}),
    ],
)
def test_what_makes_no_sense_is_named(owner: Person, field: str, values: dict[str, Any]) -> None:
    open_gate(owner)
    with pytest.raises(Invalid) as refusal:
        save(owner, **values)
    assert list(refusal.value.fields) == [field]


def test_the_api_says_what_is_missing(owner: Person, as_owner: APIClient) -> None:
    open_gate(owner)
    body = {"stand_seconds": 12, "over_65": True}
    with time_machine.travel(NOW, tick=False):
        path = "/api/v1/walking/backward"
        answer = as_owner.put(f"{path}/{uuid.uuid4()}", body, format="json")
        again = as_owner.put(f"{path}/{uuid.uuid4()}", body, format="json")
        found = as_owner.get(path).json()
    assert (answer.status_code, again.status_code) == (201, 200)
    assert found.pop("unlock").items() >= body.items()
    assert found == {
        "state": "locked", "missing": ["green_weeks", "clinician"], "green_weeks": 0, "sessions": 0,
        "checklist_needed": True, "checklist": list(WHOLE_CHECKLIST), "bouts": [60, 60],
        "done_this_week": 0, "per_week": 3, "total_seconds": 120,
    }  # fmt: skip


def test_an_unlock_says_what_it_is(owner: Person) -> None:
    assert str(stand(owner)) == "stood 12 s on one leg"
