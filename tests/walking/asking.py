"""A walk at noon of NOW, and what a phone tells in the hours after it. Times are Berlin's."""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from backend.accounts.models import Person
from backend.pain.models import PainEntry
from backend.pain.services import OfWalk, entry_save
from backend.reminders.models import Delivery
from backend.walking.models import FollowUp, Walk, WalkPlan
from backend.walking.plans import plan_save
from backend.walking.walks import Values, walk_save
from tests.conftest import NOW
from tests.walking.gating import answer as answer_gate

BERLIN = ZoneInfo("Europe/Berlin")
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
WED_FRI = (2, 4)


def june(day: int, hour: int = 12, minute: int = 0) -> datetime:
    return datetime(2026, 6, day, hour, minute, tzinfo=BERLIN)


NOON = june(3)  # NOW


def walked(
    owner: Person,
    ended: datetime = NOON,
    *,
    key: UUID | None = None,
    now: datetime | None = None,
    **values: Any,
) -> Walk:
    """Twelve minutes, told of as they end unless `now` says otherwise."""
    given: dict[str, Any] = {"started_at": ended - 12 * MINUTE, "ended_at": ended}
    walk, _ = walk_save(
        id=key or uuid.uuid4(), owner=owner, values=Values(**given | values), now=now or ended
    )
    return walk


def plan(owner: Person, days: Sequence[int] = WED_FRI, tolerance: int = 10) -> WalkPlan:
    """Eight minutes, from Wednesday 3 June on."""
    answer_gate(owner)
    saved, _ = plan_save(
        id=uuid.uuid4(), owner=owner, tolerance=tolerance, tolerance_from="guess",
        walks_already=False, days=days, now=NOW,
    )  # fmt: skip
    return saved


def scored(
    owner: Person,
    number: int,
    at: datetime,
    *,
    walk: Walk | None = None,
    moment: str = "",
    key: UUID | None = None,
    now: datetime | None = None,
) -> PainEntry:
    entry, _ = entry_save(
        id=key or uuid.uuid4(),
        owner=owner,
        score=number,
        at=at,
        began_on=None,
        of_walk=OfWalk(walk=walk.pk if walk else None, walk_moment=moment),
        now=now or at,
    )
    return entry


def the(walk: Walk, which: str) -> FollowUp:
    return FollowUp.objects.get(walk=walk, which=which)


def asked(owner: Person) -> dict[str, datetime]:
    """When each question of the only walk is due."""
    rows = FollowUp.objects.filter(owner=owner).order_by("due_at")
    return {row.which: row.due_at.astimezone(BERLIN) for row in rows}


def waiting(owner: Person) -> list[datetime]:
    """When the messages that carry them are, in order."""
    found = Delivery.objects.filter(owner=owner, kind="follow_up", state="pending")
    return [
        at.astimezone(BERLIN) for at in found.order_by("due_at").values_list("due_at", flat=True)
    ]
