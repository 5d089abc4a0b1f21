"""When somebody may try a few steps backward, and how many. Pure.

The evidence is small: some thirty people a study, mostly as an addition to other treatment. The
dose and the conditions are ours, careful because a fall backward is worse than one forward.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from backend.walking.rules import AGAIN_DAYS

GREEN_WEEKS = 2  # whole green weeks in a row, the latest two
STAND_SECONDS = 10  # on one leg
FIRST_SESSIONS = 3  # with the checklist, and with somebody there
PER_WEEK = 3
FIRST_TOTAL, MOST_TOTAL = 2, 10  # minutes a session
ONE_MINUTE_BOUTS_TO = 4  # minutes in all; from there on bouts get longer
BOUT, LONGER_BOUT = 60, 120  # seconds
STOP_PAIN = 4  # a score from which to stop
STOPS = frozenset({"wobble", "dizzy", "pain", "sign"})  # after these it begins again at the start
CHECKLIST = ("flat", "dry", "clear", "lit", "wall", "spotter", "hands_free")
GATE, GREEN, STAND, CLINICIAN = "gate", "green_weeks", "stand", "clinician"


@dataclass(frozen=True)
class Session:
    """A walk with backward steps, on the local `day`. `stopped`: why it ended early, or ""."""

    day: date
    calm: bool  # the walk was green
    stopped: str = ""


def missing(
    *,
    green_weeks: int,
    stand_seconds: int | None,
    over_65: bool,
    cleared: bool,
    gate_open: bool,
) -> tuple[str, ...]:
    """What still stands between a person and their first steps backward; nothing means go.

    `over_65`: 65 or older; then a clinician has to have agreed (`cleared`) first.
    """
    found = {
        GATE: not gate_open,
        GREEN: green_weeks < GREEN_WEEKS,
        STAND: (stand_seconds or 0) < STAND_SECONDS,
        CLINICIAN: over_65 and not cleared,
    }
    return tuple(one for one, lacks in found.items() if lacks)


def total_minutes(weeks_done: int) -> int:
    """Minutes of a session after so many good weeks: 2, then one more a week, up to 10."""
    return min(MOST_TOTAL, FIRST_TOTAL + weeks_done)


def bouts(total_minutes: int) -> tuple[int, ...]:
    """The seconds of each bout, forward steps in between: of a minute up to 4, then up to two."""
    seconds = total_minutes * 60
    length = BOUT if total_minutes <= ONE_MINUTE_BOUTS_TO else LONGER_BOUT
    full, rest = divmod(seconds, length)
    return (length,) * full + ((rest,) if rest else ())


def weeks_done(sessions: Iterable[Session], *, today: date) -> int:
    """In how many weeks before this one a calm session was walked, since the last stop or break.

    Ours: a stop, and two weeks without going backward, lead back to the start.
    """
    mondays: set[date] = set()
    last: date | None = None
    for one in sorted(sessions, key=lambda session: session.day):
        if _broke_off(last, one.day) or one.stopped in STOPS:
            mondays = set()
        if one.calm and one.stopped not in STOPS:
            mondays.add(_monday(one.day))
        last = one.day
    if _broke_off(last, today):
        return 0
    return len(mondays - {_monday(today)})


def checklist_needed(sessions_done: int) -> bool:
    return sessions_done < FIRST_SESSIONS


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _broke_off(last: date | None, day: date) -> bool:
    return last is not None and (day - last).days > AGAIN_DAYS
