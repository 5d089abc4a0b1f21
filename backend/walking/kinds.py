"""The reminder to walk, and the questions that follow a walk."""

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from backend.pain.selectors import calendar_of
from backend.push.sending import Urgency
from backend.reminders.registry import DONE, NO_FACTS, SNOOZE_60, Answered, Kind, Moment
from backend.walking import followups, gates, standing, walks
from backend.walking.models import Felt, WalkPlan
from backend.walking.plans import chosen_days


def _why_not_walk(moments: Sequence[Moment]) -> list[str]:
    """The gate, and the days of the plan, of those who have one. Constant queries."""
    people = {moment.person.pk for moment in moments}
    blocked, plans = gates.blocked_among(people), standing.latest_plans(people)
    return [_why_not(moment, blocked, plans.get(moment.person.pk)) for moment in moments]


def _why_not(moment: Moment, blocked: Collection[UUID], plan: WalkPlan | None) -> str:
    if moment.person.pk in blocked:
        return "gate"
    day = calendar_of(moment.person).day(moment.due_at)
    return "rest_day" if plan and day.weekday() not in chosen_days(plan, day) else ""


def _minutes(moments: Sequence[Moment]) -> list[Mapping[str, str]]:
    """Today's minutes, for those who have a plan. Constant queries."""
    known = standing.minutes_for({moment.person.pk for moment in moments}, moments[0].now)
    return [
        {"minutes": str(known[moment.person.pk])} if moment.person.pk in known else NO_FACTS
        for moment in moments
    ]


def _walked(answered: Answered) -> None:
    if answered.answer == DONE:
        walks.walk_said_done(answered.person, answered.at, answered.at)


WALK = Kind(
    name="walk",
    ttl=timedelta(hours=1),
    urgency=Urgency.NORMAL,
    path="/move",
    moves=True,
    done=walks.walk_times,
    relevance=_why_not_walk,
    facts=_minutes,
    on_answer=_walked,
)

# It belongs to a walk that the person took, so it is no idea of the app's own: one that the day's
# limit dropped would go unanswered, and silently hold the plan. In a flare it goes on for the same
# reason. It asks nothing of the body, so an emergency does not stop it.
FOLLOW_UP = Kind(
    name=followups.KIND,
    ttl=timedelta(hours=4),
    urgency=Urgency.NORMAL,
    defers=True,
    settable=False,
    in_flare=True,
    path="/move",
    screen="/walk/later/{subject}",
    relevance=followups.why_not_ask,
    answers=(Felt.FINE, Felt.WORSE, SNOOZE_60),
    quick=(Felt.FINE, Felt.WORSE),
    on_answer=followups.on_answer,
)
