"""Reading symptom checks and blocks. Plans of every sort ask here whether they may run."""

from uuid import UUID

from backend.accounts.models import Person
from backend.core.errors import NotFound
from backend.safety.models import Block, SymptomCheck

CHECKS_SHOWN = 50


def open_block(owner_id: UUID) -> Block | None:
    return Block.objects.filter(owner_id=owner_id, lifted_at=None).first()


def latest_check(owner_id: UUID) -> SymptomCheck | None:
    """By when it was made; one that was given for a slip stands in its place."""
    mine = SymptomCheck.objects.filter(owner_id=owner_id)
    return mine.order_by("-at", "-created_at").first()


def checks_of(owner_id: UUID) -> list[SymptomCheck]:
    mine = SymptomCheck.objects.filter(owner_id=owner_id).order_by("-at", "-created_at")
    return list(mine[:CHECKS_SHOWN])


def check_of(owner: Person, check_id: UUID) -> SymptomCheck:
    """Raises NotFound for another person's."""
    found = SymptomCheck.objects.filter(pk=check_id, owner=owner).first()
    if found is None:
        raise NotFound
    return found
