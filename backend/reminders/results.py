"""Writing down what became of a batch, in a number of queries that does not grow with it."""

import logging
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import F, Q

from backend.push.results import Outcome, Result
from backend.push.sending import Parcel
from backend.push.services import record_results
from backend.reminders import bulk
from backend.reminders.facts import Plan
from backend.reminders.models import Delivery, DeliveryState
from backend.reminders.planner import Verdict

log = logging.getLogger(__name__)

FIRST_BACK_OFF = timedelta(seconds=30)
LONGEST_BACK_OFF = timedelta(minutes=30)
REASON_LENGTH = 40

Change = tuple[tuple[str, Any], ...]


@dataclass
class Work:
    """One delivery on its way: what was decided, what goes out, what came back.

    `before`: what devices answered in earlier tries. `facts`: what its wording may fill in.
    """

    delivery: Delivery
    plan: Plan
    before: dict[UUID | None, Outcome] = field(default_factory=dict)
    facts: Mapping[str, str] = field(default_factory=dict)
    parcels: list[Parcel] = field(default_factory=list)
    answers: list[Result] = field(default_factory=list)


class Changes:
    """Deliveries by what is to be stored of them, so that alike ones share one statement."""

    def __init__(self, *, now: datetime) -> None:
        self._now = now
        self._by_change: dict[tuple[int, Change], list[UUID]] = defaultdict(list)

    def put_back(self, delivery: Delivery, *, until: datetime, **more: Any) -> None:
        self._add(delivery, next_try_at=until, retries=F("retries") + 1, **more)

    def end(self, delivery: Delivery, state: DeliveryState, reason: str = "", **more: Any) -> None:
        self._add(
            delivery,
            state=state,
            reason=reason[:REASON_LENGTH],
            next_try_at=None,
            ended_at=self._now,
            **more,
        )

    def _add(self, delivery: Delivery, **values: Any) -> None:
        self._by_change[delivery.lease, tuple(values.items())].append(delivery.pk)

    def store(self) -> None:
        """Only while our leases hold: whoever took a delivery over decides what happens to it."""
        for (lease, change), ids in self._by_change.items():
            mine = Delivery.objects.filter(pk__among=ids, lease=lease, state=DeliveryState.PENDING)
            mine.update(**dict(change))


def record(works: Sequence[Work], *, now: datetime) -> None:
    """Store attempts, devices' states, and the end or the next try of every delivery.

    A device or a person may have been deleted while the message was under way. That must not undo
    what is known of the others: the batch is halved until the one is found, whose lease runs out.
    """
    try:
        _record(works, now=now)
    except IntegrityError:
        if len(works) == 1:
            log.info("delivery %s changed while it was sent", works[0].delivery.pk)
            return
        middle = len(works) // 2
        record(works[:middle], now=now)
        record(works[middle:], now=now)


@transaction.atomic
def _record(works: Sequence[Work], *, now: datetime) -> None:
    _store_attempts(works, now=now)
    changes = Changes(now=now)
    arrived = [work for work in works if _settle(work, changes, now=now)]
    changes.store()
    _count_for_reminders(arrived, now=now)


def set_aside(delivery: Delivery, *, reason: str, now: datetime) -> None:
    """End one that can't be sent at all; the log has the cause."""
    changes = Changes(now=now)
    changes.end(delivery, DeliveryState.FAILED, reason)
    changes.store()


def _store_attempts(works: Iterable[Work], *, now: datetime) -> None:
    rows, results = [], []
    for work in works:
        for parcel, result in zip(work.parcels, work.answers, strict=True):
            results.append((parcel.device, result))
            rows.append(
                {
                    "id": uuid4(),
                    "delivery_id": work.delivery.pk,
                    "subscription_id": parcel.device.pk,
                    "outcome": result.outcome,
                    "status": result.status,
                    "detail": result.detail.replace("\0", ""),
                }
            )
    bulk.save_attempts(rows, at=now)
    if results:
        record_results(results, now=now)


def _settle(work: Work, changes: Changes, *, now: datetime) -> bool:
    """Whether the delivery has now arrived somewhere; `changes` takes what is to be stored."""
    delivery, decision = work.delivery, work.plan.decision
    before = set(work.before.values())
    if decision.until:
        changes.put_back(
            delivery, until=decision.until, deferred_until=decision.until, reason=decision.reason
        )
        return False
    if decision.verdict is Verdict.SKIP and Outcome.SENT not in before:
        changes.end(delivery, DeliveryState.SKIPPED, decision.reason)
        return False
    again = _next_try(delivery, work.answers, now=now)
    if again:
        changes.put_back(delivery, until=again)
        return False
    outcomes = before | {answer.outcome for answer in work.answers}
    return _conclude(work, outcomes, changes, now=now)


def _next_try(delivery: Delivery, answers: Sequence[Result], *, now: datetime) -> datetime | None:
    """Doubling waits, and never sooner than the slowest push service asked for."""
    retry = [answer for answer in answers if answer.outcome is Outcome.RETRY]
    if not retry:
        return None
    own = min(FIRST_BACK_OFF * (1 << min(delivery.retries, 10)), LONGEST_BACK_OFF)
    again = now + max([own, *(answer.retry_after or own for answer in retry)])
    return again if again < delivery.expires_at else None


def _conclude(work: Work, outcomes: set[Outcome], changes: Changes, *, now: datetime) -> bool:
    delivery = work.delivery
    if Outcome.SENT in outcomes:
        asks = work.plan.verdict is Verdict.ASK
        changes.end(delivery, DeliveryState.SENT, sent_at=now, question=asks)
        return True
    if not outcomes:
        changes.end(delivery, DeliveryState.SKIPPED, "no_device")
    else:
        changes.end(delivery, DeliveryState.FAILED, _failure(outcomes))
    return False


def _failure(outcomes: set[Outcome]) -> str:
    if Outcome.RETRY in outcomes:
        return "unreachable"
    return "refused" if Outcome.REFUSED in outcomes else "gone"


def _count_for_reminders(arrived: Sequence[Work], *, now: datetime) -> None:
    """One more that nobody has reacted to, unless somebody just has."""
    ids = [work.delivery.pk for work in arrived if work.delivery.reminder_id]
    if not ids:
        return
    reacted = set(
        Delivery.objects.filter(pk__among=ids)
        .exclude(Q(answer="") & Q(opened_at__isnull=True))
        .values_list("pk", flat=True)
    )
    counts: dict[UUID, int] = {}
    for work in arrived:
        if work.delivery.reminder_id:
            count = 0 if work.delivery.pk in reacted else work.plan.case.ignored + 1
            counts[work.delivery.reminder_id] = count
    # In one order, so that two workers do not wait for each other.
    rows = [{"id": reminder, "ignored": counts[reminder]} for reminder in sorted(counts)]
    bulk.count_ignored(rows, at=now)
