"""The routes of reminders and the test message; bad input and strangers have tests of their own."""

import uuid
from typing import Any

import pytest
import time_machine
from rest_framework.test import APIClient

from backend.accounts.models import Person
from backend.reminders.models import Delivery
from tests.conftest import NOW, MakeDevice, MakeReminder

pytestmark = [pytest.mark.service, pytest.mark.django_db]

BODY = {"kind": "walk", "schedule": {"days": [0], "times": ["08:00"]}}


def test_a_new_reminder_answers_when_it_is_due(as_owner: APIClient) -> None:
    answer = as_owner.put(f"/api/v1/reminders/{uuid.uuid4()}", BODY, format="json")
    assert answer.status_code == 201
    assert answer.json()["next_due_at"].endswith("Z")


def test_a_replay_answers_200_with_the_same_reminder(as_owner: APIClient) -> None:
    url = f"/api/v1/reminders/{uuid.uuid4()}"
    first = as_owner.put(url, BODY, format="json")
    again = as_owner.put(url, BODY, format="json")
    assert (again.status_code, again.json()) == (200, first.json())


def test_the_list_takes_one_query_beside_the_session(
    owner: Person,
    as_owner: APIClient,
    make_reminder: MakeReminder,
    django_assert_num_queries: object,
) -> None:
    for _ in range(5):
        make_reminder(owner)
    with django_assert_num_queries(3):  # type: ignore[operator]  # session, person, reminders
        assert len(as_owner.get("/api/v1/reminders").json()["results"]) == 5


def test_a_test_message_can_be_followed(
    owner: Person, as_owner: APIClient, make_device: MakeDevice
) -> None:
    make_device(owner)
    answer = as_owner.post("/api/v1/push/test", {}, format="json")
    assert answer.status_code == 202
    delivery = answer.json()["id"]
    followed = as_owner.get(f"/api/v1/reminders/deliveries/{delivery}").json()
    assert (followed["kind"], followed["state"], followed["reason"]) == ("test", "pending", "")


@pytest.mark.parametrize("device", [True, 5, "nonsense", []])
def test_a_device_is_named_by_its_id(
    owner: Person, as_owner: APIClient, make_device: MakeDevice, device: object
) -> None:
    make_device(owner)
    answer = as_owner.post("/api/v1/push/test", {"device": device}, format="json")
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")
    assert not Delivery.objects.exists()


WINDOW: dict[str, object] = {
    "days": [0, 1, 2, 3, 4],
    "from": "09:00",
    "to": "17:00",
    "every_minutes": 45,
    "except": [["12:00", "13:00"]],
}


def put_window(client: APIClient, schedule: dict[str, object]) -> Any:
    body = {"kind": "move", "schedule": schedule}
    return client.put(f"/api/v1/reminders/{uuid.uuid4()}", body, format="json")


def test_a_window_is_kept_as_it_was_given_and_planned(as_owner: APIClient) -> None:
    with time_machine.travel(NOW, tick=False):
        answer = put_window(as_owner, WINDOW)
    assert answer.status_code == 201
    assert answer.json()["schedule"] == WINDOW
    assert answer.json()["next_due_at"] == "2026-06-03T11:30:00Z"  # 13:30, after lunch


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"every_minutes": 5, "from": "00:00", "to": "23:59"}, "schedule.every_minutes"),
        ({"every_minutes": 0}, "schedule.every_minutes"),
        ({"every_minutes": "45"}, "schedule.every_minutes"),
        ({"to": "09:00"}, "schedule.to"),
        ({"from": "9:00"}, "schedule.from"),
        ({"times": ["08:00"]}, "schedule.times"),
        ({"except": [["13:00", "12:00"]]}, "schedule.except"),
        ({"except": [["09:00", "17:01"]]}, "schedule.except"),
        ({"days": []}, "schedule.days"),
        ({"every_hours": 1}, "schedule.every_hours"),
    ],
)
def test_a_window_that_can_not_be_meant_is_told_by_its_part(
    as_owner: APIClient, change: dict[str, object], field: str
) -> None:
    answer = put_window(as_owner, WINDOW | change)
    assert (answer.status_code, list(answer.json()["fields"])) == (400, [field])
