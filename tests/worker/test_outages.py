"""Redis or the database goes away under a task: one line in the log; the lease does the rest."""

import logging
import time
from collections.abc import Iterator
from typing import Any

import pytest
from celery.beat import SchedulingError
from django.db import OperationalError
from django.utils import timezone
from kombu.transport import redis as transport

from backend.accounts.models import Person
from backend.core.models import Pulse
from backend.reminders import claims, sending
from backend.reminders.models import Delivery, DeliveryState, Reminder
from tests.conftest import MakeReminder
from tests.ops.processes import free_port
from worker import broker
from worker.app import app
from worker.tasks import reminders as tasks

pytestmark = [pytest.mark.service, pytest.mark.django_db]


@pytest.fixture
def no_redis(settings: Any) -> Iterator[None]:
    """The address of a Redis that is not there."""
    settings.REDIS_URL = f"redis://127.0.0.1:{free_port()}/0"
    broker._redis.cache_clear()
    yield
    broker._redis.cache_clear()


@pytest.fixture
def due(owner: Person, make_reminder: MakeReminder) -> Reminder:
    reminder = make_reminder(owner)
    Reminder.objects.update(next_due_at=timezone.now())
    return reminder


def test_a_tick_without_redis_claims_nothing_and_does_not_hang(
    due: Reminder, no_redis: None
) -> None:
    begun = time.monotonic()
    tasks.tick()
    assert time.monotonic() - begun < 5
    assert not Delivery.objects.exists()


def test_a_tick_without_redis_leaves_no_pulse(no_redis: None) -> None:
    tasks.tick()
    assert Pulse.last("tick") is None


def test_a_database_that_went_away_costs_one_line_and_no_delivery(
    due: Reminder, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def gone(*_: Any, **__: Any) -> None:
        raise OperationalError("server closed the connection unexpectedly\n\tThis probably means")

    (claim,) = claims.claim_reminders(now=timezone.now())
    monkeypatch.setattr(sending, "send_claims", gone)
    with caplog.at_level(logging.WARNING):
        tasks.send([(str(claim.delivery_id), claim.lease)])
    (record,) = caplog.records
    assert record.exc_info is None
    assert "\n" not in record.getMessage()
    assert Delivery.objects.get().state == DeliveryState.PENDING


def test_a_fault_of_our_own_is_not_taken_for_an_outage(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise KeyError("walk")

    monkeypatch.setattr(sending, "send_claims", broken)
    with pytest.raises(KeyError):
        tasks.send([])


def test_a_tick_that_beat_could_not_send_is_one_line_too() -> None:
    log = logging.getLogger("celery.beat")
    error = SchedulingError("Couldn't apply scheduled task tick: refused\nand more")
    record = log.makeRecord(
        log.name, logging.ERROR, "", 0, "Message Error: %s\n%s", (error, ["stack"]),
        (type(error), error, None),
    )  # fmt: skip
    assert log.filter(record)
    said = logging.Formatter().format(record)
    assert said == "Couldn't apply scheduled task tick: refused"


@pytest.fixture
def lost(monkeypatch: pytest.MonkeyPatch) -> Iterator[transport.Channel]:
    """A channel with an unacknowledged message, whose connection was thrown away."""
    with app.connection_for_read() as connection:
        channel = connection.channel()
        assert isinstance(channel, transport.Channel)
        assert channel.qos._delivered is not None
        channel.qos._delivered["tag"] = None
        monkeypatch.setattr(channel, "connection", None)
        yield channel
        monkeypatch.undo()


def test_messages_of_a_connection_that_is_gone_are_let_go(lost: transport.Channel) -> None:
    lost.qos.restore_unacked()
    assert not lost.qos._delivered


def test_a_task_may_end_after_its_connection(lost: transport.Channel) -> None:
    lost.basic_ack("tag")
    lost.basic_reject("tag")
