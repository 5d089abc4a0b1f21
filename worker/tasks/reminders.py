"""Claiming what is due and sending it. Only ids travel through Redis.

The rows are the queue; Redis holds only as much of it as the workers get through in a few seconds.
A tick therefore claims batch by batch and stops where enough waits already. What it had to leave, a
follow-up tick takes: it stands in the queue behind the batches just handed out, so it comes when
they are gone, and a flood flows as fast as the workers send. A follow-up that is lost does not
matter, since the beat says every few seconds that it is time to look.
"""

import time
from collections.abc import Iterator
from uuid import UUID

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from backend.core.models import Pulse
from backend.reminders import claims, sending
from backend.reminders.claims import Claim
from worker.broker import waiting
from worker.outages import outage_is_one_line

SEND_BATCH = 500
MOST_WAITING = 20  # batches in Redis: a few seconds' work, and far less than a lease lasts


@shared_task
def tick() -> None:
    """Claim what is due, hand it out, and note that this ran."""
    with outage_is_one_line("a tick"):
        if hand_out_what_is_due():
            tick.delay()
        Pulse.record("tick", now=timezone.now())


@shared_task
def send(batch: list[tuple[str, int]]) -> None:
    """Send what is still ours of `batch`: pairs of delivery id and lease."""
    found = [Claim(UUID(delivery_id), lease) for delivery_id, lease in batch]
    with outage_is_one_line(f"sending {len(found)} reminders"):
        sending.send_claims(found, clock=timezone.now)


def hand_out_what_is_due() -> bool:
    """Claim until nothing is due, enough waits in Redis, or the next tick is near.

    Answers whether this claimed something and had to leave more.
    """
    sources = [claims.claim_deliveries, claims.claim_reminders]  # in turn: neither starves
    deadline = time.monotonic() + settings.TICK_SECONDS
    claimed = 0
    while sources and time.monotonic() < deadline:
        claim = sources.pop(0)
        if waiting() >= MOST_WAITING:
            return claimed > 0
        taken = claim(now=timezone.now(), limit=claims.BATCH)
        for chunk in _chunks(taken):
            send.delay([(str(one.delivery_id), one.lease) for one in chunk])
        claimed += len(taken)
        if len(taken) == claims.BATCH:
            sources.append(claim)
    return bool(sources)


def _chunks(taken: list[Claim]) -> Iterator[list[Claim]]:
    for start in range(0, len(taken), SEND_BATCH):
        yield taken[start : start + SEND_BATCH]
