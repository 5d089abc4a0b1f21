"""A flare: one tap pauses what was planned; ended, everything goes on where it is bearable."""

import threading
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from rest_framework.test import APIClient

from backend.accounts.models import Person
from backend.core.errors import Conflict, Forbidden, Invalid, NotFound
from backend.pain import flares
from backend.pain.models import Flare
from backend.reminders import holds, registry
from backend.reminders.models import Hold, HoldReason
from tests.conftest import NOW, make_person

pytestmark = [pytest.mark.service, pytest.mark.django_db]

DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def at_now() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def start(owner: Person, **values: Any) -> Flare:
    given: dict[str, Any] = {"id": uuid.uuid4(), "at": NOW, "now": NOW}
    flare, _ = flares.flare_start(owner=owner, **(given | values))
    return flare


def end(flare: Flare, *, at: datetime = NOW, now: datetime | None = None) -> Flare:
    return flares.flare_end(id=flare.pk, owner=flare.owner, at=at, now=now or at)


def held(owner: Person) -> set[str]:
    return {kind for hold in Hold.objects.filter(owner=owner) for kind in hold.kinds or ["all"]}


def address(id: object = None, more: str = "") -> str:  # noqa: A002
    return f"/api/v1/pain/flares/{id or uuid.uuid4()}{more}"


def test_it_pauses_what_people_plan_except_what_a_flare_needs(owner: Person) -> None:
    start(owner)
    assert {"walk", "move"} <= held(owner)
    assert held(owner) & {"check_in", "measure", "unresolved_pain", "step_up"} == set()
    assert all(registry.get(kind).settable for kind in held(owner))


def test_the_pause_has_no_end_of_its_own_and_nobody_lifts_it_by_hand(
    owner: Person, as_owner: APIClient
) -> None:
    start(owner)
    hold = Hold.objects.get()
    assert (hold.reason, hold.until) == (HoldReason.FLARE, None)
    assert as_owner.delete(f"/api/v1/reminders/holds/{hold.pk}").status_code == 403


def test_starting_is_answered_with_day_one(as_owner: APIClient) -> None:
    key = uuid.uuid4()
    answer = as_owner.put(address(key), {}, format="json")
    assert answer.status_code == 201
    assert answer.json() == {
        "id": str(key),
        "began_at": "2026-06-03T10:00:00Z",
        "ended_at": None,
        "resume_percent": None,
        "day": 1,
    }


def test_sending_the_start_again_changes_nothing(as_owner: APIClient) -> None:
    key = uuid.uuid4()
    first = as_owner.put(address(key), {"at": "2026-06-03T09:00:00Z"}, format="json")
    again = as_owner.put(address(key), {"at": "2026-06-03T09:30:00Z"}, format="json")
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == first.json()
    assert (Flare.objects.count(), Hold.objects.count()) == (1, 1)


def test_a_late_replay_of_the_start_does_not_open_an_ended_flare(
    owner: Person, as_owner: APIClient
) -> None:
    flare = end(start(owner, at=NOW - DAY))
    answer = as_owner.put(address(flare.pk), {}, format="json")
    assert (answer.status_code, answer.json()["day"]) == (200, None)
    assert answer.json()["ended_at"] == "2026-06-03T10:00:00Z"
    assert not Hold.objects.exists()


def test_a_second_flare_is_refused_and_changes_nothing(owner: Person, as_owner: APIClient) -> None:
    first = start(owner)
    refused = as_owner.put(address(), {}, format="json")
    assert (refused.status_code, refused.json()["code"]) == (409, "flare_on")
    assert Flare.objects.get() == first
    assert Hold.objects.count() == 1


def test_another_one_may_begin_when_the_first_is_over(owner: Person) -> None:
    end(start(owner, at=NOW - DAY))
    second = start(owner)
    assert flares.open_flare(owner, now=NOW) == flares.flare_state(second, tz=owner.tz, now=NOW)
    assert held(owner) >= {"walk"}


@pytest.mark.parametrize("path", ["", "/end"])
@pytest.mark.parametrize(
    "at", ["2026-06-03T10:05:01Z", "2025-06-02T09:59:59Z", "2026-06-03T09:00:00", "soon", None, 5]
)
def test_a_moment_that_cannot_have_been_is_refused(
    owner: Person, as_owner: APIClient, path: str, at: object
) -> None:
    key = start(owner).pk if path else uuid.uuid4()
    before = list(Flare.objects.values())
    refused = as_owner.put(address(key, path), {"at": at}, format="json")
    assert (refused.status_code, list(refused.json()["fields"])) == (400, ["at"])
    assert list(Flare.objects.values()) == before


def test_a_phone_whose_clock_is_a_little_ahead_starts_it_now(owner: Person) -> None:
    assert start(owner, at=NOW + timedelta(minutes=5)).began_at == NOW


def test_nothing_begins_without_consent() -> None:
    with pytest.raises(Forbidden):
        start(make_person(consent=False))
    assert not Flare.objects.exists()


@pytest.mark.parametrize(
    ("began", "percent"),
    [
        (timedelta(), 70),
        (timedelta(hours=60), 70),  # the first minute of Monday in Berlin: Wednesday is day 3
        (timedelta(hours=60, minutes=1), 60),  # the last of Sunday
        (6 * DAY, 60),
        (7 * DAY, 50),
    ],
)
def test_it_ends_with_where_plans_start_again(
    owner: Person, began: timedelta, percent: int
) -> None:
    flare = end(start(owner, at=NOW - began))
    assert (flare.ended_at, flare.resume_percent, flare.next_ask_at) == (NOW, percent, None)


def test_its_days_are_counted_where_the_person_is() -> None:
    began = NOW - timedelta(days=2, hours=10, minutes=30)  # Monday in Berlin, Sunday in Honolulu
    berlin, honolulu = make_person(), make_person(time_zone="Pacific/Honolulu")
    percents = [end(start(person, at=began)).resume_percent for person in (berlin, honolulu)]
    assert percents == [70, 60]


def test_when_it_ends_reminders_speak_again_but_for_the_persons_own_pause(owner: Person) -> None:
    flare = start(owner)
    holds.hold(person=owner, kinds=["move"], reason=HoldReason.PAUSE, until=NOW + DAY)
    end(flare)
    assert held(owner) == {"move"}


@pytest.mark.parametrize("ends", [flares.flare_delete, flares.flare_end])
def test_an_emergency_goes_on_when_a_flare_is_over(owner: Person, ends: Any) -> None:
    flare = start(owner)
    holds.hold(person=owner, kinds=["walk"], reason=HoldReason.EMERGENCY, until=None)
    times = {"at": NOW, "now": NOW} if ends is flares.flare_end else {}
    ends(id=flare.pk, owner=owner, **times)
    assert [hold.reason for hold in Hold.objects.all()] == ["emergency"]


def test_a_flare_goes_on_when_an_emergency_is_over(owner: Person) -> None:
    start(owner)
    holds.hold(person=owner, kinds=["walk"], reason=HoldReason.EMERGENCY, until=None)
    holds.release(person=owner, reason=HoldReason.EMERGENCY)
    assert flares.open_flare(owner, now=NOW) is not None
    assert [hold.reason for hold in Hold.objects.all()] == ["flare"]


def test_ending_it_again_changes_nothing(owner: Person, as_owner: APIClient) -> None:
    flare = start(owner, at=NOW - 5 * DAY)
    first = as_owner.put(address(flare.pk, "/end"), {"at": "2026-06-01T10:00:00Z"}, format="json")
    again = as_owner.put(address(flare.pk, "/end"), {}, format="json")
    assert (first.status_code, again.status_code) == (200, 200)
    assert again.json() == first.json()
    assert first.json() | {"id": "", "began_at": ""} == {
        "id": "",
        "began_at": "",
        "ended_at": "2026-06-01T10:00:00Z",
        "resume_percent": 60,
        "day": None,
    }


def test_the_end_of_an_old_flare_does_not_wake_what_the_present_one_pauses(owner: Person) -> None:
    old = end(start(owner, at=NOW - DAY))
    start(owner)
    end(old)
    flares.flare_delete(id=old.pk, owner=owner)
    assert [hold.reason for hold in Hold.objects.all()] == ["flare"]


def test_it_never_ends_before_it_began(owner: Person) -> None:
    flare = end(start(owner), at=NOW - DAY, now=NOW)
    assert (flare.ended_at, flare.resume_percent) == (NOW, 70)


def test_a_slip_is_taken_back_without_a_trace(owner: Person, as_owner: APIClient) -> None:
    flare = start(owner)
    assert as_owner.delete(address(flare.pk)).status_code == 204
    assert not Flare.objects.exists()
    assert not Hold.objects.exists()
    assert as_owner.delete(address(flare.pk)).status_code == 404


@pytest.mark.parametrize("path", ["", "/end"])
def test_a_strangers_flare_is_not_found(owner: Person, as_stranger: APIClient, path: str) -> None:
    flare = start(owner)
    assert as_stranger.put(address(flare.pk, path), {}, format="json").status_code == 404
    assert as_stranger.delete(address(flare.pk)).status_code == 404
    assert as_stranger.get("/api/v1/pain/flares").json() == {"results": []}
    assert Flare.objects.get().ended_at is None


def test_what_never_began_cannot_end(owner: Person) -> None:
    with pytest.raises(NotFound):
        flares.flare_end(id=uuid.uuid4(), owner=owner, at=NOW, now=NOW)


def test_the_list_begins_with_the_newest(owner: Person, as_owner: APIClient) -> None:
    old = end(start(owner, at=NOW - 9 * DAY), at=NOW - 8 * DAY)
    new = start(owner, at=NOW - DAY)
    found = as_owner.get("/api/v1/pain/flares").json()["results"]
    assert [(one["id"], one["day"]) for one in found] == [(str(new.pk), 2), (str(old.pk), None)]


def test_a_flare_says_what_it_is(owner: Person) -> None:
    assert str(start(owner)) == "flare since 2026-06-03"


@pytest.mark.django_db(transaction=True)
def test_two_phones_that_start_one_at_the_same_time_start_one() -> None:
    owner = make_person()
    together = threading.Barrier(4)

    def work(_: int) -> str:
        together.wait()
        try:
            return str(start(owner).pk)
        except Conflict as refusal:
            return refusal.code
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        outcomes = list(pool.map(work, range(4)))
    assert sorted(outcomes)[1:] == ["flare_on"] * 3
    assert (Flare.objects.count(), Hold.objects.count()) == (1, 1)


def test_the_service_refuses_what_is_not_yet(owner: Person) -> None:
    with pytest.raises(Invalid):
        start(owner, at=NOW + timedelta(minutes=5) + SECOND)
