"""What a plan's course is made of: what goes into it, and what comes out. Pure."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from backend.walking import rules
from backend.walking.rules import Light

DAY, SIX_DAYS, WEEK = timedelta(days=1), timedelta(days=6), timedelta(weeks=1)


@dataclass(frozen=True)
class Choice:
    """The weekdays (Monday 0) that the person wants to walk on, from that day on."""

    from_: date
    days: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Session:
    """What was walked on one local day, or a part of it: parts of a day are put together.

    `rise`: the largest over the score before. `settled_days`: whole days until a score was back
    within 2 of it; None where it is not known.
    """

    day: date
    seconds: int
    light: Light
    rise: int | None = None
    settled_days: int | None = None
    backward_seconds: int = 0


@dataclass(frozen=True, kw_only=True)
class Rest:
    """A flare. `last`: the day it ended, None while it goes on.

    From that day on, `resume_percent` of the dose from before are right. Both ends are left out of
    what was planned, for a flare does not begin at midnight.
    """

    first: date
    last: date | None = None
    resume_percent: int | None = None


@dataclass(frozen=True, kw_only=True)
class Course:
    """All that a plan's standing follows from; the order within does not matter.

    `choices`: at least one, and one a day at most; the first holds from the start on. `paused`: the
    local days on which the person paused walking. `checked_on`: that of the latest symptom check.
    """

    started_on: date
    start_minutes: int
    choices: Sequence[Choice]
    sessions: Iterable[Session] = ()
    rests: Sequence[Rest] = ()
    paused: Collection[date] = frozenset()
    checked_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Change:
    """Why the dose is what it is since `on`: it went from `before` to `minutes`, or was held.

    `walk_on`, `rise`, `settled_days`: the walk that it comes from, where it comes from one. `done`
    of `planned`: the sessions of the reviewed week.
    """

    on: date
    code: str
    before: int
    minutes: int
    walk_on: date | None = None
    rise: int | None = None
    settled_days: int | None = None
    done: int | None = None
    planned: int | None = None


@dataclass(frozen=True, kw_only=True)
class Week:
    """A week from its Monday on.

    `planned`: the chosen days since the start, also those `left_out` (in a flare, paused).
    `minutes`: the dose at its end, or now. `sessions`: one a day. `changes`: at least one.
    `whole`: the plan was there on all its chosen days. `green`: every walk was, and at least three
    in four chosen days were walked.
    """

    monday: date
    planned: tuple[date, ...]
    minutes: int
    sessions: tuple[Session, ...]
    changes: tuple[Change, ...]
    left_out: frozenset[date]
    done: int
    green: bool
    whole: bool


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where a plan stands today.

    `easy_left`: easy sessions still to come after a red walk, that of `red_on`. `needs`: "check"
    (no symptom check since that red walk), "tolerance" (measure anew, after a long break) or "".
    """

    weeks: tuple[Week, ...]
    minutes: int
    days_allowed: int
    easy_left: int
    red_on: date | None
    why: Change
    needs: str


# --- reading what is given -----------------------------------------------------------------------


def by_day(sessions: Iterable[Session], *, since: date, until: date) -> dict[date, Session]:
    """One session a day: the parts of a day are summed, and the worst of them judges it."""
    days: dict[date, Session] = {}
    for one in sessions:
        if since <= one.day <= until:
            days[one.day] = _together(days[one.day], one) if one.day in days else one
    return days


def _together(one: Session, other: Session) -> Session:
    return replace(
        max(one, other, key=badness),
        seconds=one.seconds + other.seconds,
        backward_seconds=one.backward_seconds + other.backward_seconds,
    )


def badness(one: Session) -> tuple[int, int, bool, int]:
    rise = -1 if one.rise is None else one.rise
    return rules.SEVERITY[one.light], rise, one.settled_days is None, one.settled_days or 0


def raised(one: Session) -> bool:
    """Amber; or a rise of which nobody knows whether it went, which counts as one (ours)."""
    unsettled = one.light is Light.UNKNOWN and (one.rise or 0) > rules.SMALL_RISE
    return one.light is Light.AMBER or unsettled


def day_range(first: date, last: date) -> Iterable[date]:
    return (first + DAY * n for n in range((last - first).days + 1))


def monday_of(day: date) -> date:
    return day - DAY * day.weekday()
