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
from backend.walking import followups, gates, standing
from backend.walking.overview import PlanShown, TodayPart, plan_shown, today_part
from backend.walking.standing import Situation


@dataclass(frozen=True)
class Slot:
    reminder: Reminder
    due_at: datetime


@dataclass(frozen=True)
class WalkPart:
    """Today's walk. `gate`: whether it may be taken; a state of the ask-first gate."""

    gate: str
    today: TodayPart
    plan: PlanShown


@dataclass(frozen=True)
class Today:
    """`prompt`: the evening question, while it waits for something. `check`: the latest one.
    `walk`: None without a plan. `follow_ups`: questions about walks that wait for an answer."""

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
    walk: WalkPart | None
    follow_ups: list[followups.Asked]


def today(person: Person, *, now: datetime) -> Today:
    """At most 21 queries, however much there is of everything."""
    planned = Reminder.objects.filter(owner=person, next_due_at__isnull=False)
    reminders = list(planned.order_by("next_due_at"))
    local = now.astimezone(person.tz).date()
    midnight = rules.instant(datetime.combine(local + timedelta(days=1), time()), person.tz)
    walking = standing.situation_of(person, now=now)
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
        walk=_walk(person, walking, now=now),
        follow_ups=followups.open_of(person, now=now, told=walking.told),
    )


def _walk(person: Person, walking: Situation, *, now: datetime) -> WalkPart | None:
    plan = plan_shown(walking)
    if plan is None:
        return None
    return WalkPart(gates.gate_of(person, now=now).state, today_part(walking), plan)


def _slots(reminder: Reminder, person: Person, now: datetime, end: datetime) -> Iterator[Slot]:
    due = rules.next_due(reminder.rule, person.tz, now)
    while due is not None and due < end:
        yield Slot(reminder, due)
        due = rules.next_due(reminder.rule, person.tz, due)
