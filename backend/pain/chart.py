"""Pain over time, with the episodes, flares and walks of the same days."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.db.models import Q

from backend.accounts.models import Person
from backend.pain.days import Calendar, Day, Stretch, by_day
from backend.pain.models import Episode, Flare, PainEntry
from backend.pain.selectors import calendar_of
from backend.reminders import registry

WALK = "walk"


class Span(StrEnum):
    WEEK = "week"
    MONTH = "month"
    HALF_YEAR = "half_year"

    @property
    def days(self) -> int:
        return {Span.WEEK: 7, Span.MONTH: 4 * 7, Span.HALF_YEAR: 26 * 7}[self]


@dataclass(frozen=True)
class Marked:
    """An episode or a flare on the chart: its days, open where it goes on."""

    first: date
    last: date | None
    closed_as: str = ""


@dataclass(frozen=True)
class Chart:
    span: Span
    stretch: Stretch
    days: list[Day]
    episodes: list[Marked]
    flares: list[Marked]
    walks: list[date]


def chart(person: Person, *, span: Span, now: datetime) -> Chart:
    """The last days, today among them. Four queries, which read nothing older."""
    calendar = calendar_of(person)
    stretch = Stretch.until(calendar.day(now), days=span.days)
    start, end = stretch.moments(calendar)
    scores = PainEntry.objects.filter(owner=person, at__gte=start, at__lt=end)
    return Chart(
        span=span,
        stretch=stretch,
        days=by_day(scores.values_list("at", "score"), calendar),
        episodes=_episodes(person, calendar, stretch),
        flares=_flares(person, calendar, stretch),
        walks=walk_days(person, calendar, stretch),
    )


def _episodes(person: Person, calendar: Calendar, stretch: Stretch) -> list[Marked]:
    start, _ = stretch.moments(calendar)
    found = Episode.objects.filter(
        Q(closed_at=None) | Q(closed_at__gte=start), owner=person, began_on__lte=stretch.last
    ).order_by("began_on", "onset_at")
    return [
        Marked(one.began_on, calendar.day(one.closed_at) if one.closed_at else None, one.closed_as)
        for one in found
    ]


def _flares(person: Person, calendar: Calendar, stretch: Stretch) -> list[Marked]:
    start, end = stretch.moments(calendar)
    found = Flare.objects.filter(
        Q(ended_at=None) | Q(ended_at__gte=start), owner=person, began_at__lt=end
    ).order_by("began_at")
    return [
        Marked(calendar.day(one.began_at), calendar.day(one.ended_at) if one.ended_at else None)
        for one in found
    ]


def walk_days(person: Person, calendar: Calendar, stretch: Stretch) -> list[date]:
    """Days on which a walk began, in order. The app of walks comes later than this one, and tells
    through its kind of reminder. One query."""
    start, end = stretch.moments(calendar)
    times = registry.get(WALK).done({person.pk}, start - timedelta.resolution)
    return sorted({calendar.day(at) for at in times.get(person.pk, ()) if at < end})
