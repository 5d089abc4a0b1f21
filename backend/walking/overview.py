"""A plan as people see it: today, its weeks, how regular it was, and why it is what it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from backend.walking import stories
from backend.walking.course import Change, Week
from backend.walking.models import WalkPlan
from backend.walking.plans import chosen_days
from backend.walking.rules import DAYS_TARGET, MINUTES_TARGET, Light
from backend.walking.standing import Situation, Walked

CONSISTENT_WEEKS = 4
WEEKS_SHOWN = 8


@dataclass(frozen=True, kw_only=True)
class WalkedDay:
    """One day's walks: how long they were together, and the one that judges the day."""

    date: date
    seconds: int = 0
    backward_seconds: int = 0
    light: Light | None = None
    rise: int | None = None
    settled_days: int | None = None
    before: int | None = None
    after: int | None = None
    later: int | None = None
    morning: int | None = None
    day_after: int | None = None


def walked_day(day: date, walks: Sequence[Walked]) -> WalkedDay:
    if not walks:
        return WalkedDay(date=day)
    judging = stories.worst([one.story for one in walks])
    scores = judging.scores
    return WalkedDay(
        date=day,
        seconds=sum(one.walk.seconds for one in walks),
        backward_seconds=sum(one.walk.backward_seconds for one in walks),
        light=judging.light,
        rise=judging.rise,
        settled_days=judging.settled_days,
        before=scores.before,
        after=scores.after,
        later=scores.later,
        morning=scores.morning,
        day_after=scores.day_after,
    )


@dataclass(frozen=True, kw_only=True)
class WeekShown:
    """`planned`: also those left out; `minutes`: a session, at the week's end or now."""

    monday: date
    planned: Sequence[date]
    minutes: int
    sessions: Sequence[WalkedDay]
    changes: Sequence[Change]
    left_out: Sequence[date]
    green: bool
    done_days: int

    @property
    def walked_seconds(self) -> int:
        return sum(day.seconds for day in self.sessions)


def week_shown(week: Week, situation: Situation) -> WeekShown:
    return WeekShown(
        monday=week.monday,
        planned=week.planned,
        minutes=week.minutes,
        sessions=[walked_day(one.day, situation.days.get(one.day, [])) for one in week.sessions],
        changes=week.changes,
        left_out=sorted(week.left_out),
        green=week.green,
        done_days=week.done,
    )


def this_week(situation: Situation) -> WeekShown | None:
    standing = situation.standing
    return week_shown(standing.weeks[-1], situation) if standing else None


@dataclass(frozen=True)
class WeeksPage:
    """Newest first. `next_before`: ask with it for those before; None on the last page."""

    weeks: list[WeekShown]
    next_before: date | None


def weeks_page(situation: Situation, *, before: date | None) -> WeeksPage:
    standing = situation.standing
    weeks = standing.weeks if standing else ()
    wanted = [week for week in weeks if before is None or week.monday < before]
    shown = [week_shown(week, situation) for week in wanted[-WEEKS_SHOWN:]]
    more = len(wanted) > WEEKS_SHOWN
    return WeeksPage(shown[::-1], shown[0].monday if more else None)


@dataclass(frozen=True, kw_only=True)
class TodayPart:
    """`minutes`: None without a plan. `left_out`: "flare", "paused" or ""."""

    date: date
    planned: bool
    minutes: int | None
    walked_seconds: int
    left_out: str


def today_part(situation: Situation) -> TodayPart:
    today, standing = situation.today, situation.standing
    return TodayPart(
        date=today,
        planned=standing is not None and today in standing.weeks[-1].planned,
        minutes=situation.minutes_for_today,
        walked_seconds=sum(one.walk.seconds for one in situation.days.get(today, [])),
        left_out=situation.left_out(today),
    )


@dataclass(frozen=True)
class Consistency:
    """Of the planned sessions of the last four weeks, those done. A day left out is nobody's
    fault, and a day that is not over is not missed yet."""

    done: int
    of: int
    left_out: int


def consistency(situation: Situation) -> Consistency:
    standing, today = situation.standing, situation.today
    done = of = left_out = 0
    for week in standing.weeks[-CONSISTENT_WEEKS:] if standing else ():
        kept = [day for day in week.planned if day not in week.left_out]
        done_here = min(week.done, len(kept))
        done += done_here
        of += max(done_here, sum(day < today for day in kept))
        left_out += sum(day <= today for day in week.planned) - sum(day <= today for day in kept)
    return Consistency(done, of, left_out)


@dataclass(frozen=True, kw_only=True)
class PlanShown:
    """`over_cap`: more days chosen than the plan allows so far, which is said and not refused."""

    plan: WalkPlan
    days: Sequence[int]
    days_allowed: int
    minutes: int
    easy_left: int
    needs: str
    why: Change
    target_minutes: int = MINUTES_TARGET
    target_days: int = DAYS_TARGET

    @property
    def over_cap(self) -> bool:
        return len(self.days) > self.days_allowed


def plan_shown(situation: Situation) -> PlanShown | None:
    plan, standing = situation.plan, situation.standing
    if plan is None or standing is None:
        return None
    return PlanShown(
        plan=plan,
        days=chosen_days(plan, situation.today),
        days_allowed=standing.days_allowed,
        minutes=standing.minutes,
        easy_left=standing.easy_left,
        needs=standing.needs,
        why=standing.why,
    )
