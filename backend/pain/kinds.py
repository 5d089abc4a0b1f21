"""The daily question how a back is."""

from datetime import timedelta

from backend.pain.selectors import scored_between
from backend.push.sending import Urgency
from backend.reminders.registry import Kind, Moment


def scored_since_last_time(moment: Moment) -> str:
    scored = scored_between(moment.person.pk, start=moment.since, end=moment.now)
    return "done" if scored else ""


CHECK_IN = Kind(
    name="check_in",
    ttl=timedelta(hours=3),
    urgency=Urgency.NORMAL,
    relevance=scored_since_last_time,
)
