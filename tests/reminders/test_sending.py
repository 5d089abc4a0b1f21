"""From a claim to a recorded result, over a real socket to a push service that may misbehave."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from backend.accounts.models import Person
from backend.push import sending as push
from backend.push.models import DeviceState, PushSubscription
from backend.reminders import claims, results, sending, services
from backend.reminders.models import Attempt, Delivery, DeliveryState
from tests.conftest import MakeDevice, MakeReminder, make_person
from tests.push.sink import Sink
from tests.reminders.conftest import ended, send

pytestmark = [pytest.mark.service, pytest.mark.django_db]


def test_a_due_reminder_reaches_every_device(
    phone: PushSubscription,
    tablet: PushSubscription,
    claim: claims.Claim,
    sink: Sink,
    due_at: datetime,
) -> None:
    assert send(claim, at=due_at).state == DeliveryState.SENT
    assert sorted(path for path, _, _ in sink.received) == ["/phone", "/tablet"]


def test_a_message_lives_no_longer_than_its_kind_allows(
    phone: PushSubscription, claim: claims.Claim, sink: Sink, due_at: datetime
) -> None:
    send(claim, at=due_at + timedelta(minutes=10))
    assert sink.received[0][1]["TTL"] == "3000"  # a walk's hour, less the ten minutes


def test_the_same_claim_twice_is_sent_once(
    phone: PushSubscription, claim: claims.Claim, sink: Sink, due_at: datetime
) -> None:
    send(claim, at=due_at)
    send(claim, at=due_at)
    assert len(sink.received) == 1


def test_a_repeat_after_a_crash_replaces_what_the_first_one_showed(
    phone: PushSubscription, claim: claims.Claim, sink: Sink, due_at: datetime
) -> None:
    """Killed after the send, before the record: the second push has the same topic and tag."""
    send(claim, at=due_at)
    Attempt.objects.all().delete()
    Delivery.objects.update(state="pending", next_try_at=due_at, ended_at=None)
    (again,) = claims.claim_deliveries(now=due_at)
    send(again, at=due_at)
    first, second = (headers["Topic"] for _, headers, _ in sink.received)
    assert first == second


def test_without_a_device_it_is_skipped_and_says_so(claim: claims.Claim, due_at: datetime) -> None:
    assert ended(send(claim, at=due_at)) == (DeliveryState.SKIPPED, "no_device")


@pytest.mark.parametrize(
    ("late", "state"),
    [(timedelta(hours=1), DeliveryState.SENT), (timedelta(hours=1, seconds=1), "skipped")],
)
def test_a_stale_reminder_is_dropped_not_delivered_late(
    phone: PushSubscription, claim: claims.Claim, due_at: datetime, late: timedelta, state: str
) -> None:
    assert send(claim, at=due_at + late).state == state


def test_a_reminder_switched_off_in_the_meantime_is_not_sent(
    owner: Person,
    phone: PushSubscription,
    claim: claims.Claim,
    make_reminder: MakeReminder,
    due_at: datetime,
) -> None:
    reminder_id = Delivery.objects.get().reminder_id
    make_reminder(owner, id=reminder_id, enabled=False)
    assert ended(send(claim, at=due_at)) == (DeliveryState.SKIPPED, "disabled")


def test_a_device_that_is_gone_is_retired_and_the_other_one_still_served(
    phone: PushSubscription,
    tablet: PushSubscription,
    claim: claims.Claim,
    sink: Sink,
    due_at: datetime,
) -> None:
    sink.by_path = {"/phone": 410}
    assert send(claim, at=due_at).state == DeliveryState.SENT
    phone.refresh_from_db()
    tablet.refresh_from_db()
    assert (phone.state, tablet.state) == (DeviceState.RETIRED, DeviceState.ACTIVE)


@pytest.mark.parametrize(("status", "reason"), [(410, "gone"), (403, "refused")])
def test_when_no_device_takes_it_the_reason_is_kept(
    phone: PushSubscription,
    claim: claims.Claim,
    sink: Sink,
    due_at: datetime,
    status: int,
    reason: str,
) -> None:
    sink.statuses = [status]
    assert ended(send(claim, at=due_at)) == (DeliveryState.FAILED, reason)


def test_a_service_in_trouble_is_tried_again_for_unsent_devices_only(
    phone: PushSubscription,
    tablet: PushSubscription,
    claim: claims.Claim,
    sink: Sink,
    due_at: datetime,
) -> None:
    sink.by_path = {"/phone": 503}
    waiting = send(claim, at=due_at)
    assert waiting.state == DeliveryState.PENDING
    sink.by_path, sink.received = {}, []
    later = waiting.next_try_at
    assert later is not None
    (again,) = claims.claim_deliveries(now=later)
    assert send(again, at=later).state == DeliveryState.SENT
    assert [path for path, _, _ in sink.received] == ["/phone"]


def test_the_waits_grow(
    phone: PushSubscription, claim: claims.Claim, sink: Sink, due_at: datetime
) -> None:
    sink.statuses = [503]
    now, waits = due_at, []
    for _ in range(4):
        delivery = send(claim, at=now)
        assert delivery.next_try_at is not None
        waits.append((delivery.next_try_at - now).total_seconds())
        now = delivery.next_try_at
        (claim,) = claims.claim_deliveries(now=now)
    assert waits == [30, 60, 120, 240]


def test_never_sooner_than_the_service_asks(
    phone: PushSubscription, claim: claims.Claim, sink: Sink, due_at: datetime
) -> None:
    sink.statuses, sink.headers = [429], {"Retry-After": "600"}
    assert send(claim, at=due_at).next_try_at == due_at + timedelta(minutes=10)


def test_it_gives_up_when_the_message_would_come_too_late(
    phone: PushSubscription, claim: claims.Claim, sink: Sink, due_at: datetime
) -> None:
    sink.statuses, sink.headers = [503], {"Retry-After": "3600"}
    assert ended(send(claim, at=due_at)) == (DeliveryState.FAILED, "unreachable")


def test_each_device_has_one_attempt_row_with_what_was_said_last(
    phone: PushSubscription, claim: claims.Claim, sink: Sink, due_at: datetime
) -> None:
    sink.statuses = [503, 201]
    delivery = send(claim, at=due_at)
    assert delivery.next_try_at is not None
    (again,) = claims.claim_deliveries(now=delivery.next_try_at)
    send(again, at=delivery.next_try_at)
    assert [(row.outcome, row.status) for row in Attempt.objects.all()] == [("sent", 201)]


def test_one_broken_delivery_does_not_hold_up_the_batch(
    owner: Person,
    phone: PushSubscription,
    claim: claims.Claim,
    sink: Sink,
    due_at: datetime,
) -> None:
    broken = services.schedule_once(kind="test", person=owner, dedupe_key="b", due_at=due_at)
    Delivery.objects.filter(pk=broken.pk).update(kind="forgotten")
    (broken_claim,) = claims.claim_deliveries(now=due_at)
    assert ended(send(broken_claim, claim, at=due_at)) == (DeliveryState.FAILED, "broken")
    assert Delivery.objects.get(pk=claim.delivery_id).state == DeliveryState.SENT


def test_a_test_message_goes_to_the_one_device_it_was_asked_for(
    owner: Person,
    phone: PushSubscription,
    tablet: PushSubscription,
    sink: Sink,
    due_at: datetime,
) -> None:
    services.test_push(person=owner, device_id=tablet.pk, now=due_at)
    (found,) = claims.claim_deliveries(now=due_at)
    send(found, at=due_at)
    assert [path for path, _, _ in sink.received] == ["/tablet"]


def test_nobody_elses_device_is_written_to(
    stranger: Person,
    make_device: MakeDevice,
    phone: PushSubscription,
    claim: claims.Claim,
    sink: Sink,
    due_at: datetime,
) -> None:
    make_device(stranger, endpoint=f"{sink.origin}/stranger")
    send(claim, at=due_at)
    assert [path for path, _, _ in sink.received] == ["/phone"]


def test_a_worker_that_lost_its_lease_does_not_end_the_delivery(
    phone: PushSubscription, claim: claims.Claim, due_at: datetime
) -> None:
    """It sent, but somebody else holds the row by the time it records."""
    (stale,) = claims.begin_all([claim], now=due_at)
    claims.claim_deliveries(now=due_at + timedelta(hours=1))
    results.set_aside(stale, reason="broken", now=due_at)
    assert Delivery.objects.get().state == DeliveryState.PENDING


def test_a_check_in_is_silent_once_the_day_has_a_score(
    owner: Person,
    phone: PushSubscription,
    make_reminder: MakeReminder,
    due_at: datetime,
    save_score: Callable[..., object],
) -> None:
    make_reminder(owner, kind="check_in")
    save_score(owner, at=due_at - timedelta(hours=2), now=due_at)
    (found,) = claims.claim_reminders(now=due_at)
    assert ended(send(found, at=due_at)) == (DeliveryState.SKIPPED, "done")


def test_a_score_from_before_the_last_slot_does_not_count(
    owner: Person,
    phone: PushSubscription,
    make_reminder: MakeReminder,
    due_at: datetime,
    save_score: Callable[..., object],
) -> None:
    make_reminder(owner, kind="check_in")
    save_score(owner, at=due_at - timedelta(days=1), now=due_at)
    (found,) = claims.claim_reminders(now=due_at)
    assert send(found, at=due_at).state == DeliveryState.SENT


def test_a_score_given_right_after_a_reminder_does_not_silence_the_next_one(
    owner: Person,
    phone: PushSubscription,
    make_reminder: MakeReminder,
    due_at: datetime,
    save_score: Callable[..., object],
) -> None:
    """What was done lies nearer to yesterday's slot, and was the answer to that one."""
    make_reminder(owner, kind="check_in")
    save_score(owner, at=due_at - timedelta(days=1, minutes=-5), now=due_at)
    (found,) = claims.claim_reminders(now=due_at)
    assert send(found, at=due_at).state == DeliveryState.SENT


def test_it_expires_when_its_kind_says(claim: claims.Claim, due_at: datetime) -> None:
    assert Delivery.objects.get().expires_at == due_at + timedelta(hours=1)


def test_a_batch_takes_as_many_queries_as_one(
    make_device: MakeDevice,
    make_reminder: MakeReminder,
    sink: Sink,
    due_at: datetime,
    django_assert_max_num_queries: Any,
) -> None:
    for number in range(20):
        person = make_person()
        make_device(person, endpoint=f"{sink.origin}/{number}")
        make_reminder(person, kind=("walk", "check_in")[number % 2])
    batch = claims.claim_reminders(now=due_at)
    with django_assert_max_num_queries(20):
        sending.send_claims(batch, clock=lambda: due_at)
    assert Delivery.objects.filter(state=DeliveryState.SENT).count() == 20


@pytest.mark.django_db(transaction=True)
def test_a_device_deleted_while_its_message_was_under_way_undoes_nothing_of_the_others(
    make_device: MakeDevice, make_reminder: MakeReminder, sink: Sink, due_at: datetime
) -> None:
    devices = {}
    for number in range(5):
        person = make_person()
        devices[person.pk] = make_device(person, endpoint=f"{sink.origin}/{number}")
        make_reminder(person)
    batch = claims.claim_reminders(now=due_at)
    works = sending._prepare(claims.begin_all(batch, now=due_at), now=due_at)
    for work in works:
        work.answers = push.send_all(work.parcels, now=due_at)
    gone = works[2].delivery
    devices[gone.owner_id].delete()
    results.record(works, now=due_at)
    left = {one.pk: one.state for one in Delivery.objects.all()}
    assert left.pop(gone.pk) == DeliveryState.PENDING
    assert set(left.values()) == {DeliveryState.SENT}
    (again,) = claims.claim_deliveries(now=due_at + timedelta(minutes=2))
    assert ended(send(again, at=due_at + timedelta(minutes=2))) == ("skipped", "no_device")
