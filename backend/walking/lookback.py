"""What somebody walked in the last week or four, next to the stretch before it.

It says what is there, and finds fault with nothing. When two stretches differ is a rule of ours.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from statistics import mean

from backend.accounts.models import Person
from backend.pain.days import Calendar, Day, Stretch, by_day
from backend.pain.models import PainEntry
from backend.walking.overview import WalkedDay, walked_day
from backend.walking.standing import Situation, situation_of

DAY = timedelta(days=1)
# A difference of minutes counts from a tenth on, and from five minutes; one of pain from a whole
# point on, where each stretch has scores on three days.
MINUTES_PERCENT, MINUTES_LEAST = 10, 5
PAIN_LEAST, DAYS_LEAST = 1, 3


class Span(StrEnum):
    WEEK = "week"
    MONTH = "month"

    @property
    def days(self) -> int:
        return {Span.WEEK: 7, Span.MONTH: 4 * 7}[self]


class Code(StrEnum):
    FIRST = "first"  # nothing was walked before
    MORE = "more"
    FEWER = "fewer"
    SAME = "same"


class Pain(StrEnum):
    LOWER = "lower"
    HIGHER = "higher"
    SAME = "same"


@dataclass(frozen=True)
class Sum:
    minutes: int
    days_walked: int


@dataclass(frozen=True, kw_only=True)
class Changed:
    """`pain`: "" where too few days have scores."""

    code: Code
    minutes: int
    minutes_before: int
    pain: str


@dataclass(frozen=True, kw_only=True)
class LookBack:
    """`days`: all of them, in order. `before`: as many days right before."""

    span: Span
    first: date
    last: date
    days: Sequence[WalkedDay]
    minutes: int
    days_walked: int
    backward_minutes: int
    before: Sum
    changed: Changed


def look_back(person: Person, *, span: Span, now: datetime) -> LookBack:
    """Today is the last day. One query more than the situation."""
    situation = situation_of(person, now=now)
    stretch = Stretch.until(situation.today, days=span.days)
    earlier = Stretch.until(stretch.first - DAY, days=span.days)
    days = _days(situation, stretch)
    now_sum, before = _sum(days), _sum(_days(situation, earlier))
    return LookBack(
        span=span,
        first=stretch.first,
        last=stretch.last,
        days=days,
        minutes=now_sum.minutes,
        days_walked=now_sum.days_walked,
        backward_minutes=sum(day.backward_seconds for day in days) // 60,
        before=before,
        changed=Changed(
            code=code_of(now_sum.minutes, before.minutes),
            minutes=now_sum.minutes,
            minutes_before=before.minutes,
            pain=_pain(person, situation.calendar, stretch, earlier),
        ),
    )


def _days(situation: Situation, stretch: Stretch) -> list[WalkedDay]:
    count = (stretch.last - stretch.first).days + 1
    every = (stretch.first + DAY * n for n in range(count))
    return [walked_day(day, situation.days.get(day, [])) for day in every]


def _sum(days: Sequence[WalkedDay]) -> Sum:
    return Sum(sum(day.seconds for day in days) // 60, sum(day.seconds > 0 for day in days))


def code_of(minutes: int, before: int) -> Code:
    if before == 0:
        return Code.FIRST if minutes else Code.SAME
    least = max(MINUTES_LEAST, before * MINUTES_PERCENT / 100)
    if abs(minutes - before) < least:
        return Code.SAME
    return Code.MORE if minutes > before else Code.FEWER


def _pain(person: Person, calendar: Calendar, stretch: Stretch, earlier: Stretch) -> str:
    start, end = earlier.moments(calendar)[0], stretch.moments(calendar)[1]
    scores = PainEntry.objects.filter(owner=person, at__gte=start, at__lt=end)
    days = by_day(scores.values_list("at", "score"), calendar)
    return pain_of(
        [day for day in days if day.date >= stretch.first],
        [day for day in days if day.date < stretch.first],
    )


def pain_of(days: Sequence[Day], before: Sequence[Day]) -> str:
    """From the typical scores of the days that have any: their mean, now and before."""
    if min(len(days), len(before)) < DAYS_LEAST:
        return ""
    change = mean(day.typical for day in days) - mean(day.typical for day in before)
    if abs(change) < PAIN_LEAST:
        return Pain.SAME
    return Pain.HIGHER if change > 0 else Pain.LOWER
