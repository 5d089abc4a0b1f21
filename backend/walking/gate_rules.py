"""Whether the gate before walking is open, and if not, why. Pure.

The ask-first questions and the symptom checks say whether a clinician should agree before somebody
walks to a plan. To ask first where standing hurts is our source's rule [S]; everything else that
blocks, and that answers hold for half a year, are rules of ours.
"""

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from backend.safety.rules import EMERGENCY, SAME_DAY, SOON

MONTHS = 6  # for which answers hold


class State(StrEnum):
    DUE = "due"
    BLOCKED = "blocked"
    OPEN = "open"


class Due(StrEnum):
    NEVER = "never"  # answered
    EMERGENCY = "emergency"  # afterwards everything is asked again
    HALF_YEAR = "half_year"


class CauseKind(StrEnum):
    ANSWERS = "answers"
    SAME_DAY = "same_day"
    EMERGENCY = "emergency"


@dataclass(frozen=True, kw_only=True)
class Told:
    """`at`: when it was, by the clock of the phone; `arrived`: when we heard of it."""

    id: UUID
    at: datetime
    arrived: datetime

    def covers(self, other: "Told") -> bool:
        """Whether it came after `other`, or was said when that was known already, whatever the
        clocks of two phones say. One that runs fast covers nothing before its time."""
        return _covers(min(self.at, self.arrived), other)


@dataclass(frozen=True, kw_only=True)
class Answers(Told):
    yes: tuple[str, ...]
    wording: str


@dataclass(frozen=True, kw_only=True)
class Check(Told):
    """A symptom check that nobody has corrected as a slip."""

    level: str


@dataclass(frozen=True, kw_only=True)
class Clearance(Told):
    clinician: str
    seen_on: date


@dataclass(frozen=True, kw_only=True)
class Block:
    """What an emergency answer suspended, but for slips. `lifted`: when a clinician's clearance of
    it was recorded."""

    id: UUID
    check: UUID | None
    began: datetime
    lifted: datetime | None

    def covers(self, other: Told) -> bool:
        return self.lifted is not None and _covers(self.lifted, other)

    def as_of(self, at: datetime) -> "Block":
        lifted_since = self.lifted is not None and self.lifted > at
        return replace(self, lifted=None) if lifted_since else self


def _covers(moment: datetime, other: Told) -> bool:
    return other.at <= moment or other.arrived <= moment


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What the gate hangs on, each in any order; more than that does no harm. `checks`: those of
    the levels same day and emergency, and the newest of all."""

    answers: tuple[Answers, ...] = ()
    checks: tuple[Check, ...] = ()
    clearances: tuple[Clearance, ...] = ()
    blocks: tuple[Block, ...] = ()

    def until(self, at: datetime) -> "Facts":
        """What there was at that moment, as far as it is known by now."""
        return Facts(
            answers=_until(self.answers, at),
            checks=_until(self.checks, at),
            clearances=_until(self.clearances, at),
            blocks=tuple(one.as_of(at) for one in self.blocks if one.began <= at),
        )

    def seen(self, check: Check) -> bool:
        """Whether a clinician has agreed since, to walking or after an emergency."""
        return self.cleared(check) or any(one.covers(check) for one in self.blocks)

    def cleared(self, told: Told) -> bool:
        return any(one.covers(told) for one in self.clearances)

    def without(self, clearance_id: UUID) -> "Facts":
        kept = tuple(one for one in self.clearances if one.id != clearance_id)
        return replace(self, clearances=kept)


T = TypeVar("T", bound=Told)


def _until(told: tuple[T, ...], at: datetime) -> tuple[T, ...]:
    return tuple(one for one in told if one.at <= at)


def _newest(told: Sequence[T]) -> T | None:
    return max(told, key=lambda one: (one.at, one.arrived), default=None)


@dataclass(frozen=True, kw_only=True)
class Cause:
    """Something that a clinician has to agree about. `check`: what can be corrected if it was a
    slip; `block`: an emergency's, which is cleared by itself."""

    cause: CauseKind
    at: datetime
    yes: tuple[str, ...] = ()
    check: UUID | None = None
    block: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class Gate:
    """`due` may be set while the gate is blocked: the questions can be answered meanwhile.
    `soon`: a check that advises to ask somebody in the next days, and blocks nothing.
    `clearance`: the newest, also where something came after it that it does not cover."""

    state: State
    due: Due | None
    causes: tuple[Cause, ...]
    answers: Answers | None
    soon: Check | None
    clearance: Clearance | None


def gate(facts: Facts, *, tz: ZoneInfo, now: datetime) -> Gate:
    causes, due = causes_of(facts), _due(facts, tz=tz, now=now)
    return Gate(
        state=State.BLOCKED if causes else State.DUE if due else State.OPEN,
        due=due,
        causes=causes,
        answers=_newest(facts.answers),
        soon=_soon(facts, tz=tz, now=now),
        clearance=_newest(facts.clearances),
    )


def causes_of(facts: Facts) -> tuple[Cause, ...]:
    """What blocks, the most urgent first and of those the newest."""
    return (*_emergencies(facts.blocks), *_same_days(facts), *_ticked(facts))


def _emergencies(blocks: Iterable[Block]) -> list[Cause]:
    standing = [one for one in blocks if one.lifted is None]
    return [
        Cause(cause=CauseKind.EMERGENCY, at=one.began, check=one.check, block=one.id)
        for one in standing
    ]


def _same_days(facts: Facts) -> list[Cause]:
    """A milder check afterwards lifts nothing: to feel better is not to have been seen. Somebody
    who was seen for an emergency was seen for these, too."""
    found = [
        Cause(cause=CauseKind.SAME_DAY, at=one.at, check=one.id)
        for one in facts.checks
        if one.level == SAME_DAY and not facts.seen(one)
    ]
    return sorted(found, key=lambda one: one.at, reverse=True)


def _ticked(facts: Facts) -> list[Cause]:
    """Only the newest answers count. That an emergency is over says nothing about them."""
    answers = _newest(facts.answers)
    if answers is None or not answers.yes or facts.cleared(answers):
        return []
    return [Cause(cause=CauseKind.ANSWERS, at=answers.at, yes=answers.yes)]


def _due(facts: Facts, *, tz: ZoneInfo, now: datetime) -> Due | None:
    answers = _newest(facts.answers)
    if answers is None:
        return Due.NEVER
    emergencies = [one for one in facts.checks if one.level == EMERGENCY]
    if not all(answers.covers(one) for one in emergencies):
        return Due.EMERGENCY
    return Due.HALF_YEAR if _is_stale(answers.at, tz=tz, now=now) else None


def _soon(facts: Facts, *, tz: ZoneInfo, now: datetime) -> Check | None:
    check = _newest(facts.checks)
    if check is None or check.level != SOON or _is_stale(check.at, tz=tz, now=now):
        return None
    return None if facts.seen(check) else check


def _is_stale(at: datetime, *, tz: ZoneInfo, now: datetime) -> bool:
    """From the beginning of the day half a year later on, where the person is."""
    return now.astimezone(tz).date() >= months_later(at.astimezone(tz).date(), MONTHS)


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or its last: half a year after 31 August is 28 February. Fewer
    than none are earlier ones."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def first_seen(facts: Facts) -> datetime | None:
    """Since when a clinician has to have seen somebody to clear these facts: since the newest check
    that blocks. What is ticked may have been talked about before; None where there is no more."""
    return max((one.at for one in _same_days(facts)), default=None)
