"""Everything about one person, out of the registry: exported as it is, erased without a rest."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from backend.accounts.models import Person
from backend.accounts.services import person_erase
from backend.core import personal
from backend.core.errors import NotFound

FORMAT = "backstep-export"
VERSION = 1


def export(*, person_id: UUID, now: datetime) -> dict[str, Any]:
    """All rows by model; values are what DjangoJSONEncoder writes. Raises NotFound."""
    if not Person.objects.filter(pk=person_id).exists():
        raise NotFound("There is no such person.")
    data = {entry.label: list(entry.rows(person_id)) for entry in personal.registered()}
    return {"format": FORMAT, "version": VERSION, "exported_at": now, "data": data}


@transaction.atomic
def erase(*, person_id: UUID) -> int:
    """Delete every row about a person; answers how many. Raises NotFound; then nothing is gone."""
    if not Person.objects.filter(pk=person_id).exists():
        raise NotFound("There is no such person.")
    count = person_erase(person_id=person_id)
    left = [entry.label for entry in personal.registered() if any(entry.rows(person_id))]
    if left:
        raise RuntimeError(f"rows were left behind in {', '.join(left)}; nothing was deleted")
    return count
