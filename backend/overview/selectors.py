"""What Today shows."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from backend.accounts.models import Person
from backend.pain import flares, measures
from backend.pain.models import Episode, EveningPrompt, PainEntry
from backend.pain.selectors import latest_entry, open_episode, standing_prompt
from backend.reminders import rules
from backend.reminders.models import Reminder
from backend.safety.models import Block, SymptomCheck
from backend.safety.selectors import latest_check, open_block


@dataclass(frozen=True)
class Slot:
    reminder: Reminder
    due_at: datetime


@dataclass(frozen=True)
class Today:
    """`prompt`: the evening question, while it waits for something. `check`: the latest one."""

    date: date
    latest_entry: PainEntry | None
    next_reminder: Reminder | None
    reminders_today: list[Slot]
    episode: Episode | None
    prompt: EveningPrompt | None
    block: Block | None
    flare: flares.FlareState | None
    check: SymptomCheck | None
    measures_due: list[str]


def today(person: Person, *, now: datetime) -> Today:
    """At most ten queries, however much there is of everything."""
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
        episode=open_episode(person.pk),
        prompt=standing_prompt(person, now=now),
        block=open_block(person.pk),
        flare=flares.open_flare(person, now=now),
        check=latest_check(person.pk),
        measures_due=measures.due(person, now=now),
    )


def _slots(reminder: Reminder, person: Person, now: datetime, end: datetime) -> Iterator[Slot]:
    due = rules.next_due(reminder.rule, person.tz, now)
    while due is not None and due < end:
        yield Slot(reminder, due)
        due = rules.next_due(reminder.rule, person.tz, due)
