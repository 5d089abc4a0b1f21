"""Taking what is due. Any number of ticks may run at once: whoever locks a row has it.

A claim only hands out ids with a lease. If they never reach a worker, or the worker dies, the lease
runs out and the next tick hands them out again, so neither a kill nor an emptied Redis loses one.
"""

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.db.models import F, TextField
from django.db.models.functions import Cast

from backend.accounts import zones
from backend.reminders import bulk, rules
from backend.reminders.models import Delivery, DeliveryState, Reminder

log = logging.getLogger(__name__)

BATCH = 500
# What planning and wording a message looks at; a batch has hundreds of rows, so no more than that.
NEEDED = (
    "kind", "subject_id", "due_at", "dedupe_key", "deferred_until", "next_try_at", "lease",
    "retries", "turn", "capped", "capped_on", "answer",
    "owner__time_zone", "owner__locale", "owner__quiet_from", "owner__quiet_to",
    "owner__day_ends_at", "owner__daily_cap", "owner__lock_screen_details",
    "reminder__schedule", "reminder__enabled", "reminder__ignored", "reminder__last_sent_at",
)  # fmt: skip
# A delivery that kills every worker that takes it is set aside. Leases that ran out while it waited
# in Redis don't count, nor those that ended with a word: try again later.
MOST_DEATHS = 10


@dataclass(frozen=True)
class Claim:
    """The right to send one delivery, until its lease ends or somebody takes a newer one."""

    delivery_id: UUID
    lease: int


def lease_length() -> timedelta:
    return timedelta(seconds=settings.LEASE_SECONDS)


def lease_end(now: datetime) -> datetime:
    return now + lease_length()


class Due(NamedTuple):
    """A reminder whose time has come."""

    id: UUID
    owner_id: UUID
    time_zone: str
    kind: str
    schedule: str
    next_due_at: datetime
    turn: int


@transaction.atomic
def claim_reminders(*, now: datetime, limit: int = BATCH) -> list[Claim]:
    """Make a delivery of every reminder due by `now`, and move each on to its next slot."""
    moves: list[dict[str, Any]] = []
    rows: list[dict[str, Any]] = []
    for due in _due(now=now, limit=limit):
        try:
            row, following = _plan(due, now=now)
        except Exception:  # one broken row must not hold up everybody else's
            log.exception("reminder %s can't be planned and is set aside", due.id)
            moves.append({"id": due.id, "next_due_at": None})
            continue
        rows.append(row)
        moves.append({"id": due.id, "next_due_at": following})
    bulk.move_reminders(moves)
    alike = Delivery(next_try_at=lease_end(now), lease=1, created_at=now)
    return [Claim(pk, 1) for pk in bulk.insert_deliveries(rows, alike=alike)]


def _due(*, now: datetime, limit: int) -> Iterator[Due]:
    """Locked for this transaction. A schedule comes as text: the same ones come over and over."""
    found = (
        Reminder.objects.select_for_update(skip_locked=True, of=("self",))
        .filter(next_due_at__lte=now)
        .order_by("next_due_at")
        .values_list(
            "pk", "owner_id", "owner__time_zone", "kind", Cast("schedule", TextField()),
            "next_due_at", "turn",
        )[:limit]
    )  # fmt: skip
    return (Due(*row) for row in found)


def _plan(due: Due, *, now: datetime) -> tuple[dict[str, Any], datetime | None]:
    """The delivery for the latest slot that has come, and the slot after `now`.

    After an outage only the latest slot counts: nobody wants yesterday's reminders too.
    """
    rule, tz = rules.read_schedule(due.schedule), zones.zone(due.time_zone)
    latest = rules.latest_due(rule, tz, now)
    due_at = max(due.next_due_at, latest) if latest else due.next_due_at
    row = {
        "id": uuid4(),
        "owner_id": due.owner_id,
        "reminder_id": due.id,
        "kind": due.kind,
        "due_at": due_at,
        "dedupe_key": f"reminder:{due.id}:{due_at:%Y%m%dT%H%M%S}",
        "turn": due.turn,
        "capped": rule.interval,
    }
    return row, rules.next_due(rule, tz, now)


@transaction.atomic
def claim_deliveries(*, now: datetime, limit: int = BATCH) -> list[Claim]:
    """Take pending deliveries whose time has come: one-offs, retries, and leases that ran out."""
    waiting = (
        Delivery.objects.select_for_update(skip_locked=True)
        .filter(state=DeliveryState.PENDING, next_try_at__lte=now)
        .order_by("next_try_at")[:limit]
        .values_list("pk", "lease", F("begun") - F("retries"))
    )
    rows = list(waiting)
    poison = [pk for pk, _, deaths in rows if deaths >= MOST_DEATHS]
    if poison:
        log.error("deliveries set aside, %s workers died of each: %s", MOST_DEATHS, poison)
        Delivery.objects.filter(pk__in=poison).update(
            state=DeliveryState.FAILED, reason="set_aside", next_try_at=None, ended_at=now
        )
    taken = {pk: lease + 1 for pk, lease, deaths in rows if deaths < MOST_DEATHS}
    mine = Delivery.objects.filter(pk__among=taken)
    mine.update(lease=F("lease") + 1, next_try_at=lease_end(now))
    return [Claim(pk, lease) for pk, lease in taken.items()]


def begin_all(batch: Iterable[Claim], *, now: datetime) -> list[Delivery]:
    """Start work on claims. Leaves out those that are no longer ours."""
    by_lease: dict[int, list[UUID]] = defaultdict(list)
    for claim in batch:
        by_lease[claim.lease].append(claim.delivery_id)
    found: list[Delivery] = []
    for lease, ids in by_lease.items():
        mine = Delivery.objects.filter(pk__among=ids, lease=lease, state=DeliveryState.PENDING)
        taken = mine.select_related("owner", "reminder").only(*NEEDED).order_by("due_at")
        found += taken
        _note_beginning([delivery.pk for delivery in taken if _needs_note(delivery, now)], now=now)
    return found


def _needs_note(delivery: Delivery, now: datetime) -> bool:
    """Most come fresh from their first claim. To write into each would be half the work."""
    assert delivery.next_try_at is not None  # noqa: S101 - it is pending
    return delivery.lease > 1 or delivery.next_try_at < now + lease_length() / 2


def _note_beginning(ids: list[UUID], *, now: datetime) -> None:
    """Renew leases, and count the workers that set to work."""
    if ids:
        again = Delivery.objects.filter(pk__among=ids)
        again.update(next_try_at=lease_end(now), begun=F("begun") + 1)
