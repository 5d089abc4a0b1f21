"""The nightly check. Every minute it looks for evenings that have come, somewhere in the world."""

from collections.abc import Callable
from datetime import datetime, timedelta

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from backend.core.models import Pulse
from backend.pain import flares, prompts
from worker.heartbeat import ping
from worker.outages import outage_is_one_line

TICK_MAY_BE_LATE = timedelta(minutes=2)


@shared_task
def nightly() -> None:
    """Ask whoever is due, and tell the host's monitor that this works.

    A monitor that hears nothing for some minutes knows that nobody is asked; so it hears only of a
    run that came to its end, while what was asked is being sent, too.
    """
    with outage_is_one_line("the nightly check"):
        for claim in (prompts.claim_prompts, flares.claim_step_ups):
            _until_nothing_is_due(claim)
        now = timezone.now()
        Pulse.record("nightly", now=now)
        if settings.HEARTBEAT_URL and _reminders_are_sent(now):
            ping(settings.HEARTBEAT_URL)


def _until_nothing_is_due(claim: Callable[..., int]) -> None:
    while claim(now=timezone.now(), limit=prompts.BATCH) == prompts.BATCH:
        pass


def _reminders_are_sent(now: datetime) -> bool:
    last = Pulse.last("tick")
    return last is not None and now - last < TICK_MAY_BE_LATE
