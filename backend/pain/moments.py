"""When something can have been: a moment that a phone names."""

from datetime import datetime

from backend.core.errors import Invalid
from backend.pain.services import CLOCKS_MAY_DIFFER, OLDEST


def check_moment(at: datetime, *, now: datetime) -> None:
    """Raises Invalid (`at`) for one in the future, or too long ago to be remembered."""
    problem = ""
    if at > now + CLOCKS_MAY_DIFFER:
        problem = "This time is in the future."
    elif at < now - OLDEST:
        problem = "This time is more than a year ago."
    if problem:
        raise Invalid(problem, fields={"at": [problem]})
