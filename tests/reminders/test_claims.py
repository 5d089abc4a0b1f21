"""Claiming: each slot once, however many claim at the same time, and nothing lost to a crash."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from backend.accounts.models import Person
from backend.reminders import claims
from backend.reminders.models import Delivery, DeliveryState, Reminder
from backend.reminders.services import schedule_once
from tests.conftest import MakeReminder, make_person

pytestmark = [pytest.mark.service, pytest.mark.django_db]


@pytest.fixture
def reminder(owner: Person, make_reminder: MakeReminder) -> Reminder:
    return make_reminder(owner)


def lease() -> timedelta:
    return timedelta(seconds=settings.LEASE_SECONDS)


def test_nothing_is_claimed_a_second_before_it_is_due(reminder: Reminder, due_at: datetime) -> None:
    assert claims.claim_reminders(now=due_at - timedelta(seconds=1)) == []


def test_a_due_reminder_becomes_one_delivery(reminder: Reminder, due_at: datetime) -> None:
    assert len(claims.claim_reminders(now=due_at)) == 1
    delivery = Delivery.objects.get()
    assert (delivery.reminder, delivery.due_at, delivery.state) == (
        reminder,
        due_at,
        DeliveryState.PENDING,
    )


def test_it_moves_on_to_its_next_slot_in_the_same_step(
    reminder: Reminder, due_at: datetime
) -> None:
    claims.claim_reminders(now=due_at)
    reminder.refresh_from_db()
    assert reminder.next_due_at == due_at + timedelta(days=1)


def test_a_second_claim_finds_nothing(reminder: Reminder, due_at: datetime) -> None:
    claims.claim_reminders(now=due_at)
    assert claims.claim_reminders(now=due_at) == []


def test_a_reminder_that_is_off_is_never_due(
    owner: Person, make_reminder: MakeReminder, due_at: datetime
) -> None:
    make_reminder(owner, enabled=False)
    assert claims.claim_reminders(now=due_at + timedelta(days=30)) == []


def test_after_an_outage_only_the_latest_slot_is_delivered(
    reminder: Reminder, due_at: datetime
) -> None:
    late = due_at + timedelta(days=3, minutes=10)
    claims.claim_reminders(now=late)
    reminder.refresh_from_db()
    assert Delivery.objects.get().due_at == due_at + timedelta(days=3)
    assert reminder.next_due_at == due_at + timedelta(days=4)


def test_a_slot_that_was_delivered_is_not_delivered_again(
    reminder: Reminder, due_at: datetime
) -> None:
    claims.claim_reminders(now=due_at)
    Reminder.objects.update(next_due_at=due_at)  # as after restoring a backup
    assert claims.claim_reminders(now=due_at) == []
    assert Delivery.objects.count() == 1


def test_one_broken_row_does_not_hold_up_the_others(
    owner: Person, make_reminder: MakeReminder, due_at: datetime
) -> None:
    broken, sound = make_reminder(owner), make_reminder(owner)
    Reminder.objects.filter(pk=broken.pk).update(schedule={"days": "nonsense"})
    claims.claim_reminders(now=due_at)
    assert Delivery.objects.get().reminder == sound
    broken.refresh_from_db()
    assert broken.next_due_at is None  # set aside, so that the next tick does not stumble again


def test_claims_come_in_batches_oldest_first(
    owner: Person, make_reminder: MakeReminder, due_at: datetime
) -> None:
    later, earlier = make_reminder(owner, "17:30"), make_reminder(owner, "17:00")
    claims.claim_reminders(now=due_at, limit=1)
    assert Delivery.objects.get().reminder == earlier
    claims.claim_reminders(now=due_at, limit=1)
    assert set(Delivery.objects.values_list("reminder", flat=True)) == {earlier.pk, later.pk}


def test_a_batch_takes_a_fixed_number_of_queries(
    make_reminder: MakeReminder, due_at: datetime, django_assert_max_num_queries: object
) -> None:
    for _ in range(20):
        make_reminder(make_person())
    with django_assert_max_num_queries(8):  # type: ignore[operator]
        assert len(claims.claim_reminders(now=due_at)) == 20


def test_a_delivery_is_not_handed_out_again_while_its_lease_runs(
    reminder: Reminder, due_at: datetime
) -> None:
    claims.claim_reminders(now=due_at)
    assert claims.claim_deliveries(now=due_at + lease() - timedelta(seconds=1)) == []


def test_a_delivery_whose_worker_died_is_handed_out_again(
    reminder: Reminder, due_at: datetime
) -> None:
    (first,) = claims.claim_reminders(now=due_at)
    (second,) = claims.claim_deliveries(now=due_at + lease())
    assert second.delivery_id == first.delivery_id
    assert second.lease == first.lease + 1


def test_a_worker_that_comes_back_late_finds_its_claim_gone(
    reminder: Reminder, due_at: datetime
) -> None:
    (first,) = claims.claim_reminders(now=due_at)
    claims.claim_deliveries(now=due_at + lease())
    assert claims.begin_all([first], now=due_at + lease()) == []


def test_beginning_renews_a_lease_that_is_half_over(reminder: Reminder, due_at: datetime) -> None:
    (claim,) = claims.claim_reminders(now=due_at)
    late = due_at + lease() / 2 + timedelta(seconds=1)
    claims.begin_all([claim], now=late)
    assert Delivery.objects.get().next_try_at == late + lease()


def test_beginning_leaves_a_fresh_lease_as_it_is(
    reminder: Reminder, due_at: datetime, django_assert_num_queries: Any
) -> None:
    (claim,) = claims.claim_reminders(now=due_at)
    with django_assert_num_queries(1):
        claims.begin_all([claim], now=due_at + timedelta(seconds=1))
    assert Delivery.objects.get().next_try_at == due_at + lease()


def test_a_delivery_that_kills_every_worker_is_set_aside(
    reminder: Reminder, due_at: datetime
) -> None:
    taken, now = claims.claim_reminders(now=due_at), due_at
    for _ in range(1 + claims.MOST_DEATHS):  # the first, fresh lease is not counted
        claims.begin_all(taken, now=now)
        now += lease()
        taken = claims.claim_deliveries(now=now)
    assert taken == []
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.reason) == (DeliveryState.FAILED, "set_aside")


def test_a_delivery_that_waited_long_for_a_worker_is_not_to_blame(
    reminder: Reminder, due_at: datetime
) -> None:
    """Its leases ran out in Redis, behind batches that a push service held up."""
    taken, now = claims.claim_reminders(now=due_at), due_at
    for _ in range(3 * claims.MOST_DEATHS):
        now += lease()
        taken = claims.claim_deliveries(now=now)
    assert len(taken) == 1


def test_a_one_off_is_claimed_when_it_is_due(owner: Person, due_at: datetime) -> None:
    schedule_once(kind="test", person=owner, dedupe_key="one", due_at=due_at)
    assert claims.claim_deliveries(now=due_at - timedelta(seconds=1)) == []
    assert len(claims.claim_deliveries(now=due_at)) == 1


def test_the_same_one_off_twice_is_planned_once(owner: Person, due_at: datetime) -> None:
    first = schedule_once(kind="test", person=owner, dedupe_key="one", due_at=due_at)
    again = schedule_once(kind="test", person=owner, dedupe_key="one", due_at=due_at)
    assert first.pk == again.pk


@pytest.mark.django_db(transaction=True)
def test_many_ticks_at_once_claim_each_reminder_exactly_once(
    make_reminder: MakeReminder, due_at: datetime
) -> None:
    for _ in range(40):
        make_reminder(make_person())
    together = threading.Barrier(4)

    def tick(_: int) -> list[claims.Claim]:
        together.wait(timeout=10)
        try:
            found: list[claims.Claim] = []
            while taken := claims.claim_reminders(now=due_at, limit=7):
                found += taken
            return found
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        claimed = [claim for found in pool.map(tick, range(4)) for claim in found]
    assert len(claimed) == len({claim.delivery_id for claim in claimed}) == 40
    assert Delivery.objects.count() == 40
