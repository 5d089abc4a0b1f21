"""The daily question how a back is."""

from datetime import timedelta

from backend.pain.selectors import scored_since
from backend.push.sending import Urgency
from backend.reminders.registry import Kind, Moment


def scored_since_last_time(moment: Moment) -> str:
    return "done" if scored_since(moment.person.pk, moment.since) else ""


CHECK_IN = Kind(
    name="check_in",
    ttl=timedelta(hours=3),
    urgency=Urgency.NORMAL,
    relevance=scored_since_last_time,
)
