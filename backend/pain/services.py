"""Everything that changes the diary."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from backend.accounts.models import Person
from backend.accounts.services import require_consent
from backend.core.errors import Invalid, NotFound
from backend.pain.models import WORST, PainEntry

CLOCKS_MAY_DIFFER = timedelta(minutes=5)
OLDEST = timedelta(days=366)


def entry_save(
    *,
    id: UUID,  # noqa: A002 - the client's key for this row, named as in the API
    owner: Person,
    score: int,
    at: datetime,
    began_on: date | None,
    now: datetime,
) -> tuple[PainEntry, bool]:
    """Create or correct the entry `id`; answers it and whether it is new.

    Raises Invalid for a score outside 0-10 or a time in the future, NotFound for another person's
    id, Forbidden without consent.
    """
    require_consent(owner)
    _check(score=score, at=at, began_on=began_on, owner=owner, now=now)
    values = {"score": score, "at": at, "began_on": began_on}
    with transaction.atomic():
        if PainEntry.objects.filter(pk=id).exclude(owner=owner).exists():
            raise NotFound
        return PainEntry.objects.update_or_create(pk=id, owner=owner, defaults=values)


def entry_delete(*, id: UUID, owner: Person) -> None:  # noqa: A002
    """Raises NotFound where `owner` has no such entry."""
    deleted, _ = PainEntry.objects.filter(pk=id, owner=owner).delete()
    if not deleted:
        raise NotFound


def _check(
    *, score: int, at: datetime, began_on: date | None, owner: Person, now: datetime
) -> None:
    problems: dict[str, list[str]] = {}
    if not 0 <= score <= WORST:
        problems["score"] = [f"A score is a whole number from 0 to {WORST}."]
    if at > now + CLOCKS_MAY_DIFFER:
        problems["at"] = ["This time is in the future."]
    elif at < now - OLDEST:
        problems["at"] = ["This time is more than a year ago."]
    if began_on is not None and began_on > (now + CLOCKS_MAY_DIFFER).astimezone(owner.tz).date():
        problems["began_on"] = ["This day is in the future."]
    if problems:
        raise Invalid("Some values can't be used.", fields=problems)
