"""A plan: started behind the gate, its days chosen by the person, taken back by them."""

import uuid
from datetime import date
from typing import Any

import pytest
import time_machine
from rest_framework.test import APIClient

from backend.accounts.models import Person
from backend.core.errors import Conflict, Forbidden, Invalid, NotFound
from backend.walking import plans
from backend.walking.models import WalkPlan
from tests.conftest import NOW, make_person
from tests.walking.cast import (
    DAY,
    HOUR,
    june,
    open_gate,
    start_plan,
    tick_gate,
    walk_at,
)

pytestmark = [pytest.mark.service, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def gate(owner: Person) -> None:
    open_gate(owner)


@pytest.fixture(autouse=True)
def at_now() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def refused(owner: Person, **values: Any) -> list[str]:
    with pytest.raises(Invalid) as refusal:
        start_plan(owner, NOW, **values)
    assert not WalkPlan.objects.exists()
    return list(refusal.value.fields)


# --- starting ------------------------------------------------------------------------------------


def test_it_starts_on_the_persons_own_day(owner: Person) -> None:
    plan = start_plan(owner, june(2, 0, 30))
    assert plan.started_on == date(2026, 6, 2)
    assert plan.choices == [{"from": "2026-06-02", "days": [0, 1, 2, 3]}]


def test_without_answers_to_the_questions_there_is_no_plan(stranger: Person) -> None:
    with pytest.raises(Conflict) as refusal:
        start_plan(stranger, NOW)
    assert refusal.value.code == "gate_due"


def test_while_walking_is_blocked_there_is_no_plan(owner: Person) -> None:
    tick_gate(owner, at=NOW - HOUR)
    with pytest.raises(Conflict) as refusal:
        start_plan(owner, NOW)
    assert refusal.value.code == "gate_blocked"


def test_without_consent_there_is_no_plan(db: None) -> None:
    with pytest.raises(Forbidden):
        start_plan(make_person(consent=False), NOW)


@pytest.mark.parametrize("tolerance", [None, 0, 241])
def test_a_guess_is_a_number_of_minutes(owner: Person, tolerance: int | None) -> None:
    assert refused(owner, tolerance=tolerance) == ["tolerance"]


@pytest.mark.parametrize("days", [[], [7], [-1], [0, 9]])
def test_days_are_days_of_the_week(owner: Person, days: list[int]) -> None:
    assert refused(owner, days=days) == ["days"]


def test_only_a_known_origin_is_taken(owner: Person) -> None:
    assert refused(owner, tolerance_from="dice") == ["tolerance_from"]


def test_it_does_not_start_in_the_future(owner: Person) -> None:
    with pytest.raises(Invalid):
        start_plan(owner, NOW + DAY, now=NOW)


def test_test_walks_say_what_is_comfortable(owner: Person) -> None:
    for days, minutes in ((3, 10.5), (2, 12), (1, 16)):
        walk_at(owner, NOW - days * DAY, minutes, purpose="test")
    walk_at(owner, NOW - 4 * DAY, 40, purpose="test")  # a fourth, from before
    walk_at(owner, NOW - 5 * DAY, 60)  # no test
    plan = start_plan(owner, NOW, tolerance=None, tolerance_from="walks")
    assert plan.tolerance == 12


def test_test_walks_of_long_ago_say_nothing(owner: Person) -> None:
    walk_at(owner, NOW - 14 * DAY, 12, purpose="test")
    assert refused(owner, tolerance=12, tolerance_from="walks") == ["tolerance_from"]


def test_a_strangers_test_walks_say_nothing(owner: Person, stranger: Person) -> None:
    walk_at(stranger, NOW - DAY, purpose="test")
    assert refused(owner, tolerance_from="walks") == ["tolerance_from"]


# --- again, and other days -----------------------------------------------------------------------


def test_the_same_start_again_is_the_same_also_once_the_gate_is_shut(owner: Person) -> None:
    key = uuid.uuid4()
    first = start_plan(owner, NOW, id=key)
    tick_gate(owner, at=NOW)
    assert start_plan(owner, NOW, id=key, now=NOW + HOUR) == first
    assert WalkPlan.objects.values().get() == WalkPlan.objects.filter(pk=key).values().get()


def test_a_start_from_test_walks_sent_again_weeks_later_stays(owner: Person) -> None:
    walk_at(owner, NOW - DAY, 12, purpose="test")
    key = uuid.uuid4()
    start_plan(owner, NOW, id=key, tolerance_from="walks")
    again = start_plan(owner, NOW, id=key, tolerance_from="walks", now=NOW + 30 * DAY)
    assert again.tolerance == 12


def test_a_corrected_start_keeps_the_days_chosen_since(owner: Person) -> None:
    plan = start_plan(owner, june(1))
    plans.plan_days(id=plan.pk, owner=owner, days=[5, 6], now=NOW)
    start_plan(owner, june(1), id=plan.pk, tolerance=20, days=[1], now=NOW)
    plan.refresh_from_db()
    assert plan.tolerance == 20
    assert plan.choices == [
        {"from": "2026-06-01", "days": [1]}, {"from": "2026-06-03", "days": [5, 6]},
    ]  # fmt: skip


def test_other_days_hold_from_today_on(owner: Person) -> None:
    plan = start_plan(owner, june(1))
    plans.plan_days(id=plan.pk, owner=owner, days=[6, 4, 4], now=NOW)
    plan.refresh_from_db()
    assert plans.chosen_days(plan, june(2).date()) == [0, 1, 2, 3]
    assert plans.chosen_days(plan, june(3).date()) == [4, 6]
    assert plans.chosen_days(plan, june(-3).date()) == [0, 1, 2, 3]


def test_days_changed_twice_on_a_day_are_changed_once(owner: Person) -> None:
    plan = start_plan(owner, june(3, 9))
    for days in ([5], [5, 6]):
        plans.plan_days(id=plan.pk, owner=owner, days=days, now=NOW)
    plan.refresh_from_db()
    assert plan.choices == [{"from": "2026-06-03", "days": [5, 6]}]


def test_days_chosen_without_a_network_hold_from_that_day_on(owner: Person) -> None:
    plan = start_plan(owner, june(1))
    plans.plan_days(id=plan.pk, owner=owner, days=[6], at=june(2), now=NOW)
    plan.refresh_from_db()
    assert [one["from"] for one in plan.choices] == ["2026-06-01", "2026-06-02"]


@pytest.mark.parametrize("days", [[], [7]])
def test_other_days_are_days_of_the_week_too(owner: Person, days: list[int]) -> None:
    plan = start_plan(owner, june(1))
    with pytest.raises(Invalid):
        plans.plan_days(id=plan.pk, owner=owner, days=days, now=NOW)


def test_a_start_taken_back_leaves_the_one_before(owner: Person, as_owner: APIClient) -> None:
    old, new = start_plan(owner, june(1)), start_plan(owner, june(2))
    assert as_owner.delete(f"/api/v1/walking/plans/{new.pk}").status_code == 204
    assert as_owner.get("/api/v1/walking").json()["plan"]["id"] == str(old.pk)


def test_a_strangers_plan_is_not_found_and_stays_as_it_is(owner: Person, stranger: Person) -> None:
    plan = start_plan(owner, june(1))
    before = WalkPlan.objects.values().get()
    open_gate(stranger)
    with pytest.raises(NotFound):
        start_plan(stranger, NOW, id=plan.pk)
    with pytest.raises(NotFound):
        plans.plan_days(id=plan.pk, owner=stranger, days=[1], now=NOW)
    with pytest.raises(NotFound):
        plans.plan_delete(id=plan.pk, owner=stranger)
    assert WalkPlan.objects.values().get() == before


# --- the API -------------------------------------------------------------------------------------


def test_the_api_answers_with_the_plan_and_why(as_owner: APIClient) -> None:
    key = uuid.uuid4()
    body = {
        "tolerance": 15, "tolerance_from": "guess", "walks_already": False, "days": [0, 1, 2, 3, 4],
    }  # fmt: skip
    answer = as_owner.put(f"/api/v1/walking/plans/{key}", body, format="json")
    assert answer.status_code == 201
    assert answer.json() == {
        "id": str(key), "started_on": "2026-06-03", "tolerance": 15, "tolerance_from": "guess",
        "walks_already": False, "days": [0, 1, 2, 3, 4], "days_allowed": 4, "minutes": 10,
        "easy_left": 0, "target_minutes": 30, "target_days": 5, "over_cap": True, "needs": "",
        "why": {
            "on": "2026-06-03", "code": "start", "before": 10, "minutes": 10, "walk_on": None,
            "rise": None, "settled_days": None, "done": None, "planned": None,
        },
    }  # fmt: skip
    assert as_owner.put(f"/api/v1/walking/plans/{key}", body, format="json").status_code == 200
    days = as_owner.put(f"/api/v1/walking/plans/{key}/days", {"days": [0, 2]}, format="json")
    assert (days.json()["days"], days.json()["over_cap"]) == ([0, 2], False)


def test_the_api_says_that_the_questions_come_first(as_stranger: APIClient) -> None:
    body = {"tolerance": 9, "tolerance_from": "guess", "walks_already": False, "days": [0]}
    answer = as_stranger.put(f"/api/v1/walking/plans/{uuid.uuid4()}", body, format="json")
    assert (answer.status_code, answer.json()["code"]) == (409, "gate_due")


@pytest.mark.parametrize("field", ["tolerance_from", "walks_already", "days"])
def test_what_is_needed_is_asked_for_by_its_name(as_owner: APIClient, field: str) -> None:
    body = {"tolerance": 9, "tolerance_from": "guess", "walks_already": False, "days": [0]}
    del body[field]
    answer = as_owner.put(f"/api/v1/walking/plans/{uuid.uuid4()}", body, format="json")
    assert (answer.status_code, list(answer.json()["fields"])) == (400, [field])
