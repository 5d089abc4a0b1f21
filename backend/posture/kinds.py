"""The prompt to change position."""

from datetime import timedelta

from backend.push.sending import Urgency
from backend.reminders.registry import DONE, SNOOZE_60, Kind

# The shortest interval there is for working hours: a prompt is not worth more than the next one.
MOVE = Kind(
    name="move",
    ttl=timedelta(minutes=20),
    urgency=Urgency.LOW,
    path="/move",
    moves=True,
    quick=(DONE, SNOOZE_60),
)
