"""Reading symptom checks and blocks."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from backend.core.errors import NotFound
from backend.safety.models import Block, Level, Lifted, SymptomCheck

CHECKS_SHOWN = 50


def open_block(owner_id: UUID) -> Block | None:
    """What suspends walking and exercise at present. One query."""
    return Block.objects.filter(owner_id=owner_id, lifted_at=None).first()


def _newest_first(owner_id: UUID) -> QuerySet[SymptomCheck]:
    mine = SymptomCheck.objects.filter(owner_id=owner_id)
    return mine.order_by("-at", "-created_at", "pk")


def latest_check(owner_id: UUID) -> SymptomCheck | None:
    return _newest_first(owner_id).first()


def checks_since(owner_id: UUID, since: datetime) -> QuerySet[SymptomCheck]:
    """Those answered at `since` or later, newest first."""
    return _newest_first(owner_id).filter(at__gte=since)


def recent_checks(owner_id: UUID) -> list[SymptomCheck]:
    return list(_newest_first(owner_id)[:CHECKS_SHOWN])


def check_of(owner_id: UUID, check_id: UUID) -> SymptomCheck:
    """Raises NotFound."""
    found = SymptomCheck.objects.filter(owner_id=owner_id, pk=check_id).first()
    if found is None:
        raise NotFound
    return found


def standing_emergencies(owner_id: UUID) -> QuerySet[SymptomCheck]:
    """Emergency answers that nobody has corrected or cleared since, oldest first.

    A clearance covers what was answered before it, also on a phone that tells of it later; and what
    had arrived before it, whatever a phone's clock says.
    """
    answers = SymptomCheck.objects.filter(
        owner_id=owner_id, level=Level.EMERGENCY, corrected_by=None
    )
    cleared = Block.objects.filter(owner_id=owner_id, lifted_as=Lifted.CLEARANCE)
    last = cleared.order_by("-lifted_at").first()
    if last is not None:
        answers = answers.filter(Q(at__gt=last.lifted_at) & Q(created_at__gt=last.lifted_at))
    return answers.order_by("at", "created_at", "pk")
