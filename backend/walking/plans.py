"""Starting a plan, and choosing its days."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from backend.accounts.models import Person
from backend.accounts.services import person_lock, require_consent
from backend.core.errors import NotFound, Problems, refuse
from backend.core.moments import check_moment
from backend.pain.selectors import calendar_of
from backend.walking import gates, rules
from backend.walking.models import Purpose, ToleranceFrom, Walk, WalkPlan

LONGEST_TOLERANCE = 240  # minutes
TEST_DAYS = timedelta(days=14)  # what was comfortable longer ago may not be any more
TESTS = 3
DAYS_OF_A_WEEK = range(7)


def tests_of(owner: Person, *, now: datetime) -> list[Walk]:
    """The latest test walks of the last fourteen days, three at most, newest first. One query."""
    tests = Walk.objects.filter(
        owner=owner, purpose=Purpose.TEST, started_at__gt=now - TEST_DAYS, started_at__lte=now
    )
    return list(tests.order_by("-started_at")[:TESTS])


@transaction.atomic
def plan_save(
    *,
    id: UUID,  # noqa: A002 - the client's key for this row, named as in the API
    owner: Person,
    tolerance: int | None,
    tolerance_from: str,
    walks_already: bool,
    days: Sequence[int],
    now: datetime,
    at: datetime | None = None,
) -> tuple[WalkPlan, bool]:
    """Start a plan, or correct the start `id`; answers it and whether it is new. The latest start
    counts. `tolerance`: minutes in comfort; from test walks it is worked out here.

    More days than the plan allows at first are taken. Raises Invalid for values that make no sense
    and where there are no test walks, NotFound for another person's id, Conflict (`gate_due`,
    `gate_blocked`), Forbidden without consent.
    """
    require_consent(owner)
    check_moment("at", at, now=now)
    refuse(_day_problems(days))
    owner = person_lock(person_id=owner.pk)
    known = WalkPlan.objects.filter(pk=id).first()
    if known and known.owner_id != owner.pk:
        raise NotFound
    if known is None:
        gates.require_open(owner, now=now)
    values: dict[str, Any] = {
        "tolerance": _tolerance(tolerance, tolerance_from, owner, known, now=now),
        "tolerance_from": tolerance_from,
        "walks_already": walks_already,
    }
    if known:
        return _corrected(known, values, days), False
    moment = min(at or now, now)
    started_on = calendar_of(owner).day(moment)
    choices = [_choice(started_on, days)]
    plan = WalkPlan.objects.create(
        pk=id, owner=owner, at=moment, started_on=started_on, choices=choices, **values
    )
    return plan, True


def _corrected(plan: WalkPlan, values: dict[str, Any], days: Sequence[int]) -> WalkPlan:
    """The days chosen since stay: a start that is sent again says nothing about them."""
    for name, value in values.items():
        setattr(plan, name, value)
    plan.choices = [_choice(plan.started_on, days), *plan.choices[1:]]
    plan.save()
    return plan


def _tolerance(
    tolerance: int | None,
    tolerance_from: str,
    owner: Person,
    known: WalkPlan | None,
    *,
    now: datetime,
) -> int:
    if tolerance_from not in ToleranceFrom.values:
        refuse({"tolerance_from": [f"Choose one of: {', '.join(ToleranceFrom.values)}."]})
    if tolerance_from == ToleranceFrom.WALKS:
        if known and known.tolerance_from == ToleranceFrom.WALKS:
            return known.tolerance  # sent again, when its walks may be too old to be found
        tests = tests_of(owner, now=now)
        if not tests:
            refuse({"tolerance_from": ["There are no test walks of the last 14 days."]})
        return max(1, rules.tolerance_of([walk.seconds // 60 for walk in tests]))
    if tolerance is None or not 1 <= tolerance <= LONGEST_TOLERANCE:
        refuse({"tolerance": [f"Name 1 to {LONGEST_TOLERANCE} minutes."]})
    return int(tolerance or 0)


@transaction.atomic
def plan_days(
    *,
    id: UUID,  # noqa: A002
    owner: Person,
    days: Sequence[int],
    now: datetime,
    at: datetime | None = None,
) -> WalkPlan:
    """Walk on other days, from today on, or from the day of `at`.

    Raises Invalid for what are no days, NotFound, Forbidden without consent.
    """
    require_consent(owner)
    check_moment("at", at, now=now)
    refuse(_day_problems(days))
    owner = person_lock(person_id=owner.pk)
    plan = _mine(id, owner)
    day = max(calendar_of(owner).day(min(at or now, now)), plan.started_on)
    kept = [one for one in plan.choices if one["from"] != day.isoformat()]
    plan.choices = sorted([*kept, _choice(day, days)], key=lambda one: str(one["from"]))
    plan.save(update_fields=["choices"])
    return plan


@transaction.atomic
def plan_delete(*, id: UUID, owner: Person) -> None:  # noqa: A002
    """Take a start back: the one before it counts again. Raises NotFound where there is none."""
    owner = person_lock(person_id=owner.pk)
    _mine(id, owner).delete()


def chosen_days(plan: WalkPlan, on: date) -> list[int]:
    """The weekdays, Monday 0, that hold on a day."""
    held = [one["days"] for one in plan.choices if one["from"] <= on.isoformat()]
    return list((held or [plan.choices[0]["days"]])[-1])


def _mine(plan_id: UUID, owner: Person) -> WalkPlan:
    found = WalkPlan.objects.filter(pk=plan_id, owner=owner).first()
    if found is None:
        raise NotFound
    return found


def _choice(day: date, days: Sequence[int]) -> dict[str, Any]:
    return {"from": day.isoformat(), "days": sorted(set(days))}


def _day_problems(days: Sequence[int]) -> Problems:
    if days and set(days) <= set(DAYS_OF_A_WEEK):
        return {}
    return {"days": ["Choose at least one day, from 0 (Monday) to 6."]}
