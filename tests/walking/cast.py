"""Somebody who walks: the gate open, a plan, walks with the scores around them.

NOW is Wednesday 3 June 2026, noon in Berlin.
"""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from backend.accounts.models import Person
from backend.pain.models import PainEntry
from backend.walking import plans, walks
from backend.walking.models import BackwardUnlock, FollowUp, GateAnswers, Walk, WalkPlan
from tests.conftest import NOW

BERLIN = ZoneInfo("Europe/Berlin")
SECOND, MINUTE, HOUR, DAY = (
    timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1), timedelta(days=1),
)  # fmt: skip
EVERY_DAY = (0, 1, 2, 3, 4, 5, 6)
WHOLE_CHECKLIST = ("flat", "dry", "clear", "lit", "wall", "spotter", "hands_free")


def june(day: int, hour: int = 10, minute: int = 0) -> datetime:
    """In Berlin. Days before the first of June are 0 and less."""
    return datetime(2026, 6, 1, hour, minute, tzinfo=BERLIN) + DAY * (day - 1)


def open_gate(owner: Person, at: datetime = NOW - 60 * DAY) -> None:
    GateAnswers.objects.create(owner=owner, wording="2026-11", language="en", at=at)
    GateAnswers.objects.filter(owner=owner).update(created_at=at)


def tick_gate(owner: Person, at: datetime) -> None:
    """Something a clinician has to agree about."""
    row = GateAnswers.objects.create(
        owner=owner, yes=["fall"], wording="2026-11", language="en", at=at
    )
    GateAnswers.objects.filter(pk=row.pk).update(created_at=at)


def start_plan(owner: Person, at: datetime, **values: Any) -> WalkPlan:
    """From 12 minutes in comfort: nine and a half, so nine to begin with."""
    given: dict[str, Any] = {
        "id": uuid.uuid4(), "tolerance": 12, "tolerance_from": "guess", "walks_already": False,
        "days": EVERY_DAY[:4], "at": at, "now": at,
    }  # fmt: skip
    plan, _ = plans.plan_save(owner=owner, **(given | values))
    return plan


def values_of(at: datetime, minutes: float = 12, **values: Any) -> walks.Values:
    given = {"started_at": at, "ended_at": at + timedelta(minutes=minutes)}
    return walks.Values(**(given | values))


def walk_at(
    owner: Person, at: datetime, minutes: float = 12, *, now: datetime | None = None, **values: Any
) -> Walk:
    """Told of when it ended, unless `now` says that it was later."""
    given = values_of(at, minutes, **values)
    key = uuid.uuid4()
    walk, _ = walks.walk_save(id=key, owner=owner, values=given, now=now or given.ended_at)
    return walk


def score(
    owner: Person, number: int, at: datetime, walk: Walk | None = None, moment: str = ""
) -> None:
    """Straight into the diary; `moment`, where it was asked about `walk`."""
    PainEntry.objects.create(
        owner=owner, score=number, at=at, walk_id=walk.pk if walk else None, walk_moment=moment
    )


def scored_walk(
    owner: Person, at: datetime, *scores: int, minutes: float = 12, **values: Any
) -> Walk:
    """With the scores before it, after it, and next morning at eight. Green without any given."""
    before, after, morning = scores or (3, 3, 3)
    walk = walk_at(owner, at, minutes, **values)
    score(owner, before, at - MINUTE, walk, "before")
    score(owner, after, walk.ended_at + MINUTE, walk, "after")
    score(owner, morning, (at + DAY).replace(hour=8, minute=0), walk, "morning")
    FollowUp.objects.filter(walk=walk).exclude(which="morning").update(
        felt="fine", answered_at=walk.ended_at + 4 * HOUR
    )
    return walk


def stand(owner: Person, **values: Any) -> BackwardUnlock:
    given: dict[str, Any] = {"stand_seconds": 12, "over_65": False, "at": NOW}
    return BackwardUnlock.objects.create(owner=owner, **(given | values))


def utc(*numbers: int) -> datetime:
    return datetime(*numbers, tzinfo=UTC)  # type: ignore[misc,arg-type]
