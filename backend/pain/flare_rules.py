"""How long a flare has lasted, when it asks, and where plans start again. Pure.

The numbers are ours; no guideline gives any.
"""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from itertools import takewhile
from zoneinfo import ZoneInfo

from backend.reminders.planner import MOST_IGNORED
from backend.reminders.rules import instant, latest_due, next_due, parse_schedule

DAY = timedelta(days=1)
ASKS = parse_schedule({"days": list(range(7)), "times": ["10:00"]})
# Days and the percent of the former dose that is right after as many. A longer rest starts lower.
RESUME = ((3, 70), (7, 60))
RESUME_AFTER_LONG = 50
# Once nobody reacts any more it asks weekly. Half a day less, for clocks that are put forward.
WEEKLY = timedelta(days=6, hours=12)
REMEMBERS = 4 * timedelta(weeks=1)  # long enough to hold MOST_IGNORED weekly ones


def flare_day(began_at: datetime, at: datetime, tz: ZoneInfo) -> int:
    """Which day of the flare it is, by the calendar where the person is; the first is 1."""
    return (at.astimezone(tz).date() - began_at.astimezone(tz).date()).days + 1


def resume_percent(days: int) -> int:
    """How much of what they did before the flare somebody starts with after so many days."""
    return next((percent for most, percent in RESUME if days <= most), RESUME_AFTER_LONG)


def next_ask(began_at: datetime, tz: ZoneInfo, *, after: datetime) -> datetime | None:
    """The next "ready to step back up?": at ten in the morning, from the day after the start."""
    tomorrow = datetime.combine(began_at.astimezone(tz).date() + DAY, time())
    return next_due(ASKS, tz, max(after, instant(tomorrow, tz)))


def latest_ask(planned: datetime, tz: ZoneInfo, *, now: datetime) -> datetime:
    """Which of the questions due by `now` to ask: after an outage only the latest counts."""
    latest = latest_due(ASKS, tz, now)
    return max(planned, latest) if latest else planned


def rests(asked: Sequence[tuple[datetime, bool]], *, due_at: datetime) -> bool:
    """Whether this question is left out, because the last ones moved nobody.

    `asked`: when the ones before were due, newest first, and whether there was a reaction.
    """
    ignored = [at for at, _ in takewhile(lambda one: not one[1], asked)]
    return len(ignored) >= MOST_IGNORED and due_at < ignored[0] + WEEKLY
