"""The routes of reminders and the test message; bad input and strangers have tests of their own."""

import uuid

import pytest
from rest_framework.test import APIClient

from backend.accounts.models import Person
from backend.reminders.models import Delivery
from tests.conftest import MakeDevice, MakeReminder

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
