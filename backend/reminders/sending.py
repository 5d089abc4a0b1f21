"""From a claim to a recorded result. The network call stands outside any transaction."""

import asyncio
import hashlib
import json
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from backend.push import sending as push
from backend.push.models import PushSubscription
from backend.push.results import Outcome, Result
from backend.push.services import active_devices, record_result
from backend.push.transport import Transport
from backend.reminders import claims, planner
from backend.reminders.claims import Claim
from backend.reminders.models import Attempt, Delivery, DeliveryState

log = logging.getLogger(__name__)

DECLARATIVE = 8030  # the magic number of a Declarative Web Push message
TOPIC_LENGTH = 32  # Apple refuses some other lengths
FIRST_BACK_OFF = timedelta(seconds=30)
LONGEST_BACK_OFF = timedelta(minutes=30)

Clock = Callable[[], datetime]


@dataclass(frozen=True)
class Job:
    delivery: Delivery
    device: PushSubscription
    message: push.Message


def send_claims(batch: Iterable[Claim], *, clock: Clock) -> None:
    """Send what is still ours of `batch`; each delivery ends, or is planned for another try."""
    started = [claims.begin(claim, now=clock()) for claim in batch]
    deliveries = [delivery for delivery in started if delivery is not None]
    jobs: list[Job] = []
    for delivery in deliveries:
        jobs += _jobs(delivery, now=clock())
    results = asyncio.run(_send_all(jobs, now=clock())) if jobs else []
    outcome: dict[object, list[tuple[Job, Result]]] = {}
    for job, result in zip(jobs, results, strict=True):
        outcome.setdefault(job.delivery.pk, []).append((job, result))
    for delivery in deliveries:
        if delivery.pk in outcome:
            _record(delivery, outcome[delivery.pk], now=clock())


def _jobs(delivery: Delivery, *, now: datetime) -> list[Job]:
    """What to send for a delivery. Where that is nothing, the delivery ends here."""
    try:
        reason = planner.reason_to_skip(delivery, now=now)
        if reason:
            _end(delivery, DeliveryState.SKIPPED, reason=reason, now=now)
            return []
        devices = _devices(delivery)
        jobs = [Job(delivery, device, _message(delivery, device, now=now)) for device in devices]
    except Exception:  # one broken delivery must not hold up the rest of the batch
        log.exception("delivery %s can't be prepared", delivery.pk)
        _end(delivery, DeliveryState.FAILED, reason="broken", now=now)
        return []
    if not jobs:
        _end_without_devices(delivery, now=now)
    return jobs


def _devices(delivery: Delivery) -> list[PushSubscription]:
    """Active devices that have not answered for good yet: a retry goes only to the others."""
    answered = delivery.attempts.exclude(outcome=Outcome.RETRY)
    done = set(answered.values_list("subscription_id", flat=True))
    devices = [device for device in active_devices(delivery.owner_id) if device.pk not in done]
    if delivery.what.one_device and delivery.subject_id:
        return [device for device in devices if device.pk == delivery.subject_id]
    return devices


def _message(delivery: Delivery, device: PushSubscription, *, now: datetime) -> push.Message:
    kind = delivery.what
    return push.Message(
        payload=json.dumps(payload(delivery, origin=device.origin), ensure_ascii=False).encode(),
        ttl=planner.expires_at(delivery) - now,
        urgency=kind.urgency,
        topic=tag_of(delivery),
    )


def payload(delivery: Delivery, *, origin: str) -> dict[str, object]:
    """The Declarative Web Push message: Safari shows it even without our worker."""
    kind, language = delivery.what, delivery.owner.language
    title, body = kind.text(language=language)
    return {
        "web_push": DECLARATIVE,
        "notification": {
            "title": title,
            "body": body,
            "navigate": f"{origin}{kind.path}",
            "tag": tag_of(delivery),
            "lang": language,
            "data": {
                "delivery": str(delivery.pk),
                "kind": kind.name,
                "due_at": delivery.due_at.isoformat(),
            },
        },
    }


def tag_of(delivery: Delivery) -> str:
    """Names the delivery on the screen and at the push service, so that a repeat replaces it."""
    return hashlib.sha256(delivery.dedupe_key.encode()).hexdigest()[:TOPIC_LENGTH]


async def _send_all(jobs: list[Job], *, now: datetime) -> list[Result]:
    async with Transport(trusted_origins=push.trusted_origins()) as transport:
        sends = (push.send(job.device, job.message, transport=transport, now=now) for job in jobs)
        return await asyncio.gather(*sends)


@transaction.atomic
def _record(delivery: Delivery, answers: list[tuple[Job, Result]], *, now: datetime) -> None:
    for job, result in answers:
        _log_refusal(job, result)
        Attempt.objects.update_or_create(
            delivery=delivery,
            subscription=job.device,
            defaults={
                "outcome": result.outcome,
                "status": result.status,
                "detail": result.detail,
                "at": now,
            },
        )
        record_result(device=job.device, result=result, now=now)
    retry = [result for _, result in answers if result.outcome is Outcome.RETRY]
    if retry and (again := _next_try(delivery, retry, now=now)) < planner.expires_at(delivery):
        _try_again(delivery, at=again)
    else:
        _conclude(delivery, now=now)


def _next_try(delivery: Delivery, results: list[Result], *, now: datetime) -> datetime:
    """Doubling waits, and never sooner than the slowest push service asked for."""
    own = min(FIRST_BACK_OFF * (1 << delivery.retries), LONGEST_BACK_OFF)
    return now + max([own, *(result.retry_after or own for result in results)])


def _try_again(delivery: Delivery, *, at: datetime) -> None:
    _mine(delivery).update(next_try_at=at, retries=delivery.retries + 1)


def _conclude(delivery: Delivery, *, now: datetime) -> None:
    outcomes = set(delivery.attempts.values_list("outcome", flat=True))
    if Outcome.SENT in outcomes:
        _end(delivery, DeliveryState.SENT, now=now)
    elif Outcome.RETRY in outcomes:
        _end(delivery, DeliveryState.FAILED, reason="unreachable", now=now)
    else:
        reason = "refused" if Outcome.REFUSED in outcomes else "gone"
        _end(delivery, DeliveryState.FAILED, reason=reason, now=now)


def _end_without_devices(delivery: Delivery, *, now: datetime) -> None:
    if delivery.attempts.exists():
        _conclude(delivery, now=now)
    else:
        _end(delivery, DeliveryState.SKIPPED, reason="no_device", now=now)


def _end(delivery: Delivery, state: DeliveryState, *, reason: str = "", now: datetime) -> None:
    sent_at = now if state is DeliveryState.SENT else None
    _mine(delivery).update(
        state=state, reason=reason[:40], next_try_at=None, ended_at=now, sent_at=sent_at
    )


def _mine(delivery: Delivery) -> QuerySet[Delivery]:
    """Only while our lease holds: whoever took it over decides what happens to it."""
    return Delivery.objects.filter(
        pk=delivery.pk, lease=delivery.lease, state=DeliveryState.PENDING
    )


def _log_refusal(job: Job, result: Result) -> None:
    """The host reads this: refusals are about keys and settings, not about the person."""
    if result.outcome is Outcome.REFUSED:
        log.warning(
            "push service refused device %s: %s %s", job.device.pk, result.status, result.detail
        )
