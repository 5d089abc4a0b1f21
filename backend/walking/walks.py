"""Saving walks."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import models, transaction

from backend.accounts.models import Person
from backend.accounts.services import person_lock, require_consent
from backend.core.errors import Conflict, DomainError, NotFound, Problems, refuse
from backend.walking import backward, followups, gates, standing
from backend.walking.backward_rules import CHECKLIST
from backend.walking.models import LONGEST_NOTE, Purpose, Stopped, Walk, WalkSource
from backend.walking.walk_checks import LONGEST_SPAN, Values, problems_of

__all__ = ["Values", "walk_delete", "walk_said_done", "walk_save", "walk_times"]

TIMES = ("started_at", "ended_at")


@transaction.atomic
def walk_save(
    *,
    id: UUID,  # noqa: A002 - the client's key for this row, named as in the API
    owner: Person,
    values: Values,
    now: datetime,
) -> tuple[Walk, bool]:
    """Store or correct the walk `id`; answers it and whether it is new. Its questions for the hours
    after it are planned, or moved, in this transaction.

    More than the plan says is stored, for it happened. Raises Invalid for what can't have been,
    NotFound for another person's id, Conflict where another walk of theirs lies in the same time
    (`walk_overlaps`), where it started while walking was blocked (`gate_blocked`) and for steps
    backward that are not unlocked (`gate_due`, `backward_locked`), Forbidden without consent.
    """
    require_consent(owner)
    refuse(problems_of(values, now=now) | _unknown(values))
    # Two devices that recorded one walk: the second waits here, and then finds the first.
    owner = person_lock(person_id=owner.pk)
    known = Walk.objects.filter(pk=id).first()
    if known and known.owner_id != owner.pk:
        raise NotFound
    _check_against(known, values, owner, id=id, now=now)
    walk, created = Walk.objects.update_or_create(pk=id, owner=owner, defaults=_row(values))
    if known is None or _moved(known, values):
        followups.plan(walk, owner, now=now)
    return walk, created


def _check_against(
    known: Walk | None,
    values: Values,
    owner: Person,
    *,
    id: UUID,  # noqa: A002
    now: datetime,
) -> None:
    """What the rest of the person's rows has to say. A correction of what was taken once is only
    asked about what it changes."""
    if known is None or _moved(known, values):
        _check_free(values, owner, id=id)
    if known is None or known.started_at != values.started_at:
        gates.require_unblocked(owner, started_at=values.started_at)
    if values.backward_seconds and not (known and known.backward_seconds):
        backward.require_unlocked(owner, values, walk_id=id, now=now)


def _moved(known: Walk, values: Values) -> bool:
    return any(getattr(known, name) != getattr(values, name) for name in TIMES)


def _check_free(values: Values, owner: Person, *, id: UUID) -> None:  # noqa: A002
    around = Walk.objects.filter(
        owner=owner,
        started_at__gt=values.started_at - LONGEST_SPAN,
        started_at__lt=values.ended_at,
        ended_at__gt=values.started_at,
    )
    if around.exclude(pk=id).exists():
        raise Conflict("Another walk lies in this time.", code="walk_overlaps")


def _row(values: Values) -> dict[str, Any]:
    ticked = set(values.checklist)
    track = values.track
    return vars(values) | {
        "seconds": values.walked,
        "track": None if track is None else [list(point) for point in track],
        "checklist": [one for one in CHECKLIST if one in ticked],
        "note": values.note.strip(),
    }


def _unknown(values: Values) -> Problems:
    given: dict[str, tuple[str, type[models.TextChoices], set[str]]] = {
        "purpose": (values.purpose, Purpose, set()),
        "source": (values.source, WalkSource, set()),
        "stopped": (values.stopped, Stopped, {""}),
    }
    problems: Problems = {
        name: [f"Choose one of: {', '.join(choices.values)}."]
        for name, (value, choices, more) in given.items()
        if value not in {*choices.values, *more}
    }
    if set(values.checklist) - set(CHECKLIST):
        problems["checklist"] = [f"Choose some of: {', '.join(CHECKLIST)}."]
    if len(values.note) > LONGEST_NOTE:
        problems["note"] = [f"A note has room for {LONGEST_NOTE} characters."]
    return problems


@transaction.atomic
def walk_delete(*, id: UUID, owner: Person) -> None:  # noqa: A002
    """With the questions that it still had to ask. The scores given for it stay in the diary.

    Raises NotFound where `owner` has no such walk.
    """
    owner = person_lock(person_id=owner.pk)
    walk = Walk.objects.filter(pk=id, owner=owner).first()
    if walk is None:
        raise NotFound
    followups.forget(walk)
    walk.delete()


def walk_said_done(person: Person, at: datetime, now: datetime) -> Walk | None:
    """ "Done" on a lock screen, at `at`: a walk of the planned minutes that ended then.

    None where there is nothing to store: without a plan, with a walk on that day already, or where
    such a walk can't have been, for the answer itself stands all the same. Runs in the caller's
    transaction, which has locked the person.
    """
    found = standing.situation_of(person, now=now)
    day = found.calendar.day(at)
    plan = found.standing_on(day)
    if plan is None or day in found.days:
        return None
    values = Values(
        started_at=at - timedelta(minutes=plan.minutes),
        ended_at=at,
        planned_minutes=plan.minutes,
        source=WalkSource.REMINDER,
    )
    try:
        walk, _ = walk_save(id=uuid4(), owner=person, values=values, now=now)
    except DomainError:
        return None
    return walk


def walk_times(owner_ids: Collection[UUID], since: datetime) -> dict[UUID, Sequence[datetime]]:
    """When each of these people set out for a walk, later than `since`. One query."""
    rows = Walk.objects.filter(owner__among=owner_ids, started_at__gt=since)
    found: dict[UUID, list[datetime]] = {}
    for owner_id, at in rows.values_list("owner_id", "started_at"):
        found.setdefault(owner_id, []).append(at)
    return dict(found)
