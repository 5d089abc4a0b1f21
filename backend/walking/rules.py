"""How a dose of walking begins, rises and falls, and what a walk did to the back. Pure.

Minutes are whole minutes a session, scores go from 0 to 10. The numbers are product rules of ours,
drawn from what studies and health services do; no guideline gives any. docs/walking.md has each
with an example and its source.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

LEAST = 2  # minutes; below that a walk is hardly a walk

# The start: a share of what is comfortable, within these minutes.
START_PERCENT = 80
START_LEAST = 5
START_MOST = 10
START_MOST_WALKER = 20  # for somebody who walks more than that already
DAYS_START = 4

# A week that went well.
ENOUGH_PERCENT = 75  # of the planned sessions, and of a session's minutes for it to count as done
STEP_PERCENT = 15
STEP_LEAST, STEP_MOST = 1, 5  # minutes a session
STEP_MOST_A_WEEK = 30  # minutes over all sessions of a week
MINUTES_TARGET = 30
DAYS_TARGET = 5
MOST_A_WEEK = 300  # minutes; even every day at the target stays below it

# The traffic light.
SMALL_RISE = 2  # up to here a rise over the score before the walk is green
WORSE_RISE = 3  # what "worse" counts as, where it came without a score
TOO_MUCH = 6  # a score after a walk that is amber at least, whatever it was before
FLARE_FROM = 6  # a score before a walk from which the flare plan is offered instead

# A week that did not.
AMBERS = 2  # in one week
AMBERS_PERCENT = 80
RED_PERCENT = 50
EASY_SESSIONS = 3
MISSED_DAYS, MISSED_PERCENT = 7, 75
AGAIN_DAYS = 14

AFTER, LATER, MORNING, DAY_AFTER = "after", "later", "morning", "day_after"
FINE, WORSE = "fine", "worse"
ALARMING = frozenset({"sign", "wobble", "dizzy"})  # reasons to stop that no score makes good


class Light(StrEnum):
    """What a walk did, from the mildest to the worst."""

    GREEN = "green"
    WAITING = "waiting"  # a question is still open
    UNKNOWN = "unknown"  # one went unanswered, or there was no score before the walk
    AMBER = "amber"
    RED = "red"


SEVERITY = {light: rank for rank, light in enumerate(Light)}


@dataclass(frozen=True, kw_only=True)
class Scores:
    """Everything that is known about the pain around one walk.

    `later`, `morning` and `day_after` are the scores some four hours later, the next morning and a
    day after the walk's end. `felt`: which of these was answered in one tap, "fine" (as before the
    walk, or better) or "worse". `asked`: which were asked; `open`: which can still be answered in
    time. `stopped`: why the walk ended early, or "".
    """

    before: int | None = None
    after: int | None = None
    later: int | None = None
    morning: int | None = None
    day_after: int | None = None
    felt: Mapping[str, str] = field(default_factory=dict)
    asked: frozenset[str] = frozenset()
    open: frozenset[str] = frozenset()
    stopped: str = ""


# --- the traffic light ---------------------------------------------------------------------------


def light(scores: Scores) -> Light:
    """Green, amber or red by the rise over the score before the walk; or that it is not known.

    A rise of more than 2 that is gone by the morning, or a day after the walk, is amber; one that
    is still there after a day is red. Ours: a score of 6 or more and an alarming stop are amber at
    least, whatever else is missing; the morning has to be known, also where nobody asked.
    Ours, too: between a known end of the walk and a calm morning nobody has to answer.
    """
    raised = {which for which, change in _changes(scores).items() if change > SMALL_RISE}
    if DAY_AFTER in raised:
        return Light.RED
    unanswered = {which for which in _needed(scores, raised) if not _answered(scores, which)}
    if unanswered & scores.open:
        return Light.WAITING
    if _too_much(scores) or (raised and not unanswered):
        return Light.AMBER
    return Light.UNKNOWN if unanswered or scores.before is None else Light.GREEN


def rise(scores: Scores) -> int | None:
    """The largest rise over the score before the walk, 0 where there was none.

    None where nothing after the walk can be compared. "Worse" without a score counts as 3.
    """
    changes = _changes(scores)
    return max(0, *changes.values()) if changes else None


def raised(scores: Scores, which: str) -> bool:
    """Whether that answer is more than 2 above the score before the walk, as far as can be told."""
    return _changes(scores).get(which, 0) > SMALL_RISE


def _given(scores: Scores) -> dict[str, int | None]:
    """The scores after the walk that are put down to it.

    A calm morning closes the walk: pain that comes back a day later came from something else.
    """
    found = {AFTER: scores.after, LATER: scores.later, MORNING: scores.morning}
    change = _change(scores, MORNING, scores.morning)
    calm = change is not None and change <= SMALL_RISE
    return found if calm else found | {DAY_AFTER: scores.day_after}


def _changes(scores: Scores) -> dict[str, int]:
    """By how much each answer is above the score before the walk, where that can be told."""
    found = {which: _change(scores, which, score) for which, score in _given(scores).items()}
    return {which: change for which, change in found.items() if change is not None}


def _change(scores: Scores, which: str, score: int | None) -> int | None:
    if score is not None and scores.before is not None:
        return score - scores.before
    return {FINE: 0, WORSE: WORSE_RISE}.get(scores.felt.get(which, ""))


def _needed(scores: Scores, raised: set[str]) -> set[str]:
    """The questions without whose answers a walk cannot be judged.

    The one hours later is excused where both ends are known: how it was right after the walk, and
    that the morning was calm.
    """
    if MORNING in raised:
        return {MORNING, DAY_AFTER, *scores.asked}
    both_ends = scores.after is not None and _answered(scores, MORNING)
    return {MORNING} if both_ends else {MORNING, *scores.asked} - {DAY_AFTER}


def _answered(scores: Scores, which: str) -> bool:
    return which in scores.felt or _given(scores)[which] is not None


def _too_much(scores: Scores) -> bool:
    high = any(score is not None and score >= TOO_MUCH for score in _given(scores).values())
    return high or scores.stopped in ALARMING


# --- the dose ------------------------------------------------------------------------------------


def tolerance_of(minutes: Sequence[int]) -> int:
    """What is comfortable, in minutes: the mean of one to three test walks, rounded down."""
    return sum(minutes) // len(minutes)


def start_minutes(tolerance: int, *, walks_already: bool) -> int:
    """80 % of the comfortable minutes, within 5 to 10, or to 20 for somebody who walks already.

    Ours: never more than what is comfortable, also where that is less than 5.
    """
    most = START_MOST_WALKER if walks_already else START_MOST
    least = min(START_LEAST, tolerance)
    return max(LEAST, least, min(most, _share(tolerance, START_PERCENT)))


def enough(part: int, whole: int) -> bool:
    """Whether at least 75 % of the whole was done."""
    return part * 100 >= whole * ENOUGH_PERCENT


def step(minutes: int, days: int) -> int:
    """What a good week adds to a session: 15 %, at least 1 and at most 5 minutes.

    Over the `days` sessions of a week never more than 30 minutes together. The middle goes up.
    """
    rounded = (minutes * STEP_PERCENT + 50) // 100
    return min(max(STEP_LEAST, rounded), STEP_MOST, STEP_MOST_A_WEEK // days)


def progressed(minutes: int, days: int, *, chosen: int = 0) -> tuple[int, int]:
    """The minutes and days after a good week: minutes up to 30, and only then days up to 5.

    `chosen`: the days the person walks on, where these are more than the plan's `days`.
    """
    if minutes < MINUTES_TARGET:
        return min(MINUTES_TARGET, minutes + step(minutes, max(days, chosen))), days
    return minutes, min(DAYS_TARGET, days + 1)


def after_two_ambers(minutes: int) -> int:
    return max(LEAST, _share(minutes, AMBERS_PERCENT))


def after_red(minutes: int) -> int:
    """The dose of the three easy sessions, from which it builds up again."""
    return max(LEAST, _share(minutes, RED_PERCENT))


def after_flare(minutes: int, percent: int) -> int:
    """`percent` of the dose from before the flare; how many it is depends on the flare's length."""
    return max(LEAST, _share(minutes, percent))


def after_missing(minutes: int, days: int, *, start: int) -> int:
    """The dose after so many whole days without a walk.

    From 7 on 25 % less; from 14 on from the start again, `start` being the minutes of it. A longer
    break never leaves more than a shorter one.
    """
    if days < MISSED_DAYS:
        return minutes
    less = max(LEAST, _share(minutes, MISSED_PERCENT))
    return less if days < AGAIN_DAYS else min(less, max(LEAST, start))


def _share(minutes: int, percent: int) -> int:
    """Rounded down: in doubt the shorter walk."""
    return minutes * percent // 100
