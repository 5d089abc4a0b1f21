"""What a person wrote and walked in the last weeks."""

from datetime import datetime

from backend.accounts.models import Person
from backend.overview import helps
from backend.pain.chart import walk_days
from backend.pain.days import Stretch
from backend.pain.models import PainEntry
from backend.pain.selectors import calendar_of


def what_helps(person: Person, *, now: datetime) -> helps.Helps:
    """Two queries, which read nothing older than those weeks."""
    calendar = calendar_of(person)
    stretch = Stretch.until(calendar.day(now), days=helps.WEEKS * 7)
    start, end = stretch.moments(calendar)
    entries = PainEntry.objects.filter(owner=person, at__gte=start, at__lt=end)
    notes = [
        helps.Note(at=at, score=score, sleep=sleep, better=better)
        for at, score, sleep, better in entries.values_list("at", "score", "sleep", "better")
    ]
    # The walk of the day before the first counts for the first.
    walked = walk_days(person, calendar, Stretch(stretch.first - helps.DAY, stretch.last))
    return helps.helps(notes, set(walked), calendar)
