"""What is known about the pain around each walk: which scores and answers belong to it. Pure.

A score that was given for a walk counts there, under the moment it was given for. Otherwise what
was written down around the walk counts, the latest score of each window; those of the questions
stand in `timing`. The windows are rules of ours: a score up to two hours before the start, or up
to one hour after the end, says how it was before and after.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import NamedTuple, Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from backend.pain.days import Calendar
from backend.walking import rules, timing
from backend.walking.rules import Light, Scores

BEFORE, AFTER = "before", "after"
QUESTIONS = (timing.LATER, timing.MORNING, timing.DAY_AFTER)
MOMENTS = (BEFORE, AFTER, *QUESTIONS)
BEFORE_WITHIN = timedelta(hours=2)
AFTER_WITHIN = timedelta(hours=1)
ALL_CLOSED = timedelta(days=2)  # the last window is over by then, whatever clocks do
SETTLES_WITHIN = timedelta(weeks=4)  # a score from after that tells of something else
INSTANT = timedelta(microseconds=1)


class Given(NamedTuple):
    """A score, and the walk and moment it was given for, where it was."""

    at: datetime
    score: int
    walk_id: UUID | None = None
    moment: str = ""


class AnyWalk(Protocol):
    """What of a walk a story hangs on."""

    @property
    def pk(self) -> UUID: ...
    @property
    def started_at(self) -> datetime: ...
    @property
    def ended_at(self) -> datetime: ...
    @property
    def stopped(self) -> str: ...


@dataclass(frozen=True, kw_only=True)
class Story:
    """`given`: the score of each moment. `settled_days`: whole days from the walk's until a score
    was back within 2 of the one before it; None where nothing had risen, or where it is not known.
    """

    day: date
    given: Mapping[str, Given]
    scores: Scores
    light: Light
    rise: int | None
    settled_days: int | None


class Scored:
    """The scores of one person, in order, so that those around a walk are found at once."""

    def __init__(self, given: Iterable[Given]) -> None:
        self.given = sorted(given, key=lambda one: one.at)
        self.times = [one.at for one in self.given]
        self.of_walk: dict[UUID, dict[str, Given]] = defaultdict(dict)
        for one in self.given:
            if one.walk_id is not None:
                self.of_walk[one.walk_id][one.moment] = one

    def latest(self, start: datetime, end: datetime, *, moment: str, of: UUID) -> Given | None:
        """The latest from `start` until right before `end` that can stand for this moment of the
        walk `of`. Those given for that walk can't: they have a moment of their own."""
        first, last = bisect_left(self.times, start), bisect_left(self.times, end)
        for place in range(last - 1, first - 1, -1):
            one = self.given[place]
            # What another walk has just done to the back says nothing about this one.
            if one.walk_id != of and (moment == BEFORE or one.moment != AFTER):
                return one
        return None

    def after(self, at: datetime) -> Iterable[Given]:
        return (self.given[place] for place in range(bisect_right(self.times, at), len(self.given)))


@dataclass(frozen=True)
class Answers:
    """What was asked about one walk, and what was answered in one tap."""

    asked: frozenset[str] = frozenset()
    felt: Mapping[str, str] = field(default_factory=dict)


NOTHING = Answers()


def story(
    walk: AnyWalk, scored: Scored, answers: Answers, *, calendar: Calendar, now: datetime
) -> Story:
    found = _found(walk, scored, calendar.tz)
    numbers = {moment: one.score for moment, one in found.items()}
    scores = Scores(
        before=numbers.get(BEFORE),
        after=numbers.get(AFTER),
        later=numbers.get(timing.LATER),
        morning=numbers.get(timing.MORNING),
        day_after=numbers.get(timing.DAY_AFTER),
        felt=answers.felt,
        asked=answers.asked,
        open=_open(walk, calendar.tz, now=now),
        stopped=walk.stopped,
    )
    day = calendar.day(walk.started_at)
    settled = _settled_at(walk, scores, found, scored, calendar.tz)
    return Story(
        day=day,
        given=found,
        scores=scores,
        light=rules.light(scores),
        rise=rules.rise(scores),
        settled_days=(calendar.day(settled) - day).days if settled else None,
    )


def _found(walk: AnyWalk, scored: Scored, tz: ZoneInfo) -> dict[str, Given]:
    """The score of each moment."""
    own = scored.of_walk.get(walk.pk, {})
    found: dict[str, Given] = {}
    for moment in MOMENTS:
        # Windows take time to work out, and years of walks have thousands.
        one = own.get(moment) or _around(walk, moment, scored, found.get(timing.MORNING), tz)
        if one is not None:
            found[moment] = one
    return found


def _around(
    walk: AnyWalk, moment: str, scored: Scored, morning: Given | None, tz: ZoneInfo
) -> Given | None:
    """A score that was not given for this walk, from the time in which it tells of it."""
    start, end = _window(moment, walk, tz)
    if moment == timing.DAY_AFTER and morning is not None:
        # The morning's score itself does not tell whether it passes.
        start = max(start, morning.at + timing.BETWEEN)
    return scored.latest(start, end, moment=moment, of=walk.pk)


def _window(moment: str, walk: AnyWalk, tz: ZoneInfo) -> timing.Window:
    if moment == BEFORE:
        return walk.started_at - BEFORE_WITHIN, walk.started_at + INSTANT
    if moment == AFTER:
        return walk.ended_at, walk.ended_at + AFTER_WITHIN
    return timing.window(moment, walk.ended_at, tz)


def _open(walk: AnyWalk, tz: ZoneInfo, *, now: datetime) -> frozenset[str]:
    """The questions that can still be answered in time."""
    if now >= walk.ended_at + ALL_CLOSED:
        return frozenset()
    return frozenset(which for which in QUESTIONS if now < _window(which, walk, tz)[1])


def _settled_at(
    walk: AnyWalk, scores: Scores, found: Mapping[str, Given], scored: Scored, tz: ZoneInfo
) -> datetime | None:
    """When a score was back within 2 of the one before the walk, after it had risen beyond."""
    if scores.before is None:
        return None
    calm = scores.before + rules.SMALL_RISE
    rose = [one.at for moment, one in found.items() if moment != BEFORE and one.score > calm]
    worse = [which for which, felt in scores.felt.items() if felt == rules.WORSE]
    rose += [_window(which, walk, tz)[0] for which in worse]
    if not rose:
        return None
    first = min(rose)
    for one in scored.after(first):
        if one.at > first + SETTLES_WITHIN:
            return None
        if one.score <= calm:
            return one.at
    return None


def worst(stories: Sequence[Story]) -> Story:
    """The one that judges its day: by its light, then by its rise."""

    def badness(one: Story) -> tuple[int, int]:
        return rules.SEVERITY[one.light], -1 if one.rise is None else one.rise

    return max(stories, key=badness)
