"""Flares: one tap pauses what was planned, and a daily question asks whether it is over."""

import logging
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from backend.accounts.models import Person
from backend.accounts.services import person_lock, require_consent
from backend.core.errors import Conflict, NotFound
from backend.core.moments import check_moment
from backend.pain.flare_rules import (
    REMEMBERS,
    flare_day,
    latest_ask,
    next_ask,
    rests,
    resume_percent,
)
from backend.pain.models import Flare
from backend.reminders import holds, registry
from backend.reminders.models import Delivery, DeliveryState, HoldReason
from backend.reminders.registry import Answered, Moment

log = logging.getLogger(__name__)

READY = "ready"
NOT_YET = "not_yet"
STEP_UP = "step_up"  # the name of the question's kind
SHOWN = 20


@transaction.atomic
def flare_start(
    *,
    id: UUID,  # noqa: A002 - the client's key for this row, named as in the API
    owner: Person,
    at: datetime,
    now: datetime,
) -> tuple[Flare, bool]:
    """Begin a flare and keep what was planned quiet; answers it and whether it is new.

    Raises Invalid for a time in the future, NotFound for another person's id, Conflict (`flare_on`)
    while another one goes on, Forbidden without consent.
    """
    require_consent(owner)
    check_moment("at", at, now=now)
    # Two phones that start one at the same time: the second waits here, and then finds the first.
    owner = person_lock(person_id=owner.pk)
    known = Flare.objects.filter(pk=id).first()
    if known:
        return _mine(known, owner), False
    if Flare.objects.filter(owner=owner, ended_at=None).exists():
        raise Conflict("A flare is on already.", code="flare_on")
    began_at = min(at, now)
    asks_at = next_ask(began_at, owner.tz, after=now)
    flare = Flare.objects.create(pk=id, owner=owner, began_at=began_at, next_ask_at=asks_at)
    holds.hold(person=owner, kinds=_paused(), reason=HoldReason.FLARE, until=None)
    return flare, True


@transaction.atomic
def flare_end(*, id: UUID, owner: Person, at: datetime, now: datetime) -> Flare:  # noqa: A002
    """End a flare, and let reminders speak again. One that has ended stays as it is.

    Raises Invalid for a time in the future, NotFound where `owner` has no such flare, Forbidden
    without consent.
    """
    require_consent(owner)
    check_moment("at", at, now=now)
    owner = person_lock(person_id=owner.pk)
    flare = _locked(id, owner)
    if flare.ended_at is None:
        flare.ended_at = max(flare.began_at, min(at, now))
        days = flare_day(flare.began_at, flare.ended_at, owner.tz)
        flare.resume_percent = resume_percent(days)
        flare.next_ask_at = None
        flare.save(update_fields=["ended_at", "resume_percent", "next_ask_at"])
        holds.release(person=owner, reason=HoldReason.FLARE)
    return flare


@transaction.atomic
def flare_delete(*, id: UUID, owner: Person) -> None:  # noqa: A002
    """Take back a flare that was started by mistake. Raises NotFound where there is none."""
    owner = person_lock(person_id=owner.pk)
    flare = _locked(id, owner)
    if flare.ended_at is None:  # else the hold that stands is another one's
        holds.release(person=owner, reason=HoldReason.FLARE)
    flare.delete()


def _locked(flare_id: UUID, owner: Person) -> Flare:
    """Against a claim that plans its next question at this moment."""
    flare = Flare.objects.select_for_update(no_key=True).filter(pk=flare_id).first()
    if flare is None:
        raise NotFound
    return _mine(flare, owner)


def _mine(flare: Flare, owner: Person) -> Flare:
    if flare.owner_id != owner.pk:
        raise NotFound
    return flare


def _paused() -> list[str]:
    return [name for name in registry.settable() if not registry.get(name).in_flare]


@dataclass(frozen=True)
class FlareState:
    """A flare as it stands at a moment. `day` is empty once it is over."""

    id: UUID
    began_at: datetime
    ended_at: datetime | None
    resume_percent: int | None
    day: int | None


def flare_state(flare: Flare, *, tz: ZoneInfo, now: datetime) -> FlareState:
    return FlareState(
        id=flare.pk,
        began_at=flare.began_at,
        ended_at=flare.ended_at,
        resume_percent=flare.resume_percent,
        day=None if flare.ended_at else flare_day(flare.began_at, now, tz),
    )


def open_flare(person: Person, *, now: datetime) -> FlareState | None:
    """The flare that goes on. One query."""
    flare = Flare.objects.filter(owner=person, ended_at=None).first()
    return flare_state(flare, tz=person.tz, now=now) if flare else None


def recent_flares(person: Person, *, now: datetime) -> list[FlareState]:
    """The last flares, newest first."""
    found = Flare.objects.filter(owner=person).order_by("-began_at", "pk")[:SHOWN]
    return [flare_state(flare, tz=person.tz, now=now) for flare in found]


@transaction.atomic
def claim_step_ups(*, now: datetime, limit: int = 500) -> int:
    """Plan the question of each flare due by `now`; answers how many flares that were.

    Four statements a batch, and any number of workers at once: a flare is locked by one of them.
    """
    due = list(
        Flare.objects.select_for_update(skip_locked=True, of=("self",))
        .filter(next_ask_at__lte=now)
        .select_related("owner")
        .only("began_at", "next_ask_at", "owner__time_zone")
        .order_by("next_ask_at")[:limit]
    )
    questions = [_question(flare, now=now) for flare in due]
    Delivery.objects.bulk_create([one for one in questions if one], ignore_conflicts=True)
    Flare.objects.bulk_update(due, ["next_ask_at"])
    return len(due)


def _question(flare: Flare, *, now: datetime) -> Delivery | None:
    """The question that is due, with `flare` moved on to its next. None where it is broken."""
    try:
        tz = flare.owner.tz
        due_at = latest_ask(flare.next_ask_at or now, tz, now=now)
        flare.next_ask_at = next_ask(flare.began_at, tz, after=now)
    except Exception:  # one broken row must not hold up everybody else's
        log.exception("flare %s can't be asked about and is set aside", flare.pk)
        flare.next_ask_at = None
        return None
    return Delivery(
        owner=flare.owner,
        kind=STEP_UP,
        subject_id=flare.pk,
        due_at=due_at,
        next_try_at=due_at,
        dedupe_key=f"{STEP_UP}:{flare.pk}:{due_at.astimezone(tz).date()}",
        turn=flare_day(flare.began_at, due_at, tz),
        capped=registry.get(STEP_UP).suggested,
    )


def replan(*, person: Person, now: datetime) -> None:
    """Move the question to the present zone of `person`. Runs in the caller's transaction."""
    asking = Flare.objects.filter(owner=person, next_ask_at__isnull=False)
    for flare in asking.select_for_update(no_key=True):
        flare.next_ask_at = next_ask(flare.began_at, person.tz, after=now)
        flare.save(update_fields=["next_ask_at"])


def still_asked(moments: Sequence[Moment]) -> list[str]:
    """Why a question isn't sent: its flare is over, or nobody reacts any more."""
    ids = {moment.subject_id for moment in moments if moment.subject_id}
    going_on = Flare.objects.filter(pk__among=ids, ended_at=None)
    open_ids = set(going_on.values_list("pk", flat=True))
    asked = _asked({moment.person.pk for moment in moments}, now=moments[0].now)
    reasons = []
    for moment in moments:
        resting = rests(asked[moment.subject_id], due_at=moment.due_at)
        reasons.append("ended" if moment.subject_id not in open_ids else "resting" * resting)
    return reasons


def _asked(
    owner_ids: Iterable[UUID], *, now: datetime
) -> dict[UUID | None, list[tuple[datetime, bool]]]:
    """For each flare when its last questions were due, newest first, and whether they moved it."""
    sent = Delivery.objects.filter(
        owner__among=owner_ids, kind=STEP_UP, state=DeliveryState.SENT, due_at__gt=now - REMEMBERS
    )
    found: dict[UUID | None, list[tuple[datetime, bool]]] = defaultdict(list)
    rows = sent.order_by("-due_at").values_list("subject_id", "due_at", "answer", "opened_at")
    for flare_id, due_at, answer, opened_at in rows:
        found[flare_id].append((due_at, bool(answer or opened_at)))
    return found


def on_answer(answered: Answered) -> None:
    """ "Ready" ends the flare that was asked about. To one that is gone it no longer matters."""
    if answered.answer != READY or answered.subject_id is None:
        return
    if Flare.objects.filter(pk=answered.subject_id, owner=answered.person).exists():
        flare_end(id=answered.subject_id, owner=answered.person, at=answered.at, now=answered.at)
