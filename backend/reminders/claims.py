"""Taking what is due. Any number of ticks may run at once: whoever locks a row has it.

A claim only hands out ids with a lease. If they never reach a worker, or the worker dies, the lease
runs out and the next tick hands them out again, so neither a kill nor an emptied Redis loses one.
"""

import logging
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F

from backend.reminders import rules
from backend.reminders.models import Delivery, DeliveryState, Reminder

log = logging.getLogger(__name__)

BATCH = 500
MOST_LEASES = 10  # a delivery that kills every worker that takes it is set aside


@dataclass(frozen=True)
class Claim:
    """The right to send one delivery, until its lease ends or somebody takes a newer one."""

    delivery_id: UUID
    lease: int


def lease_end(now: datetime) -> datetime:
    return now + timedelta(seconds=settings.LEASE_SECONDS)


@transaction.atomic
def claim_reminders(*, now: datetime, limit: int = BATCH) -> list[Claim]:
    """Make a delivery of every reminder due by `now`, and move each on to its next slot."""
    due = (
        Reminder.objects.select_for_update(skip_locked=True, of=("self",))
        .filter(next_due_at__lte=now)
        .select_related("owner")
        .order_by("next_due_at")[:limit]
    )
    deliveries: list[Delivery] = []
    moves: dict[datetime | None, list[UUID]] = defaultdict(list)
    for reminder in due:
        try:
            delivery, following = _plan(reminder, now=now)
        except Exception:  # one broken row must not hold up everybody else's
            log.exception("reminder %s can't be planned and is set aside", reminder.pk)
            moves[None].append(reminder.pk)
            continue
        deliveries.append(delivery)
        moves[following].append(reminder.pk)
    for following, ids in moves.items():
        Reminder.objects.filter(pk__in=ids).update(next_due_at=following)
    Delivery.objects.bulk_create(deliveries, ignore_conflicts=True)
    return _inserted(deliveries)


def _plan(reminder: Reminder, *, now: datetime) -> tuple[Delivery, datetime | None]:
    """The delivery for the latest slot that has come, and the slot after `now`.

    After an outage only the latest slot counts: nobody wants yesterday's reminders too.
    """
    rule, tz = reminder.rule, reminder.owner.tz
    latest = rules.latest_due(rule, tz, now)
    assert reminder.next_due_at is not None  # noqa: S101 - the query asks for due ones
    due_at = max(reminder.next_due_at, latest) if latest else reminder.next_due_at
    delivery = Delivery(
        owner_id=reminder.owner_id,
        reminder=reminder,
        kind=reminder.kind,
        due_at=due_at,
        dedupe_key=f"reminder:{reminder.pk}:{due_at:%Y%m%dT%H%M%S}",
        next_try_at=lease_end(now),
        lease=1,
    )
    return delivery, rules.next_due(rule, tz, now)


def _inserted(deliveries: Iterable[Delivery]) -> list[Claim]:
    """Claims for those that are really ours: a slot that was delivered before keeps its old row."""
    ids = [delivery.pk for delivery in deliveries]
    found = Delivery.objects.filter(pk__in=ids).values_list("pk", flat=True)
    return [Claim(pk, 1) for pk in found]


@transaction.atomic
def claim_deliveries(*, now: datetime, limit: int = BATCH) -> list[Claim]:
    """Take pending deliveries whose time has come: one-offs, retries, and leases that ran out."""
    waiting = (
        Delivery.objects.select_for_update(skip_locked=True)
        .filter(state=DeliveryState.PENDING, next_try_at__lte=now)
        .order_by("next_try_at")[:limit]
        .values_list("pk", "lease")
    )
    rows = list(waiting)
    poison = [pk for pk, lease in rows if lease >= MOST_LEASES]
    if poison:
        log.error("deliveries set aside after %s leases: %s", MOST_LEASES, poison)
        Delivery.objects.filter(pk__in=poison).update(
            state=DeliveryState.FAILED, reason="set_aside", next_try_at=None, ended_at=now
        )
    taken = {pk: lease + 1 for pk, lease in rows if lease < MOST_LEASES}
    Delivery.objects.filter(pk__in=taken).update(lease=F("lease") + 1, next_try_at=lease_end(now))
    return [Claim(pk, lease) for pk, lease in taken.items()]


def begin(claim: Claim, *, now: datetime) -> Delivery | None:
    """Start work on a claim: renews its lease, or answers None where it is no longer ours."""
    mine = Delivery.objects.filter(
        pk=claim.delivery_id, lease=claim.lease, state=DeliveryState.PENDING
    )
    if not mine.update(next_try_at=lease_end(now)):
        return None
    return mine.select_related("owner", "reminder").first()
