"""A person's reminders as an iCalendar feed, for phones that get no push.

The calendar app reads one secret address and rings by itself: one weekly event for each time of day
of each reminder, in the person's zone, so that the calendar handles summer time. It knows nothing
of quiet hours, holds or what is already done. A time that clocks going forward leave out comes
later by what they skip, says RFC 5545: 02:30 at 03:30. Our own reminders come as the gap ends.
"""

import re
import secrets
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import chain, islice

from icalendar import Alarm, Calendar, Event
from icalendar.enums import CLASS, TRANSP

from backend.accounts.models import Person
from backend.core import texts
from backend.core.errors import NotFound
from backend.reminders import planner, registry
from backend.reminders.calendar_zones import explained
from backend.reminders.models import CalendarFeed, Reminder
from backend.reminders.schedules import MINUTES_A_DAY, Schedule

SECRET_BYTES = 32
SECRET = re.compile(r"[\w-]{43}", re.ASCII)
PRODUCT = "-//Backstep//Reminders//EN"
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
LENGTH = timedelta(minutes=5)
LOOK_AGAIN = timedelta(hours=4)
MOST_EVENTS = 500  # more is a slow answer and no use to anybody
ZONE_RULES_REACH = 10  # years


def feed_open(*, owner: Person) -> tuple[CalendarFeed, bool]:
    """The feed of `owner`, made where there is none; and whether it is new."""
    secret = secrets.token_urlsafe(SECRET_BYTES)
    return CalendarFeed.objects.get_or_create(owner=owner, defaults={"secret": secret})


def feed_of(*, owner: Person) -> CalendarFeed | None:
    return CalendarFeed.objects.filter(owner=owner).first()


def feed_close(*, owner: Person) -> None:
    """From now on the address answers nobody. The next feed has another one."""
    CalendarFeed.objects.filter(owner=owner).delete()


def feed_at(*, secret: str) -> CalendarFeed:
    """The feed of that address, with its owner. Raises NotFound.

    The secret is kept as it is, not as a hash, because the person may read the address again on
    another device; whoever reads this table reads the reminders themselves. Found by its unique
    index: how long that takes says nothing worth knowing about 256 random bits.
    """
    known = CalendarFeed.objects.select_related("owner")
    feed = known.filter(secret=secret).first() if SECRET.fullmatch(secret) else None
    if feed is None:
        raise NotFound
    return feed


def feed_text(*, feed: CalendarFeed, origin: str, now: datetime) -> bytes:
    """The calendar. It stays the same to the byte until something changes (or a year begins)."""
    person = feed.owner
    calendar = Calendar.new(
        uid=feed.pk,
        prodid=PRODUCT,
        method="PUBLISH",
        name="Backstep",
        language=person.language,
    )
    calendar.add("REFRESH-INTERVAL", LOOK_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", LOOK_AGAIN)
    events = (_events(one, person=person, url=f"{origin}/") for one in _ringing(person))
    for event in islice(chain.from_iterable(events), MOST_EVENTS):
        calendar.add_component(event)
    _add_zones(calendar, now=now)
    text: bytes = calendar.to_ical()
    return text


def _ringing(person: Person) -> Iterable[Reminder]:
    """Those that are on, and that the person has not left unanswered for so long that they rest."""
    return Reminder.objects.filter(
        owner=person,
        enabled=True,
        kind__in=registry.settable(),
        ignored__lte=planner.MOST_IGNORED,
    ).order_by("created_at", "pk")


def _events(reminder: Reminder, *, person: Person, url: str) -> Iterator[Event]:
    language = person.language
    _, summary = registry.get(reminder.kind).words(
        language=language, details=person.lock_screen_details, turn=0
    )
    for at, days in _times_of_day(reminder.rule).items():
        first = _first(reminder.updated_at.astimezone(person.tz).date(), days)
        event = Event.new(
            uid=f"{reminder.pk}-{at:%H%M}@backstep",
            stamp=reminder.updated_at,
            last_modified=reminder.updated_at,
            start=datetime.combine(first, at, person.tz),
            summary=summary,
            description=texts.text("calendar", "note", language=language),
            url=url,
            transparency=TRANSP.TRANSPARENT,
            classification=CLASS.PRIVATE,
            subcomponents=[Alarm.new_display(summary, timedelta())],
        )
        event.DURATION = LENGTH
        event.add("RRULE", {"FREQ": "WEEKLY", "BYDAY": [WEEKDAYS[day] for day in days]})
        yield event


def _times_of_day(schedule: Schedule) -> dict[time, list[int]]:
    """The weekdays of each time of day. What a window does past midnight is the next day's."""
    found: dict[time, list[int]] = defaultdict(list)
    for slot in schedule.slots:
        day, minute = divmod(slot, MINUTES_A_DAY)
        found[time(minute // 60, minute % 60)].append(day)
    return found


def _first(since: date, days: Iterable[int]) -> date:
    return since + min(timedelta(days=(day - since.weekday()) % len(WEEKDAYS)) for day in days)


def _add_zones(calendar: Calendar, *, now: datetime) -> None:
    """Put first what the named zones mean, for calendars that do not know their names."""
    years = [event.start.year for event in calendar.events]
    for name in calendar.get_missing_tzids():
        zone = explained(name, first=min(years), last=now.year + ZONE_RULES_REACH)
        calendar.subcomponents.insert(0, zone)
