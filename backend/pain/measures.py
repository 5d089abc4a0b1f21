"""Questionnaires: saving them, and what has become better or worse since the first."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet, Subquery

from backend.accounts.models import Person
from backend.accounts.services import require_consent
from backend.core.errors import Conflict, Invalid, NotFound
from backend.core.moments import check_moment
from backend.pain import measure_rules
from backend.pain.measure_rules import comparable
from backend.pain.models import Episode, Measure, MeasureKind

SHOWN = 500  # seven years of both


@transaction.atomic
def measure_save(
    *,
    id: UUID,  # noqa: A002 - the client's key for this row, named as in the API
    owner: Person,
    kind: str,
    at: datetime,
    answers: object,
    now: datetime,
) -> tuple[Measure, bool]:
    """Create or correct the measure `id`; answers it and whether it is new.

    Raises Invalid for answers that the questionnaire does not have or a time in the future,
    NotFound for another person's id, Conflict where `id` stands for the other questionnaire,
    Forbidden without consent.
    """
    require_consent(owner)
    check_moment("at", at, now=now)
    read, problems = measure_rules.read_answers(MeasureKind(kind), answers)
    if problems:
        raise Invalid("Some answers can't be used.", fields=problems)
    known = Measure.objects.select_for_update().filter(pk=id).first()
    if known and known.owner_id != owner.pk:
        raise NotFound
    if known and known.kind != kind:
        raise Conflict("This id belongs to another questionnaire.")
    values = {"kind": kind, "at": at, "answers": read, "mean": measure_rules.mean(kind, read)}
    return Measure.objects.update_or_create(pk=id, owner=owner, defaults=values)


def measure_delete(*, id: UUID, owner: Person) -> None:  # noqa: A002
    """Raises NotFound where `owner` has no such measure."""
    deleted, _ = Measure.objects.filter(pk=id, owner=owner).delete()
    if not deleted:
        raise NotFound


@dataclass(frozen=True)
class Compared:
    """A measure beside the first one that it can be compared with; that itself has no change."""

    measure: Measure
    change: Decimal | None
    matters: str


@dataclass(frozen=True)
class History:
    due: bool
    results: list[Compared]

    @property
    def activities(self) -> list[str]:
        """What the last one named, as a start for the next."""
        last = self.results[0].measure.answers if self.results else {}
        return [one["name"] for one in last.get("activities", ())]


def histories(person: Person, *, now: datetime) -> dict[str, History]:
    """Each questionnaire's results, newest first, and whether it is time for it. Two queries."""
    by_kind: dict[str, list[Measure]] = defaultdict(list)
    for measure in _mine(person)[:SHOWN]:
        by_kind[measure.kind].append(measure)
    wanted = due(person, now=now)
    return {
        kind: History(due=kind in wanted, results=_compared(by_kind[kind]))
        for kind in MeasureKind.values
    }


def compared(measure: Measure) -> Compared:
    """This one, beside those before it."""
    until_then = _mine(measure.owner).filter(kind=measure.kind, at__lte=measure.at)[:SHOWN]
    return next(one for one in _compared(until_then) if one.measure.pk == measure.pk)


def _mine(person: Person) -> QuerySet[Measure]:
    return Measure.objects.filter(owner=person).order_by("-at", "-created_at", "pk")


def _compared(newest_first: Iterable[Measure]) -> list[Compared]:
    first: dict[frozenset[str], Measure] = {}
    found = []
    for measure in reversed(list(newest_first)):
        baseline = first.setdefault(comparable(measure.kind, measure.answers), measure)
        found.append(_beside(baseline, measure))
    return found[::-1]


def _beside(baseline: Measure, measure: Measure) -> Compared:
    if baseline is measure:
        return Compared(measure, change=None, matters="")
    change = measure.mean - baseline.mean
    return Compared(measure, change, measure_rules.matters(measure.kind, change))


def due(person: Person, *, now: datetime) -> list[str]:
    """The questionnaires that it is time for. One query."""
    mine = Measure.objects.filter(owner=OuterRef("pk")).order_by("-at")
    latest: dict[str, Any] = {
        kind: Subquery(mine.filter(kind=kind).values("at")[:1]) for kind in MeasureKind.values
    }
    hurts = Exists(Episode.objects.filter(owner=OuterRef("pk"), closed_at=None))
    row: Any = Person.objects.filter(pk=person.pk).values(hurts=hurts, **latest).get()
    last_on = {
        kind: row[kind].astimezone(person.tz).date() for kind in MeasureKind.values if row[kind]
    }
    return measure_rules.due(last_on, today=now.astimezone(person.tz).date(), hurts=row["hurts"])


def measure_times(owner_ids: Collection[UUID], since: datetime) -> dict[UUID, list[datetime]]:
    """When each of these people filled one in, later than `since`."""
    rows = Measure.objects.filter(owner__among=owner_ids, at__gt=since)
    found: dict[UUID, list[datetime]] = defaultdict(list)
    for owner_id, at in rows.values_list("owner_id", "at"):
        found[owner_id].append(at)
    return found
