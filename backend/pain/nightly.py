"""When the evening question is asked. Pure: the standard library, with zone and moment passed in.

An episode that began more than 72 hours ago and whose latest score is above 1 is asked about on the
first evening past those 72 hours (day 4 at the earliest), then on the evenings of days 7, 14, 28
and 42. The three days are the source article's; the later days are ours.

After twelve weeks, or once a clinician has seen it, days are not counted any more. Then the
question comes only when the median of the last 7 days (3 entries or more) lies 2 points or more
above that of the 14 days before (4 or more), at most once in 14 days, or after a new warning sign.
All of that is our rule; 2 points is the change that matters on the scale (Ostelo 2008).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from statistics import median
from zoneinfo import ZoneInfo

from backend.reminders.rules import instant

DAY = timedelta(days=1)
UNRESOLVED_AFTER = timedelta(hours=72)
LATER_DAYS = (7, 14, 28, 42)
CHRONIC_AFTER = timedelta(weeks=12)
REST = 14 * DAY

RECENT, BEFORE = 7 * DAY, 14 * DAY
LEAST_RECENT, LEAST_BEFORE = 3, 4
MATTERS = 2

# One that an outage kept back is not asked in the middle of the night.
LATE_AFTER = timedelta(hours=2)
MORNING, NIGHT = time(8), time(21)


@dataclass(frozen=True, kw_only=True)
class Evenings:
    """When somebody's evening is: `at` on the clocks of `tz`."""

    tz: ZoneInfo
    at: time

    def of(self, day: date) -> datetime:
        return instant(datetime.combine(day, self.at), self.tz)

    def day(self, moment: datetime) -> date:
        return moment.astimezone(self.tz).date()

    def following(self, moment: datetime) -> Iterator[date]:
        """The days whose evening has not been by `moment`, the earliest first."""
        day = self.day(moment)
        while True:
            if self.of(day) >= moment:
                yield day
            day += DAY


@dataclass(frozen=True, kw_only=True)
class Course:
    """What is known of an open episode. Dates are local, moments aware.

    `asked_on`: when its person was last asked, about whichever episode. `asked`: whether it was
    about this one. `flagged`: a warning sign that is new since then. `scores`: (moment, score).
    """

    onset_at: datetime
    began_on: date
    seen: bool = False
    asked: bool = False
    asked_on: date | None = None
    flagged: bool = False
    scores: Sequence[tuple[datetime, int]] = ()

    def chronic(self, now: datetime) -> bool:
        return self.seen or now - self.onset_at >= CHRONIC_AFTER


def next_evening(course: Course, evenings: Evenings, *, now: datetime) -> date | None:
    """The first evening from `now` on, that of `now` included, on which to ask. None: none."""
    if course.chronic(now):
        return _next_chronic(course, evenings, now=now)
    if not course.asked:
        past = max(now, course.onset_at + UNRESOLVED_AFTER + timedelta.resolution)
        earliest = (day for day in evenings.following(past) if day >= course.began_on + 3 * DAY)
        return _free(earliest, course)
    ahead = [day for day in later_evenings(course.began_on) if evenings.of(day) >= now]
    return _free(ahead, course)


def due_evening(planned: date, course: Course, evenings: Evenings, *, now: datetime) -> date:
    """Which evening is asked about at `now`, when `planned` has come: after a long outage the
    latest that has been, so that one question stands for all that were missed."""
    if course.chronic(now):
        return planned
    missed = [day for day in later_evenings(course.began_on) if evenings.of(day) <= now]
    return max([planned, *missed])


def ask_at(evening: datetime, tz: ZoneInfo, *, now: datetime) -> datetime:
    """When a question that was due at `evening` may be asked: now, or by day where it is late."""
    if now - evening <= LATE_AFTER:
        return now
    local = now.astimezone(tz)
    if MORNING <= local.time() < NIGHT:
        return now
    day = local.date() + (local.time() >= NIGHT) * DAY
    return instant(datetime.combine(day, MORNING), tz)


def worsened(scores: Iterable[tuple[datetime, int]], *, until: datetime) -> bool:
    """Is the last week clearly worse than the two weeks before it?"""
    recent, before = [], []
    for at, score in scores:
        if until - RECENT < at <= until:
            recent.append(score)
        elif until - RECENT - BEFORE < at <= until - RECENT:
            before.append(score)
    if len(recent) < LEAST_RECENT or len(before) < LEAST_BEFORE:
        return False
    return median(recent) - median(before) >= MATTERS


def later_evenings(began_on: date) -> list[date]:
    """Day 1 is the day it began on."""
    return [began_on + (number - 1) * DAY for number in LATER_DAYS]


def _next_chronic(course: Course, evenings: Evenings, *, now: datetime) -> date | None:
    ahead = evenings.following(now)
    if course.flagged:
        return _free(ahead, course)
    # What is entered later makes a new plan; what there is now leaves the window within a week.
    for day in ahead:
        if day > evenings.day(now + RECENT):
            return None
        rested = course.asked_on is None or day >= course.asked_on + REST
        if rested and worsened(course.scores, until=evenings.of(day)):
            return day
    return None


def _free(days: Iterable[date], course: Course) -> date | None:
    """Nobody is asked twice on one day, not about two episodes either."""
    return next((day for day in days if course.asked_on is None or day > course.asked_on), None)
