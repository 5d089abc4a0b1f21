"""The calendar feed says the same as the reminders: read back, and expanded by another library."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from io import StringIO
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from dateutil.rrule import rrulestr
from dateutil.tz import tzical
from icalendar import Alarm, Calendar, Event, Timezone

from backend.accounts.models import Person
from backend.reminders import calendar
from backend.reminders.calendar_zones import explained
from backend.reminders.models import Reminder
from backend.reminders.planner import MOST_IGNORED
from backend.reminders.rules import next_due
from tests.conftest import NOW, MakeReminder, make_person
from tests.reminders.oracle import alike, jumps

pytestmark = [pytest.mark.service, pytest.mark.django_db]

FOUR_WEEKS = timedelta(weeks=4)
ORIGIN = "https://back.example.org"
WEEKDAYS = [0, 1, 2, 3, 4]
WINDOW = {
    "days": WEEKDAYS, "from": "09:00", "to": "17:00", "every_minutes": 45,
    "except": [["12:00", "13:00"]],
}  # fmt: skip
NIGHT = {"days": [4, 6], "from": "22:00", "to": "06:00", "every_minutes": 120}


@pytest.fixture(autouse=True)
def _saved_now() -> Iterator[None]:
    """A reminder's events begin on the day it was saved."""
    with time_machine.travel(NOW):
        yield


def feed(person: Person, *, now: datetime = NOW) -> Calendar:
    return Calendar.from_ical(text_of(person, now=now).decode())


def text_of(person: Person, *, now: datetime = NOW) -> bytes:
    opened, _ = calendar.feed_open(owner=person)
    return calendar.feed_text(feed=opened, origin=ORIGIN, now=now)


def plan(reminder: Reminder, tz: ZoneInfo, start: datetime) -> Iterator[datetime]:
    at = next_due(reminder.rule, tz, start)
    while at is not None and at < start + FOUR_WEEKS:
        yield at
        at = next_due(reminder.rule, tz, at)


def begin(event: Event) -> datetime:
    assert isinstance(event.start, datetime)  # a time of day, not a whole day
    return event.start


def rings(event: Event, start: datetime) -> list[datetime]:
    """What a calendar app makes of one event."""
    (weekly,) = event.rrules
    rule = rrulestr(weekly.to_ical().decode(), dtstart=begin(event))
    return [at.astimezone(UTC) for at in rule.between(start, start + FOUR_WEEKS)]


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Asia/Kolkata", "UTC"])
@pytest.mark.parametrize(
    "start",
    [NOW, datetime(2026, 10, 12, tzinfo=UTC), datetime(2027, 3, 1, tzinfo=UTC)],
    ids=["summer", "clocks go back", "clocks go forward"],
)
@pytest.mark.parametrize("schedule", [{"days": [0, 3], "times": ["08:00", "17:30"]}, WINDOW, NIGHT])
def test_a_calendar_rings_when_the_reminder_would(
    zone: str, start: datetime, schedule: dict[str, Any], db: None, make_reminder: MakeReminder
) -> None:
    person = make_person(time_zone=zone)
    reminder = make_reminder(person, schedule=schedule)
    found = [at for event in feed(person).events for at in rings(event, start)]
    assert sorted(found) == list(plan(reminder, person.tz, start))


def test_each_time_of_day_is_one_event_of_five_minutes_that_rings_as_it_begins(
    owner: Person, make_reminder: MakeReminder
) -> None:
    make_reminder(owner, "08:00", "17:30")
    events = feed(owner).events
    assert [begin(event).time() for event in events] == [time(8), time(17, 30)]
    for event in events:
        assert event.duration == timedelta(minutes=5)
        (alarm,) = event.walk("VALARM")
        assert isinstance(alarm, Alarm)
        assert (alarm["ACTION"], alarm.TRIGGER) == ("DISPLAY", timedelta())
        assert alarm["DESCRIPTION"] == event["SUMMARY"]
        assert event["URL"] == f"{ORIGIN}/"


def test_the_first_event_lies_on_a_day_of_the_reminder(
    owner: Person, make_reminder: MakeReminder
) -> None:
    make_reminder(owner, schedule={"days": [1], "times": ["08:00"]})
    (event,) = feed(owner).events
    assert event.start.weekday() == 1


def test_two_fetches_are_the_same_to_the_byte(owner: Person, make_reminder: MakeReminder) -> None:
    make_reminder(owner)
    make_reminder(owner, schedule=WINDOW)
    assert text_of(owner, now=NOW) == text_of(owner, now=NOW + timedelta(days=40))


def test_a_changed_reminder_keeps_its_ids_and_gets_a_new_stamp(
    owner: Person, make_reminder: MakeReminder
) -> None:
    reminder = make_reminder(owner)
    (before,) = feed(owner).events
    with time_machine.travel(NOW + timedelta(hours=1)):
        make_reminder(owner, id=reminder.pk, schedule={"days": [1], "times": ["17:30"]})
    (after,) = feed(owner).events
    assert after["UID"] == before["UID"]
    assert after.DTSTAMP > before.DTSTAMP


def test_no_two_events_share_an_id(owner: Person, make_reminder: MakeReminder) -> None:
    for schedule in (WINDOW, WINDOW, NIGHT):
        make_reminder(owner, schedule=schedule)
    ids = [event["UID"] for event in feed(owner).events]
    assert len(set(ids)) == len(ids) == 9 + 9 + 5


def test_what_is_off_is_not_in_it(owner: Person, make_reminder: MakeReminder) -> None:
    make_reminder(owner, enabled=False)
    assert feed(owner).events == []


def test_what_rests_is_not_in_it(owner: Person, make_reminder: MakeReminder) -> None:
    reminder = make_reminder(owner)
    Reminder.objects.filter(pk=reminder.pk).update(ignored=MOST_IGNORED + 1)
    assert feed(owner).events == []


def test_only_ones_own_reminders_are_in_it(
    owner: Person, stranger: Person, make_reminder: MakeReminder
) -> None:
    make_reminder(stranger)
    assert feed(owner).events == []


HEALTH = ("back", "pain", "hurt", "spine", "rücken", "schmerz", "weh")


@pytest.mark.parametrize("locale", ["en", "de"])
def test_unasked_it_says_nothing_about_health(
    locale: str, db: None, make_reminder: MakeReminder
) -> None:
    person = make_person(locale=locale)
    make_reminder(person, kind="walk")
    make_reminder(person, kind="check_in")
    for event in feed(person).events:
        text = f"{event['SUMMARY']} {event['DESCRIPTION']}".lower().replace("backstep", "")
        assert not [word for word in HEALTH if word in text]


def test_with_details_allowed_it_says_more(owner: Person, make_reminder: MakeReminder) -> None:
    make_reminder(owner, kind="check_in")
    (neutral,) = feed(owner).events
    Person.objects.filter(pk=owner.pk).update(lock_screen_details=True)
    owner.refresh_from_db()
    (detailed,) = feed(owner).events
    assert "back" in str(detailed["SUMMARY"]).lower()
    assert detailed["SUMMARY"] != neutral["SUMMARY"]


def test_it_speaks_the_persons_language(db: None, make_reminder: MakeReminder) -> None:
    person = make_person(locale="de-AT")
    make_reminder(person)
    (event,) = feed(person).events
    assert event["DESCRIPTION"] == "Öffne Backstep und sag, wie es war."


@pytest.mark.parametrize("zone", ["Europe/Berlin", "Etc/GMT+5", "Africa/Casablanca"])
def test_it_explains_the_zone_that_it_names(
    zone: str, db: None, make_reminder: MakeReminder
) -> None:
    person = make_person(time_zone=zone)
    make_reminder(person)
    found = feed(person)
    assert [one.tz_name for one in found.timezones] == [zone]
    assert found.events[0]["DTSTART"].params["TZID"] == zone


def test_every_zone_is_explained_as_its_clocks_go() -> None:
    """What a calendar app that does not know the name makes of the explanation."""
    for offsets, (name, *_) in alike().items():
        read = dateutil_zone(explained(name, first=2024, last=2036))
        for jump in jumps(offsets):
            for at in (jump.at - timedelta(hours=1), jump.at + timedelta(hours=2)):
                shown = at.astimezone(ZoneInfo(name))
                assert shown.replace(tzinfo=read).utcoffset() == shown.utcoffset(), (name, at)


def dateutil_zone(zone: Timezone) -> Any:
    text = f"BEGIN:VCALENDAR\r\n{zone.to_ical().decode()}END:VCALENDAR\r\n"
    return tzical(StringIO(text)).get()


def test_a_feed_stays_readable(owner: Person, make_reminder: MakeReminder) -> None:
    dense = {"days": WEEKDAYS, "from": "08:00", "to": "16:15", "every_minutes": 5}
    for _ in range(6):
        make_reminder(owner, schedule=dense)
    assert len(feed(owner).events) == calendar.MOST_EVENTS < 600
