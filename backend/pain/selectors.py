"""Reading the diary."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from backend.pain.models import PainEntry


def latest_entry(owner_id: UUID) -> PainEntry | None:
    return PainEntry.objects.filter(owner_id=owner_id).order_by("-at", "-created_at").first()


@dataclass(frozen=True)
class Page:
    """`next_before` asks for the entries that follow; None on the last page."""

    entries: list[PainEntry]
    next_before: datetime | None


def page_before(owner_id: UUID, *, before: datetime | None, limit: int) -> Page:
    """`limit` entries, newest first, all earlier than `before`.

    Entries of one moment stay on one page, which may so hold more: a cursor that is a time can't
    stop between them.
    """
    found = PainEntry.objects.filter(owner_id=owner_id).order_by("-at", "-created_at", "pk")
    if before is not None:
        found = found.filter(at__lt=before)
    entries = list(found[: limit + 1])
    if len(entries) <= limit:
        return Page(entries, None)
    last, following = entries[-2:]
    if following.at < last.at:
        return Page(entries[:limit], last.at)
    entries = list(found.filter(at__gte=last.at))
    return Page(entries, last.at if found.filter(at__lt=last.at).exists() else None)


def score_times(owner_ids: Collection[UUID], since: datetime) -> dict[UUID, list[datetime]]:
    """When each of these people scored their back, later than `since`."""
    rows = PainEntry.objects.filter(owner__among=owner_ids, at__gt=since)
    found: dict[UUID, list[datetime]] = defaultdict(list)
    for owner_id, at in rows.values_list("owner_id", "at"):
        found[owner_id].append(at)
    return found
