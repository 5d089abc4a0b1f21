"""Claiming what is due and sending it. Only ids travel through Redis."""

from collections.abc import Iterator
from uuid import UUID

from celery import shared_task
from django.utils import timezone

from backend.core.models import Pulse
from backend.reminders import claims, sending
from backend.reminders.claims import Claim

CLAIM_BATCHES = 20  # a tick stops after this many, so that a flood can't hold the worker for long
SEND_BATCH = 50


@shared_task
def tick() -> None:
    """Claim what is due, hand it out, and note that this ran."""
    now = timezone.now()
    for claim in (claims.claim_reminders, claims.claim_deliveries):
        for _ in range(CLAIM_BATCHES):
            taken = claim(now=now)
            for chunk in _chunks(taken):
                send.delay([(str(one.delivery_id), one.lease) for one in chunk])
            if len(taken) < claims.BATCH:
                break
    Pulse.record("tick", now=now)


@shared_task
def send(batch: list[tuple[str, int]]) -> None:
    """Send what is still ours of `batch`: pairs of delivery id and lease."""
    found = [Claim(UUID(delivery_id), lease) for delivery_id, lease in batch]
    sending.send_claims(found, clock=timezone.now)


def _chunks(taken: list[Claim]) -> Iterator[list[Claim]]:
    for start in range(0, len(taken), SEND_BATCH):
        yield taken[start : start + SEND_BATCH]
