"""What other apps may want to know of the diary, without being imported from here."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.dispatch import Signal

from backend.pain.models import PainEntry


@dataclass(frozen=True)
class Stood:
    """Where a score stands or stood: its moment, and the walk it was asked about."""

    at: datetime
    walk_id: UUID | None

    @classmethod
    def of(cls, entry: PainEntry) -> "Stood":
        return cls(entry.at, entry.walk_id)


# Sent with `person`, `places` (every place that a score has come to or gone from) and `now`, inside
# the transaction that changes the diary, with the person locked.
scores_changed = Signal()
