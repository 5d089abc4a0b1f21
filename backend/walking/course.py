"""A plan's course, worked out anew from what was walked and scored. Pure.

Nothing is counted on: walks are corrected, scores come days later, and each may change a review of
weeks ago. So the whole course is unfolded from its start each time.
"""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from itertools import takewhile
from typing import Any

from backend.walking import rules
from backend.walking.backward_rules import GREEN_WEEKS
from backend.walking.course_parts import (
    DAY,
    SIX_DAYS,
    WEEK,
    Change,
    Choice,
    Course,
    Rest,
    Session,
    Standing,
    Week,
    badness,
    by_day,
    day_range,
    monday_of,
    raised,
)
from backend.walking.rules import Light

__all__ = [
    "Change", "Choice", "Course", "Rest", "Session", "Standing", "Week", "green_weeks", "unfold",
]  # fmt: skip

HELD = "held_"
LOWERED = {"lowered_ambers", "lowered_red", "lowered_missed", "again", "flare_over"}
BY_A_WALK = {"held_amber", "held_unanswered", "held_waiting"}


def unfold(course: Course, *, today: date) -> Standing:
    """The weeks from the start until today, and the dose of today with its reason."""
    fold = _Fold(course, max(today, course.started_on))
    fold.run()
    return Standing(
        weeks=tuple(fold.weeks),
        minutes=fold.minutes,
        days_allowed=fold.days,
        easy_left=fold.easy_left,
        red_on=fold.red_on if fold.easy_left else None,
        why=_why([change for week in fold.weeks[-2:] for change in week.changes]),
        needs=fold.needs(),
    )


def green_weeks(weeks: Sequence[Week], *, today: date) -> int:
    """How many of the latest weeks before this one were whole and green, in a row up to 2.

    None where this week has a red walk already.
    """
    finished = [week for week in weeks if week.monday + WEEK <= today]
    current = weeks[len(finished) :]
    if any(one.light is Light.RED for week in current for one in week.sessions):
        return 0
    latest = reversed(finished[-GREEN_WEEKS:])
    return len(list(takewhile(lambda week: week.whole and week.green, latest)))


def _why(changes: Sequence[Change]) -> Change:
    """The latest change; but where that only holds what was lowered just before, the lowering."""
    *_, last = changes
    before = changes[-2] if len(changes) > 1 else last
    return before if last.code.startswith(HELD) and before.code in LOWERED else last


# --- the fold ------------------------------------------------------------------------------------


class _Fold:
    """The plan as it was on each day, from the start on.

    `full` is the dose of the last walk. Red, a flare and missed days each lower from there, and the
    lowest counts: a flare after a red walk is one setback, not two.
    """

    def __init__(self, course: Course, today: date) -> None:
        self.course, self.today = course, today
        self.choices = sorted(course.choices, key=lambda one: (one.from_, one.days))
        self.sessions = by_day(course.sessions, since=course.started_on, until=today)
        rests = [one for one in course.rests if one.first <= today]
        self.flare = {day for one in rests for day in day_range(one.first, one.last or today)}
        self.flare_ends = {day for one in rests for day in (one.first, one.last)}
        # Who starts a plan in a flare starts with what is comfortable then.
        self.resumes = [one for one in rests if one.last and one.first >= course.started_on]
        self.minutes = self.full = course.start_minutes
        self.days = rules.DAYS_START
        self.easy_left, self.ambers, self.missed = 0, 0, 0
        self.red_on: date | None = None
        self.last_walk = course.started_on
        self.done: set[date] = set()
        self.changes: list[Change] = []
        self.weeks: list[Week] = []

    def needs(self) -> str:
        if self.easy_left and (self.course.checked_on or date.min) <= (self.red_on or date.min):
            return "check"
        return "tolerance" if self.missed >= rules.AGAIN_DAYS else ""

    def run(self) -> None:
        start = self.course.started_on
        self._note(start, "start")
        monday = monday_of(start)
        while True:
            for day in day_range(max(monday, start), min(monday + SIX_DAYS, self.today)):
                self._live(day)
            self.weeks.append(self._week(monday))
            monday += WEEK
            if monday > self.today:
                return
            self.changes, self.ambers = [], 0
            self._review(self.weeks[-1], monday)

    def _note(self, on: date, code: str, before: int | None = None, **facts: Any) -> None:
        before = self.minutes if before is None else before
        self.changes.append(Change(on=on, code=code, before=before, minutes=self.minutes, **facts))

    # --- one day

    def _live(self, day: date) -> None:
        if day in self.flare_ends:
            self._resume(day)
        if not self._flares(day):
            self._miss(day)
        if day in self.sessions:
            self._walk(self.sessions[day])

    def _flares(self, day: date) -> bool:
        """Whether it is a day between the ends of a flare, which do not count as such."""
        return day in self.flare and day not in self.flare_ends

    def _lower(self, minutes: int) -> int:
        """Down to these minutes, if they are less. Returns those of before."""
        before, self.minutes = self.minutes, min(self.minutes, minutes)
        return before

    def _resume(self, day: date) -> None:
        percents = [one.resume_percent or 100 for one in self.resumes if one.last == day]
        if percents:
            before = self._lower(rules.after_flare(self.full, min(percents)))
            self._note(day, "flare_over", before)

    def _miss(self, day: date) -> None:
        missed = (day - self.last_walk).days - 1
        due = [days for days in (rules.AGAIN_DAYS, rules.MISSED_DAYS) if days <= missed]
        if not due or due[0] <= self.missed:
            return
        self.missed = due[0]
        start = self.course.start_minutes
        before = self._lower(rules.after_missing(self.full, missed, start=start))
        if self.missed == rules.AGAIN_DAYS:
            self.days = rules.DAYS_START
            self._note(day, "again", before)
        elif self.minutes < before:
            self._note(day, "lowered_missed", before)

    def _walk(self, one: Session) -> None:
        self.last_walk, self.missed = one.day, 0
        flares = self._flares(one.day)
        if not flares and rules.enough(one.seconds, self.minutes * 60):
            self.done.add(one.day)
        if one.light is Light.RED:
            self._red(one, flares=flares)
        elif not flares:
            self.full = self.minutes
            self._ease(one)
            self._amber(one)

    def _red(self, one: Session, *, flares: bool) -> None:
        """Half for three easy sessions.

        Red on two days in a row lowers once: nobody could know yet when the second walk began.
        """
        again = self.red_on == one.day - DAY
        if not (flares or again):
            self.full = self.minutes
        before = self.minutes if again else self._lower(rules.after_red(self.full))
        self.easy_left, self.red_on = rules.EASY_SESSIONS, one.day
        code = "lowered_red" if self.minutes < before else "held_red"
        self._note(one.day, code, before, **_facts(one))

    def _ease(self, one: Session) -> None:
        if self.easy_left and one.day in self.done:
            self.easy_left -= 1
            if not self.easy_left:
                self._note(one.day, "easy_over")

    def _amber(self, one: Session) -> None:
        self.ambers += raised(one)
        if self.ambers < rules.AMBERS or not raised(one):
            return
        self.ambers = 0
        before = self._lower(rules.after_two_ambers(self.minutes))
        self.full = self.minutes
        if self.minutes < before:
            self._note(one.day, "lowered_ambers", before, **_facts(one))

    # --- one week

    def _choice(self, day: date) -> tuple[int, ...]:
        index = bisect_right(self.choices, day, key=lambda one: one.from_)
        return self.choices[max(0, index - 1)].days

    def _week(self, monday: date) -> Week:
        start, days = self.course.started_on, [monday + DAY * n for n in range(7)]
        chosen = [day for day in days if day.weekday() in self._choice(day)]
        sessions = tuple(self.sessions[day] for day in days if day in self.sessions)
        done = sum(day in self.done for day in days)
        whole = all(day >= start for day in chosen)
        green = all(one.light is Light.GREEN for one in sessions)
        return Week(
            monday=monday,
            planned=tuple(day for day in chosen if day >= start),
            minutes=self.minutes,
            sessions=sessions,
            changes=tuple(self.changes),
            left_out=frozenset(d for d in days if d in self.flare or d in self.course.paused),
            done=done,
            green=green and done > 0 and rules.enough(done, min(len(chosen), self.days)),
            whole=whole,
        )

    def _review(self, week: Week, monday: date) -> None:
        """What the finished week means for the one that begins on `monday`."""
        kept = [day for day in week.planned if day not in week.left_out]
        counts = {"done": week.done, "planned": min(len(kept), self.days)}
        judged = [one for one in week.sessions if not self._flares(one.day)]
        code = self._hold(week, judged, kept_planned=counts["planned"])
        if code:
            self._note(monday, code, **counts, **self._culprit(code, judged))
            return
        before, days = self.minutes, self.days
        self.minutes, self.days = rules.progressed(before, days, chosen=len(week.planned))
        self.full = self.minutes
        rose = "rose" if self.minutes > before else "at_target"
        self._note(monday, "more_days" if self.days > days else rose, before, **counts)

    def _hold(self, week: Week, judged: Sequence[Session], *, kept_planned: int) -> str:
        """Why the dose is held after this week, or "" where it went well.

        A walk of which nobody knows how it went does not speak for more; nor does one such walk
        among enough good ones speak against it.
        """
        lights = {one.light for one in judged}
        planned = min(len(week.planned), self.days)
        known = sum(one.light is Light.GREEN and one.day in self.done for one in judged)
        few = not week.done or not rules.enough(week.done, planned)
        rested = bool(week.left_out & self.flare) or (
            few and kept_planned < planned and rules.enough(week.done, kept_planned)
        )
        reasons = {
            "held_red": self.easy_left > 0 or any(o.light is Light.RED for o in week.sessions),
            "held_amber": any(raised(one) for one in judged),
            "held_first_week": not week.whole,
            "held_rest": rested,
            "held_few": few,
            "held_unanswered": Light.UNKNOWN in lights and not rules.enough(known, planned),
            "held_waiting": Light.WAITING in lights,
        }
        return next((code for code, applies in reasons.items() if applies), "")

    def _culprit(self, code: str, judged: Sequence[Session]) -> dict[str, Any]:
        """The walk that held the dose: the latest red one, or the worst of the week."""
        if code == "held_red" and self.red_on:
            return _facts(self.sessions[self.red_on])
        return _facts(max(judged, key=badness)) if code in BY_A_WALK else {}


def _facts(one: Session) -> dict[str, Any]:
    return {"walk_on": one.day, "rise": one.rise, "settled_days": one.settled_days}
