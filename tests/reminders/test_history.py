"""The last seven days, as the person lived them."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from backend.accounts.models import Person
from backend.push.models import PushSubscription
from backend.reminders import answers, selectors, services
from backend.reminders.models import Delivery
from tests.conftest import NOW, MakeReminder
from tests.reminders.conftest import send_due

pytestmark = [pytest.mark.service, pytest.mark.django_db]

# Seven local days that end today, in Berlin.
FIRST = datetime(2026, 5, 27, 22, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def plan(owner: Person, due_at: datetime, kind: str = "walk") -> Delivery:
    return services.schedule_once(
        kind=kind, person=owner, dedupe_key=str(uuid.uuid4()), due_at=due_at
    )


def test_it_begins_with_the_local_midnight_seven_days_back(owner: Person) -> None:
    plan(owner, FIRST - SECOND)
    first = plan(owner, FIRST)
    assert list(selectors.history(owner, now=NOW)) == [first]


def test_the_newest_comes_first_and_what_is_to_come_not_at_all(owner: Person) -> None:
    older, newer = plan(owner, NOW - timedelta(hours=2)), plan(owner, NOW)
    plan(owner, NOW + SECOND)
    assert list(selectors.history(owner, now=NOW)) == [newer, older]


def test_a_test_message_is_no_history(owner: Person) -> None:
    plan(owner, NOW, kind="test")
    assert not selectors.history(owner, now=NOW).exists()


def test_a_strangers_is_theirs(owner: Person, stranger: Person) -> None:
    plan(stranger, NOW)
    assert not selectors.history(owner, now=NOW).exists()


def test_it_tells_what_was_shown_and_answered(
    owner: Person,
    as_owner: APIClient,
    phone: PushSubscription,
    make_reminder: MakeReminder,
    due_at: datetime,
) -> None:
    reminder = make_reminder(owner)
    (delivery,) = send_due(due_at)
    later = due_at + timedelta(minutes=20)
    answers.answer_save(delivery_id=delivery.pk, owner_id=owner.pk, answer="done", now=later)
    with time_machine.travel(later, tick=False):
        (told,) = as_owner.get("/api/v1/reminders/history").json()["results"]
    assert told["reminder"] == str(reminder.pk)
    assert (told["kind"], told["state"], told["reason"]) == ("walk", "sent", "")
    assert (told["answer"], told["answered_at"]) == ("done", "2026-06-03T15:50:00Z")
    assert told["answers"] == ["done", "snooze_15", "snooze_60", "skip_today"]
    assert told["path"] == "/move"


def test_it_takes_as_many_queries_for_many_as_for_one(owner: Person, as_owner: APIClient) -> None:
    counts = []
    with time_machine.travel(NOW, tick=False):
        for number in range(2):
            for _ in range(1 + 20 * number):
                plan(owner, NOW)
            with CaptureQueriesContext(connection) as queries:
                as_owner.get("/api/v1/reminders/history")
            counts.append(len(queries))
    assert counts[0] == counts[1]
