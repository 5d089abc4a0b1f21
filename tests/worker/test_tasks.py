"""The tasks, with a real Redis in between."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from redis import Redis

from backend.accounts.models import Person, PersonSession
from backend.core.models import Pulse
from backend.reminders.models import Delivery, DeliveryState, Hold, HoldReason, Reminder
from backend.reminders.services import KEEP_DELIVERIES
from tests.conftest import MakeDevice, MakeReminder, client_of
from tests.push.sink import Sink, in_background
from tests.worker.conftest import handed_out, tasks_in
from worker.tasks import reminders as tasks
from worker.tasks import upkeep

pytestmark = [pytest.mark.service, pytest.mark.django_db]


@pytest.fixture
def due_reminder(owner: Person, make_reminder: MakeReminder) -> Reminder:
    reminder = make_reminder(owner)
    Reminder.objects.update(next_due_at=timezone.now())
    return reminder


def test_a_tick_hands_out_ids_and_nothing_else(due_reminder: Reminder, queue: Redis) -> None:
    tasks.tick()
    assert tasks_in(queue, "send") == [[[[str(Delivery.objects.get().pk), 1]]]]


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
    assert queue.llen("celery") == 0


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
    assert [len(batch) for (batch,) in tasks_in(queue, "send")] == [2, 2, 1]


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
        (arguments,) = tasks_in(queue, "send")
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
    assert set(handed_out(queue)) == {str(Delivery.objects.get().pk)}


def test_pruning_ends_sessions_that_ran_out_and_keeps_the_others(
    owner: Person, stranger: Person, now: datetime
) -> None:
    client_of(owner)
    client_of(stranger)
    PersonSession.objects.filter(person=owner).update(expire_date=now)
    upkeep.prune()
    assert [session.person for session in PersonSession.objects.all()] == [stranger]


def test_pruning_takes_pauses_that_ended_long_ago_along(owner: Person, now: datetime) -> None:
    long_ago = now - KEEP_DELIVERIES - timedelta(days=400)
    Hold.objects.create(owner=owner, reason=HoldReason.PAUSE, until=long_ago)
    block = Hold.objects.create(owner=owner, reason=HoldReason.EMERGENCY, until=None)
    upkeep.prune()
    assert list(Hold.objects.all()) == [block]
