"""The daily question how a back is."""

from datetime import timedelta

from backend.pain.selectors import score_times
from backend.push.sending import Urgency
from backend.reminders.registry import OPEN, SKIP_TODAY, SNOOZE_15, SNOOZE_60, Kind

CHECK_IN = Kind(
    name="check_in",
    ttl=timedelta(hours=3),
    urgency=Urgency.NORMAL,
    done=score_times,
    answers=(SNOOZE_15, SNOOZE_60, SKIP_TODAY),  # what it asks for is a score, given in the app
    quick=(OPEN, SNOOZE_60),
)
