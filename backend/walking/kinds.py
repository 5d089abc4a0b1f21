"""The reminder to walk."""

from datetime import timedelta

from backend.push.sending import Urgency
from backend.reminders.registry import Kind

WALK = Kind(name="walk", ttl=timedelta(hours=1), urgency=Urgency.NORMAL, path="/move", moves=True)
