"""Just before sending: does this still make sense? Answers the reason not to, which is stored."""

from datetime import datetime, timedelta

from backend.reminders import rules
from backend.reminders.models import Delivery
from backend.reminders.registry import Moment

DAY = timedelta(days=1)


def reason_to_skip(delivery: Delivery, *, now: datetime) -> str:
    """ "" to send; else `disabled`, `stale` or what the kind itself says (`done`)."""
    if delivery.reminder is not None and not delivery.reminder.enabled:
        return "disabled"
    if now > expires_at(delivery):
        return "stale"
    return delivery.what.relevance(
        Moment(
            person=delivery.owner,
            due_at=delivery.due_at,
            since=_slot_before(delivery),
            now=now,
        )
    )


def expires_at(delivery: Delivery) -> datetime:
    return delivery.due_at + delivery.what.ttl


def _slot_before(delivery: Delivery) -> datetime:
    if delivery.reminder is None:
        return delivery.due_at - DAY
    just_before = delivery.due_at - timedelta(seconds=1)
    rule, tz = delivery.reminder.rule, delivery.owner.tz
    return rules.latest_due(rule, tz, just_before) or delivery.due_at - DAY
