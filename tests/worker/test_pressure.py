"""A flood of due reminders waits in the database, not in memory or Redis; and it flows."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from redis import Redis

from backend.accounts.models import Person
from backend.reminders import claims
from backend.reminders.models import Delivery, DeliveryState, Reminder
from backend.reminders.services import schedule_once
from tests.conftest import MakeReminder, make_person
from tests.worker.conftest import handed_out, tasks_in
from worker.tasks import reminders as tasks

pytestmark = [pytest.mark.service, pytest.mark.django_db]

BATCH = 4  # claimed at once
SEND = 2  # sent at once
FULL = 6  # batches in Redis


@pytest.fixture(autouse=True)
def small_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(claims, "BATCH", BATCH)
    monkeypatch.setattr(tasks, "SEND_BATCH", SEND)
    monkeypatch.setattr(tasks, "MOST_WAITING", FULL)


def make_due(make_reminder: MakeReminder, number: int) -> None:
    for _ in range(number):
        make_reminder(make_person())
    Reminder.objects.update(next_due_at=timezone.now() - timedelta(seconds=1))


def still_due() -> int:
    return Reminder.objects.filter(next_due_at__lte=timezone.now()).count()


def carry_out(queue: Redis) -> None:
    """Workers that send nothing but end every delivery they are handed."""
    Delivery.objects.filter(pk__in=handed_out(queue)).update(
        state=DeliveryState.SENT, next_try_at=None, ended_at=timezone.now()
    )
    queue.delete("celery")


def test_a_tick_stops_claiming_when_enough_waits_in_redis(
    make_reminder: MakeReminder, queue: Redis
) -> None:
    make_due(make_reminder, 30)
    tasks.tick()
    most = FULL + BATCH // SEND - 1  # the last claim may overshoot by less than itself
    assert FULL <= len(tasks_in(queue, "send")) <= most
    assert still_due() == 30 - Delivery.objects.count() > 0


def test_a_tick_that_finds_the_queue_full_claims_nothing(
    make_reminder: MakeReminder, queue: Redis
) -> None:
    make_due(make_reminder, 5)
    for _ in range(FULL):
        tasks.send.delay([])
    tasks.tick()
    assert still_due() == 5
    assert queue.llen("celery") == FULL


def test_what_a_tick_leaves_the_next_takes_once_there_is_room(
    make_reminder: MakeReminder, queue: Redis
) -> None:
    make_due(make_reminder, 30)
    ticks = 0
    while still_due():
        tasks.tick()
        carry_out(queue)
        ticks += 1
    assert ticks < 5
    assert Delivery.objects.filter(state=DeliveryState.SENT).count() == 30


def test_a_tick_that_left_something_asks_for_another_behind_its_batches(
    make_reminder: MakeReminder, queue: Redis
) -> None:
    make_due(make_reminder, 30)
    tasks.tick()
    assert len(tasks_in(queue, "tick")) == 1
    assert b".tick" in queue.lrange("celery", 0, 0)[0]


@pytest.mark.parametrize("number", [0, 3, BATCH + 1])
def test_a_tick_that_took_everything_asks_for_no_other(
    make_reminder: MakeReminder, queue: Redis, number: int
) -> None:
    make_due(make_reminder, number)
    tasks.tick()
    assert tasks_in(queue, "tick") == []
    assert len(handed_out(queue)) == number


def test_a_tick_ends_where_the_next_begins(
    make_reminder: MakeReminder, queue: Redis, settings: Any
) -> None:
    make_due(make_reminder, 3)
    settings.TICK_SECONDS = 0
    tasks.tick()
    assert still_due() == 3


def test_one_offs_and_retries_are_not_kept_waiting_by_a_flood_of_reminders(
    make_reminder: MakeReminder, owner: Person, queue: Redis
) -> None:
    make_due(make_reminder, 30)
    one = schedule_once(kind="test", person=owner, dedupe_key="one", due_at=timezone.now())
    tasks.tick()
    assert str(one.pk) in handed_out(queue)


def test_a_row_that_kills_its_workers_does_not_hold_up_the_others(
    make_reminder: MakeReminder, owner: Person, queue: Redis
) -> None:
    past = timezone.now() - timedelta(minutes=1)
    poison = [
        schedule_once(kind="test", person=owner, dedupe_key=f"poison{number}", due_at=past)
        for number in range(BATCH + 1)
    ]
    Delivery.objects.update(begun=claims.MOST_DEATHS)
    make_due(make_reminder, 2)
    tasks.tick()
    tasks.tick()
    assert set(
        Delivery.objects.filter(pk__in=[one.pk for one in poison]).values_list("reason", flat=True)
    ) == {"set_aside"}
    assert len(handed_out(queue)) == 2


@pytest.mark.django_db(transaction=True)
def test_ticks_at_the_same_time_hand_out_each_reminder_once(
    make_reminder: MakeReminder, queue: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "MOST_WAITING", 1000)
    make_due(make_reminder, 40)
    together = threading.Barrier(4)

    def tick(_: int) -> None:
        together.wait(timeout=10)
        try:
            tasks.tick()
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(tick, range(4)))
    while still_due():  # a tick that met another's locks may have seen nothing left
        tasks.tick()
    assert len(handed_out(queue)) == len(set(handed_out(queue))) == 40
    assert Delivery.objects.count() == 40
