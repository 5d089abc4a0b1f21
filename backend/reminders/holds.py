"""Keeping reminders quiet for a while, and letting them speak again."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q, QuerySet

from backend.accounts.models import Person
from backend.core.errors import Forbidden, Invalid, NotFound
from backend.reminders import registry, rules
from backend.reminders.models import Hold, HoldReason

DAYS_OF_A_WEEK = 7


class Span(StrEnum):
    TODAY = "today"
    WEEK = "week"


def midnight_after(now: datetime, tz: ZoneInfo, *, days: int) -> datetime:
    """The end of the person's local day (`days` 1), or of the days that follow it."""
    day = now.astimezone(tz).date() + timedelta(days=days)
    return rules.instant(datetime.combine(day, time()), tz)


def active_holds(*, owner_id: UUID, now: datetime) -> QuerySet[Hold]:
    mine = Hold.objects.filter(owner_id=owner_id).filter(Q(until=None) | Q(until__gt=now))
    return mine.order_by("created_at")


def hold(
    *, person: Person, kinds: Sequence[str] | None, reason: HoldReason, until: datetime | None
) -> Hold:
    """Keep `kinds` (None: every kind) quiet until then. Call it where its cause is written."""
    wanted = None if kinds is None else list(kinds)
    return Hold.objects.create(owner=person, kinds=wanted, reason=reason, until=until)


def release(*, person: Person, reason: HoldReason) -> int:
    """End what was held for `reason`, when that is over. Answers the number of holds."""
    deleted, _ = Hold.objects.filter(owner=person, reason=reason).delete()
    return deleted


@transaction.atomic
def pause_save(
    *,
    id: UUID,  # noqa: A002 - the client's key for this row, named as in the API
    owner: Person,
    span: Span | datetime,
    kinds: Sequence[str] | None,
    now: datetime,
) -> tuple[Hold, bool]:
    """Pause reminders for the rest of today or of seven days, or until a moment (to undo the end of
    a pause); answers it and whether it is new.

    Raises Invalid for an unknown kind, NotFound for another person's id, Forbidden for a hold that
    is not the person's to change.
    """
    unknown = sorted(set(kinds or ()) - set(registry.names()))
    if unknown or kinds == []:
        problem = f"Choose some of: {', '.join(registry.names())}."
        raise Invalid(problem, fields={"kinds": [problem]})
    until = _end(span, owner.tz, now=now)
    known = Hold.objects.select_for_update().filter(pk=id).first()
    if known:
        _check_mine(known, owner)
    values = {
        "kinds": None if kinds is None else sorted(set(kinds)),
        "reason": HoldReason.PAUSE,
        "until": until,
    }
    return Hold.objects.update_or_create(pk=id, owner=owner, defaults=values)


def _end(span: Span | datetime, tz: ZoneInfo, *, now: datetime) -> datetime:
    week = midnight_after(now, tz, days=DAYS_OF_A_WEEK)
    if isinstance(span, Span):
        return week if span is Span.WEEK else midnight_after(now, tz, days=1)
    if not now < span <= week:
        problem = "A pause ends within seven days."
        raise Invalid(problem, fields={"until": [problem]})
    return span


@transaction.atomic
def hold_lift(*, id: UUID, owner: Person) -> None:  # noqa: A002
    """End a pause early. Raises NotFound, or Forbidden (`not_yours_to_lift`) for a block."""
    known = Hold.objects.select_for_update().filter(pk=id).first()
    if known is None:
        raise NotFound
    _check_mine(known, owner)
    known.delete()


def _check_mine(known: Hold, owner: Person) -> None:
    if known.owner_id != owner.pk:
        raise NotFound
    if not known.liftable:
        raise Forbidden("This ends when its cause does.", code="not_yours_to_lift")


def prune_holds(*, before: datetime) -> int:
    """Delete holds that ended long ago; answers the number of rows."""
    deleted, _ = Hold.objects.filter(until__lt=before).delete()
    return deleted
