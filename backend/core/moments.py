"""When something can have been: what a phone says, whose clock is its own. Pure."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from backend.core.errors import Invalid, Problems

CLOCKS_MAY_DIFFER = timedelta(minutes=5)
A_YEAR = timedelta(days=366)


def check_moment(
    name: str, at: datetime | None, *, now: datetime, oldest: timedelta | None = A_YEAR
) -> None:
    """Raises Invalid, about the field `name`, where `at` can't have been."""
    problems = moment_problems(name, at, now=now, oldest=oldest)
    if problems:
        raise Invalid(*problems[name], fields=problems)


def moment_problems(
    name: str, at: datetime | None, *, now: datetime, oldest: timedelta | None = A_YEAR
) -> Problems:
    """The same for a check that says all its problems at once. `oldest`: how long ago it may be,
    None for any time. No `at` is no problem."""
    if at is not None and at > now + CLOCKS_MAY_DIFFER:
        return {name: ["This time is in the future."]}
    if at is not None and oldest is not None and at < now - oldest:
        how_long = "more than a year" if oldest == A_YEAR else "too long"
        return {name: [f"This time is {how_long} ago."]}
    return {}


def latest_day(tz: ZoneInfo, *, now: datetime) -> date:
    """Today in `tz`; just before midnight tomorrow, for a phone that is there already."""
    return (now + CLOCKS_MAY_DIFFER).astimezone(tz).date()
