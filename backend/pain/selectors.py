"""Reading the diary."""

from datetime import datetime
from uuid import UUID

from backend.pain.models import PainEntry


def latest_entry(owner_id: UUID) -> PainEntry | None:
    return PainEntry.objects.filter(owner_id=owner_id).order_by("-at", "-created_at").first()


def entries_before(owner_id: UUID, *, before: datetime | None, limit: int) -> list[PainEntry]:
    """At most `limit` entries, newest first, all earlier than `before`."""
    found = PainEntry.objects.filter(owner_id=owner_id)
    if before is not None:
        found = found.filter(at__lt=before)
    return list(found.order_by("-at", "-created_at")[:limit])


def scored_between(owner_id: UUID, *, start: datetime, end: datetime) -> bool:
    return PainEntry.objects.filter(owner_id=owner_id, at__gt=start, at__lte=end).exists()
