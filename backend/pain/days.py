"""Scores by day of the diary. Pure."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from zoneinfo import ZoneInfo

from backend.pain.rules import day_start, diary_day


@dataclass(frozen=True)
class Calendar:
    """A person's own: their zone, and the hour of the night at which their day ends."""

    tz: ZoneInfo
    ends_at: int

    def day(self, at: datetime) -> date:
        return diary_day(at, self.tz, self.ends_at)

    def start(self, day: date) -> datetime:
        return day_start(day, self.tz, self.ends_at)


@dataclass(frozen=True)
class Stretch:
    """Days of the diary, both ends among them."""

    first: date
    last: date

    @classmethod
    def until(cls, last: date, *, days: int) -> "Stretch":
        return cls(last - timedelta(days=days - 1), last)

    def moments(self, calendar: Calendar) -> tuple[datetime, datetime]:
        """From the first, up to but without the second."""
        return calendar.start(self.first), calendar.start(self.last + timedelta(days=1))


@dataclass(frozen=True)
class Day:
    """`typical` is the middle score: one bad minute does not make a bad day."""

    date: date
    low: int
    high: int
    typical: float
    count: int


def by_day(scores: Iterable[tuple[datetime, int]], calendar: Calendar) -> list[Day]:
    """The days that have scores, in order."""
    found: dict[date, list[int]] = defaultdict(list)
    for at, score in scores:
        found[calendar.day(at)].append(score)
    return [
        Day(day, low=min(given), high=max(given), typical=median(given), count=len(given))
        for day, given in sorted(found.items())
    ]
