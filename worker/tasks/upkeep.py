"""Housekeeping: what nobody needs any more goes."""

from celery import shared_task
from django.utils import timezone

from backend.accounts.sessions import SessionStore
from backend.reminders.holds import prune_holds
from backend.reminders.services import KEEP_DELIVERIES, prune_deliveries
from worker.outages import outage_is_one_line


@shared_task
def prune() -> None:
    """Delete sessions that have run out, and what reminders and their holds left long ago."""
    now = timezone.now()
    with outage_is_one_line("pruning"):
        SessionStore.clear_expired()
        prune_deliveries(now=now)
        prune_holds(before=now - KEEP_DELIVERIES)
