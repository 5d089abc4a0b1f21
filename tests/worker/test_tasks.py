"""The tasks, with a real Redis in between."""

import base64
import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from django.utils import timezone
from redis import Redis

from backend.accounts.models import Person, PersonSession
from backend.core.models import Pulse
from backend.reminders.models import Delivery, DeliveryState, Reminder
from tests.conftest import MakeDevice, MakeReminder, client_of
from tests.push.sink import Sink, in_background
from worker.app import app
from worker.tasks import reminders as tasks
from worker.tasks import upkeep

pytestmark = [pytest.mark.service, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def queue() -> Iterator[Redis]:
    """The broker, empty before and after."""
    with Redis.from_url(app.conf.broker_url) as redis:
        redis.delete("celery")
        yield redis
        redis.delete("celery")


@pytest.fixture
def due_reminder(owner: Person, make_reminder: MakeReminder) -> Reminder:
    reminder = make_reminder(owner)
    Reminder.objects.update(next_due_at=timezone.now())
    return reminder


def handed_out(queue: Redis) -> list[Any]:
    """The arguments of the tasks that wait in Redis."""
    found = queue.lrange("celery", 0, -1)
    assert isinstance(found, list)
    tasks_ = [json.loads(one) for one in found]
    assert {one["content-type"] for one in tasks_} <= {"application/json"}
    return [_arguments(one) for one in tasks_]


def _arguments(message: dict[str, Any]) -> Any:
    return json.loads(base64.b64decode(message["body"]))[0]


def test_a_tick_hands_out_ids_and_nothing_else(due_reminder: Reminder, queue: Redis) -> None:
    tasks.tick()
    assert handed_out(queue) == [[[[str(Delivery.objects.get().pk), 1]]]]


def test_a_tick_leaves_a_pulse_that_readyz_reads(db: None) -> None:
    before = timezone.now()
    tasks.tick()
    last = Pulse.last("tick")
    assert last is not None
    assert last >= before


def test_an_idle_tick_hands_out_nothing(
    owner: Person, make_reminder: MakeReminder, queue: Redis
) -> None:
    make_reminder(owner, enabled=False)
    tasks.tick()
    assert handed_out(queue) == []


def test_many_due_reminders_travel_in_batches(
    due_reminder: Reminder,
    owner: Person,
    make_reminder: MakeReminder,
    queue: Redis,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for _ in range(4):
        make_reminder(owner)
    Reminder.objects.update(next_due_at=timezone.now())
    monkeypatch.setattr(tasks, "SEND_BATCH", 2)
    tasks.tick()
    assert sorted(len(arguments[0]) for arguments in handed_out(queue)) == [1, 2, 2]


def test_from_tick_to_the_push_service(
    due_reminder: Reminder,
    owner: Person,
    make_device: MakeDevice,
    queue: Redis,
    settings: Any,
) -> None:
    with in_background(Sink()) as sink:
        settings.PUSH_ORIGINS = [sink.origin]
        make_device(owner, endpoint=f"{sink.origin}/phone")
        tasks.tick()
        (arguments,) = handed_out(queue)
        tasks.send(*arguments)
    assert Delivery.objects.get().state == DeliveryState.SENT
    assert len(sink.received) == 1


def test_an_emptied_redis_loses_nothing(
    due_reminder: Reminder, queue: Redis, settings: Any
) -> None:
    settings.LEASE_SECONDS = 0
    tasks.tick()
    queue.flushdb()
    tasks.tick()
    (arguments,) = handed_out(queue)[-1:]
    assert arguments[0][0][0] == str(Delivery.objects.get().pk)


def test_pruning_ends_sessions_that_ran_out_and_keeps_the_others(
    owner: Person, stranger: Person, now: datetime
) -> None:
    client_of(owner)
    client_of(stranger)
    PersonSession.objects.filter(person=owner).update(expire_date=now)
    upkeep.prune()
    assert [session.person for session in PersonSession.objects.all()] == [stranger]
