"""Housekeeping: what nobody needs any more goes."""

from celery import shared_task
from django.utils import timezone

from backend.accounts.sessions import SessionStore
from backend.reminders.services import prune_deliveries
from worker.outages import outage_is_one_line


@shared_task
def prune() -> None:
    """Delete sessions that have run out, and deliveries older than the history shows."""
    with outage_is_one_line("pruning"):
        SessionStore.clear_expired()
        prune_deliveries(now=timezone.now())
