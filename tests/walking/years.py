"""Two years of somebody who walks five times a week, written straight into the database."""

import uuid
from datetime import datetime, timedelta

from backend.accounts.models import Person
from backend.pain.models import PainEntry
from backend.walking.models import FollowUp, Walk, WalkPlan
from tests.walking.cast import DAY, HOUR, MINUTE

WEEKDAYS = 5


def fill(owner: Person, *, walks: int, until: datetime) -> None:
    """`walks` of them, Monday to Friday, with four scores and two questions each."""
    local = until.astimezone(owner.tz).replace(hour=9, minute=0, second=0)
    days = [local - DAY * n for n in range(1, 2 * walks + 7)]
    starts = sorted(day for day in days if day.weekday() < WEEKDAYS)[-walks:]
    rows = [
        Walk(
            id=uuid.uuid4(), owner=owner, started_at=at, ended_at=at + 15 * MINUTE, seconds=900,
            planned_minutes=15,
        )
        for at in starts
    ]  # fmt: skip
    Walk.objects.bulk_create(rows)
    PainEntry.objects.bulk_create(entry for row in rows for entry in _scores(row))
    FollowUp.objects.bulk_create(
        FollowUp(owner=owner, walk=row, which=which, due_at=row.ended_at + after, answered_at=until)
        for row in rows
        for which, after in (("later", 4 * HOUR), ("morning", 22 * HOUR))
    )
    first = starts[0].date()
    days_chosen = [{"from": first.isoformat(), "days": list(range(WEEKDAYS))}]
    WalkPlan.objects.create(
        owner=owner, started_on=first, tolerance=15, tolerance_from="guess", at=starts[0],
        choices=days_chosen,
    )  # fmt: skip


def _scores(walk: Walk) -> list[PainEntry]:
    hours = {"before": -0.1, "after": 0.4, "later": 4, "morning": 23}
    return [
        PainEntry(
            owner=walk.owner, score=3 + (moment == "later"), walk_id=walk.pk, walk_moment=moment,
            at=walk.started_at + timedelta(hours=after),
        )
        for moment, after in hours.items()
    ]  # fmt: skip
