"""Walking backward: what stands before the first steps, and how many they may be."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from backend.accounts.models import Person
from backend.accounts.services import person_lock, require_consent
from backend.core.errors import Conflict, NotFound, Problems, refuse
from backend.core.moments import check_moment
from backend.pain.selectors import calendar_of
from backend.safety.services import agreement_problems
from backend.walking import backward_rules as rules
from backend.walking import course, gates
from backend.walking.gate_rules import State
from backend.walking.models import BackwardUnlock, Walk
from backend.walking.rules import Light
from backend.walking.standing import Situation, situation_of
from backend.walking.walk_checks import Values

LONGEST_STAND = 600  # seconds


@dataclass(frozen=True, kw_only=True)
class Backward:
    """How it stands on a day. `sessions`: all there ever were. `bouts`: seconds."""

    state: str
    missing: tuple[str, ...]
    green_weeks: int
    unlock: BackwardUnlock | None
    sessions: int
    bouts: tuple[int, ...]
    done_this_week: int

    @property
    def checklist_needed(self) -> bool:
        return rules.checklist_needed(self.sessions)

    @property
    def checklist(self) -> tuple[str, ...]:
        return rules.CHECKLIST

    @property
    def per_week(self) -> int:
        return rules.PER_WEEK

    @property
    def total_seconds(self) -> int:
        return sum(self.bouts)


def backward_of(owner: Person, situation: Situation, *, gate: State) -> Backward:
    """Two queries more than the situation itself."""
    unlock = BackwardUnlock.objects.filter(owner=owner).first()
    sessions = Walk.objects.filter(owner=owner, backward_seconds__gt=0).count()
    today = situation.today
    green = _green_weeks(situation, today)
    missing = missing_of(unlock, green_weeks=green, gate_open=gate == State.OPEN)
    walked = [one for one in situation.walked if one.walk.backward_seconds]
    monday = today - timedelta(days=today.weekday())
    return Backward(
        state="blocked" if gate == State.BLOCKED else "locked" if missing else "open",
        missing=missing,
        green_weeks=green,
        unlock=unlock,
        sessions=sessions,
        bouts=rules.bouts(rules.total_minutes(_weeks_done(situation, today))),
        done_this_week=sum(monday <= one.story.day <= today for one in walked),
    )


def _green_weeks(situation: Situation, day: date) -> int:
    """As they were on `day`, by what is known now."""
    standing = situation.standing_on(day)
    return course.green_weeks(standing.weeks, today=day) if standing else 0


def _weeks_done(situation: Situation, today: date) -> int:
    sessions = [
        rules.Session(
            day=one.story.day, calm=one.story.light is Light.GREEN, stopped=one.walk.stopped
        )
        for one in situation.walked
        if one.walk.backward_seconds
    ]
    return rules.weeks_done(sessions, today=today)


def missing_of(
    unlock: BackwardUnlock | None, *, green_weeks: int, gate_open: bool
) -> tuple[str, ...]:
    return rules.missing(
        green_weeks=green_weeks,
        stand_seconds=unlock.stand_seconds if unlock else None,
        over_65=unlock is not None and unlock.over_65,
        cleared=unlock is not None and bool(unlock.clinician),
        gate_open=gate_open,
    )


def require_unlocked(owner: Person, values: Values, *, walk_id: UUID, now: datetime) -> None:
    """Before steps backward are stored. That walking itself was not blocked is checked elsewhere.

    Raises Conflict: `gate_due` where the questions before walking have to be answered,
    `backward_locked` where on that day something else was missing; Invalid where one of the first
    sessions comes without the whole checklist. More than planned is stored: it happened.
    """
    if gates.gate_of(owner, now=now).state == State.DUE:
        raise Conflict("Answer the questions before walking first.", code="gate_due")
    unlock = BackwardUnlock.objects.filter(owner=owner).first()
    situation = situation_of(owner, now=now)
    green = _green_weeks(situation, calendar_of(owner).day(values.started_at))
    missing = missing_of(unlock, green_weeks=green, gate_open=True)
    if missing:
        detail = f"Still missing before steps backward: {', '.join(missing)}."
        raise Conflict(detail, code="backward_locked")
    _check_checklist(owner, values, walk_id=walk_id)


def _check_checklist(owner: Person, values: Values, *, walk_id: UUID) -> None:
    earlier = Walk.objects.filter(
        owner=owner, backward_seconds__gt=0, started_at__lt=values.started_at
    ).exclude(pk=walk_id)
    lacks = [one for one in rules.CHECKLIST if one not in values.checklist]
    if lacks and rules.checklist_needed(earlier.count()):
        refuse({"checklist": [f"The first sessions need all of it: {', '.join(lacks)}."]})


@transaction.atomic
def unlock_save(
    *,
    id: UUID,  # noqa: A002 - the client's key for this row, named as in the API
    owner: Person,
    stand_seconds: int,
    over_65: bool,
    now: datetime,
    clinician: str = "",
    seen_on: date | None = None,
    at: datetime | None = None,
) -> tuple[BackwardUnlock, bool]:
    """Store how long somebody stood on one leg and who agreed; answers it and whether it is new.
    There is one of a person: under another id it changes the one there is.

    It is stored as it is: whether it is enough is for `backward_of` to say. Raises Invalid,
    NotFound for another person's id, Conflict (`gate_due`, `gate_blocked`), Forbidden without
    consent.
    """
    require_consent(owner)
    check_moment("at", at, now=now)
    seen_on = (seen_on or now.astimezone(owner.tz).date()) if clinician else None
    refuse(_problems(stand_seconds, clinician, seen_on, owner=owner, now=now))
    owner = person_lock(person_id=owner.pk)
    if BackwardUnlock.objects.filter(pk=id).exclude(owner=owner).exists():
        raise NotFound
    values = {
        "stand_seconds": stand_seconds,
        "over_65": over_65,
        "clinician": clinician,
        "seen_on": seen_on,
        "at": min(at or now, now),
    }
    if not BackwardUnlock.objects.filter(owner=owner).exists():
        gates.require_open(owner, now=now)
    return BackwardUnlock.objects.update_or_create(
        owner=owner, defaults=values, create_defaults=values | {"id": id}
    )


def _problems(
    stand_seconds: int, clinician: str, seen_on: date | None, *, owner: Person, now: datetime
) -> Problems:
    problems: Problems = {}
    if not 0 <= stand_seconds <= LONGEST_STAND:
        problems["stand_seconds"] = [f"Name 0 to {LONGEST_STAND} seconds."]
    if seen_on is None:
        return problems
    return problems | agreement_problems(
        owner, clinician=clinician, seen_on=seen_on, since=None, now=now
    )
