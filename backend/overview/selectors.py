"""What Today shows."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from backend.accounts.models import Person
from backend.pain.models import PainEntry
from backend.pain.selectors import latest_entry
from backend.reminders import rules
from backend.reminders.models import Reminder


@dataclass(frozen=True)
class Slot:
    reminder: Reminder
    due_at: datetime


@dataclass(frozen=True)
class Today:
    date: date
    latest_entry: PainEntry | None
    next_reminder: Reminder | None
    reminders_today: list[Slot]


def today(person: Person, *, now: datetime) -> Today:
    """Two queries, however many reminders there are."""
    planned = Reminder.objects.filter(owner=person, next_due_at__isnull=False)
    reminders = list(planned.order_by("next_due_at"))
    local = now.astimezone(person.tz).date()
    midnight = rules.instant(datetime.combine(local + timedelta(days=1), time()), person.tz)
    slots = [slot for reminder in reminders for slot in _slots(reminder, person, now, midnight)]
    return Today(
        date=local,
        latest_entry=latest_entry(person.pk),
        next_reminder=reminders[0] if reminders else None,
        reminders_today=sorted(slots, key=lambda slot: slot.due_at),
    )


def _slots(reminder: Reminder, person: Person, now: datetime, end: datetime) -> Iterator[Slot]:
    due = rules.next_due(reminder.rule, person.tz, now)
    while due is not None and due < end:
        yield Slot(reminder, due)
        due = rules.next_due(reminder.rule, person.tz, due)
