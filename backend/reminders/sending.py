"""From a batch of claims to recorded results. The network stands outside any transaction."""

import logging
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db import DatabaseError

from backend.push import sending as push
from backend.push.models import PushSubscription
from backend.push.results import Outcome
from backend.push.sending import Parcel
from backend.push.services import active_devices_of
from backend.reminders import claims, facts, results
from backend.reminders.claims import Claim
from backend.reminders.models import Attempt, Delivery
from backend.reminders.payload import message_bytes, tag_of
from backend.reminders.planner import Verdict
from backend.reminders.results import Work

log = logging.getLogger(__name__)

Clock = Callable[[], datetime]


def send_claims(batch: Iterable[Claim], *, clock: Clock) -> None:
    """Send what is still ours of `batch`; each delivery ends, or is planned for another try."""
    now = clock()
    works = _prepare(claims.begin_all(batch, now=now), now=now)
    parcels = [parcel for work in works for parcel in work.parcels]
    answers = iter(push.send_all(parcels, now=clock()))
    for work in works:
        work.answers = [next(answers) for _ in work.parcels]
    results.record(works, now=clock())


def _prepare(deliveries: Sequence[Delivery], *, now: datetime) -> list[Work]:
    """Decide and pack. One broken delivery must not hold up the rest: it is found and set aside."""
    if not deliveries:
        return []
    try:
        return _decided_and_packed(deliveries, now=now)
    except DatabaseError:
        raise  # nobody's fault here: the leases run out, and another try follows
    except Exception:
        if len(deliveries) == 1:
            log.exception("delivery %s can't be prepared", deliveries[0].pk)
            results.set_aside(deliveries[0], reason="broken", now=now)
            return []
    return [work for one in deliveries for work in _prepare([one], now=now)]


def _decided_and_packed(deliveries: Sequence[Delivery], *, now: datetime) -> list[Work]:
    plans = facts.plans(deliveries, now=now)
    before = _earlier_answers(deliveries)
    works = [
        Work(delivery, plan, before.get(delivery.pk, {}))
        for delivery, plan in zip(deliveries, plans, strict=True)
    ]
    leaving = [work for work in works if work.plan.leaves]
    fills = facts.fills([work.delivery for work in leaving], now=now)
    devices = active_devices_of({work.delivery.owner_id for work in leaving})
    for work in leaving:
        work.facts = fills.get(work.delivery.pk, work.facts)
        targets = _targets(work, devices.get(work.delivery.owner_id, []))
        work.parcels = [_parcel(work, device, now=now) for device in targets]
    return works


def _earlier_answers(deliveries: Sequence[Delivery]) -> dict[UUID, dict[UUID | None, Outcome]]:
    """Only what was taken before can have been tried before."""
    again = [delivery.pk for delivery in deliveries if delivery.lease > 1]
    found: dict[UUID, dict[UUID | None, Outcome]] = {}
    if again:
        rows = Attempt.objects.filter(delivery__among=again)
        for delivery_id, device_id, outcome in rows.values_list(
            "delivery_id", "subscription_id", "outcome"
        ):
            found.setdefault(delivery_id, {})[device_id] = Outcome(outcome)
    return found


def _targets(work: Work, devices: Sequence[PushSubscription]) -> list[PushSubscription]:
    """Devices that have not answered for good yet: a retry goes only to the others."""
    kind, subject = work.delivery.what, work.delivery.subject_id
    return [
        device
        for device in devices
        if work.before.get(device.pk, Outcome.RETRY) is Outcome.RETRY
        and (not (kind.one_device and subject) or device.pk == subject)
    ]


def _parcel(work: Work, device: PushSubscription, *, now: datetime) -> Parcel:
    delivery = work.delivery
    message = push.Message(
        payload=message_bytes(
            delivery, device, asks=work.plan.verdict is Verdict.ASK, facts=work.facts
        ),
        ttl=delivery.expires_at - now,
        urgency=delivery.what.urgency,
        topic=tag_of(delivery),
    )
    return Parcel(device=device, message=message)
