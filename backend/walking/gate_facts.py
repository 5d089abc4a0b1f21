"""Reading what the gate hangs on, for one person or for a batch of them."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from typing import TypeVar
from uuid import UUID

from django.db.models import QuerySet

from backend.core.models import OwnedModel
from backend.safety import models as safety
from backend.walking import models
from backend.walking.gate_rules import Answers, Block, Check, Clearance, Facts

BLOCKING = (safety.Level.SAME_DAY, safety.Level.EMERGENCY)

Row = TypeVar("Row", bound=OwnedModel)
Fact = TypeVar("Fact")


def facts_of(owner_id: UUID) -> Facts:
    """Five queries."""
    facts = facts_of_each([owner_id])[owner_id]
    newest = _standing_checks([owner_id]).order_by("-at", "-created_at").first()
    if newest is None or newest.level in BLOCKING:
        return facts
    return replace(facts, checks=(*facts.checks, _check(newest)))


def facts_of_each(owner_ids: Collection[UUID]) -> Mapping[UUID, Facts]:
    """Without the newest check, which blocks nothing if it is a mild one. Four queries."""
    answers = _by_owner(models.GateAnswers.objects.filter(owner_id__among=owner_ids), _answers)
    clearances = _by_owner(models.Clearance.objects.filter(owner_id__among=owner_ids), _clearance)
    checks = _by_owner(_standing_checks(owner_ids).filter(level__in=BLOCKING), _check)
    blocks = safety.Block.objects.filter(owner_id__among=owner_ids)
    standing = _by_owner(blocks.exclude(lifted_as=safety.Lifted.SLIP), _block)
    return {
        owner_id: Facts(
            answers=tuple(answers[owner_id]),
            checks=tuple(checks[owner_id]),
            clearances=tuple(clearances[owner_id]),
            blocks=tuple(standing[owner_id]),
        )
        for owner_id in owner_ids
    }


def _standing_checks(owner_ids: Collection[UUID]) -> QuerySet[safety.SymptomCheck]:
    return safety.SymptomCheck.objects.filter(owner_id__among=owner_ids, corrected_by=None)


def _by_owner(rows: Iterable[Row], read: Callable[[Row], Fact]) -> Mapping[UUID, list[Fact]]:
    found: dict[UUID, list[Fact]] = defaultdict(list)
    for row in rows:
        found[row.owner_id].append(read(row))
    return found


def _answers(row: models.GateAnswers) -> Answers:
    return Answers(
        id=row.pk, at=row.at, arrived=row.created_at, yes=tuple(row.yes), wording=row.wording
    )


def _clearance(row: models.Clearance) -> Clearance:
    return Clearance(
        id=row.pk,
        at=row.at,
        arrived=row.created_at,
        clinician=row.clinician,
        seen_on=row.seen_on,
    )


def _check(row: safety.SymptomCheck) -> Check:
    return Check(id=row.pk, at=row.at, arrived=row.created_at, level=row.level)


def _block(row: safety.Block) -> Block:
    return Block(id=row.pk, check=row.check_made_id, began=row.began_at, lifted=row.lifted_at)
