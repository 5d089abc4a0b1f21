"""From rows to the rules: a person's plan, walks, scores, flares and pauses, as they stand now.

Nothing of this is stored. It takes the same number of queries for one person as for hundreds, and
for three walks as for those of years.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from django.db.models import Max, Q, QuerySet

from backend.accounts.models import Person
from backend.pain.days import Calendar
from backend.pain.models import Flare, PainEntry
from backend.pain.selectors import calendar_of
from backend.reminders.models import Hold, HoldReason
from backend.safety.models import SymptomCheck
from backend.walking import course, rules, stories
from backend.walking.course import Choice, Course, Rest, Session, Standing
from backend.walking.models import FollowUp, Walk, WalkPlan
from backend.walking.stories import Answers, Given, Scored, Story

DAY = timedelta(days=1)
WALK = "walk"
# What is read without a plan, too: two months for the look-back, and a little more for the weeks in
# which backward steps were walked.
ALWAYS_READ = timedelta(days=70)
T = TypeVar("T")


class WalkRow(NamedTuple):
    """What the rules look at; a walk of years ago needs no more."""

    owner_id: UUID
    pk: UUID
    started_at: datetime
    ended_at: datetime
    seconds: int
    backward_seconds: int
    stopped: str
    purpose: str


@dataclass(frozen=True)
class Walked:
    walk: WalkRow
    story: Story


@dataclass(frozen=True, kw_only=True)
class Situation:
    """Where somebody stands. `walked`: the walks of the last ten weeks, and those since the plan's
    start where that is longer ago, in order. Without a plan there is no `course`."""

    calendar: Calendar
    now: datetime
    plan: WalkPlan | None
    walked: Sequence[Walked]
    course: Course | None
    rests: Sequence[Rest]
    paused: frozenset[date] = field(default_factory=frozenset)

    @property
    def today(self) -> date:
        return self.calendar.day(self.now)

    @cached_property
    def standing(self) -> Standing | None:
        return course.unfold(self.course, today=self.today) if self.course else None

    @property
    def minutes_for_today(self) -> int | None:
        """Today's dose; None without a plan."""
        return self.standing.minutes if self.standing else None

    def standing_on(self, day: date) -> Standing | None:
        """As it was on `day`, by what is known now; None without a plan, or before its start."""
        if self.plan is not None and day < self.plan.started_on:
            return None
        if self.course is None or day >= self.today:
            return self.standing
        return course.unfold(self.course, today=day)

    @cached_property
    def days(self) -> Mapping[date, list[Walked]]:
        return grouped(self.walked, lambda one: one.story.day)

    @property
    def told(self) -> dict[UUID, Story]:
        return {one.walk.pk: one.story for one in self.walked}

    def left_out(self, day: date) -> str:
        """ "flare", "paused", or "" for a day that counts."""
        if any(one.first <= day <= (one.last or day) for one in self.rests):
            return "flare"
        return "paused" if day in self.paused else ""


def situation_of(person: Person, *, now: datetime) -> Situation:
    """Seven queries."""
    return situations_of([person], now=now)[person.pk]


def standing_of(person: Person, *, now: datetime) -> Standing | None:
    """None without a plan."""
    return situation_of(person, now=now).standing


def minutes_for(person_ids: Collection[UUID], now: datetime) -> dict[UUID, int]:
    """Today's dose of each of these people who have a plan. Eight queries."""
    found = situations_of(list(Person.objects.filter(pk__among=person_ids)), now=now)
    return {key: one.standing.minutes for key, one in found.items() if one.standing}


def situations_of(people: Sequence[Person], *, now: datetime) -> dict[UUID, Situation]:
    """How each of `people` stands. Seven queries, however many these are."""
    if not people:
        return {}
    ids = {person.pk for person in people}
    plans = latest_plans(ids)
    since = {
        person.pk: _reads_from(plans.get(person.pk), calendar_of(person), now) for person in people
    }
    walks = grouped(_walks(ids, since), lambda row: row.owner_id)
    scored = _scored(ids, since)
    answers = _answers(ids, since)
    rests = grouped(Flare.objects.filter(owner__among=ids), lambda row: row.owner_id)
    pauses = grouped(_pauses(ids), lambda row: row.owner_id)
    checked = _checked(ids)
    return {
        person.pk: _situation(
            calendar_of(person),
            plans.get(person.pk),
            walked=_told(
                walks[person.pk], scored[person.pk], answers, calendar_of(person), now=now
            ),
            flares=rests[person.pk],
            pauses=pauses[person.pk],
            checked_at=checked.get(person.pk),
            now=now,
        )
        for person in people
    }


def scores_of(walks: Sequence[Walk], person: Person, *, now: datetime) -> dict[UUID, Story]:
    """What is known about the pain around each of these walks of `person`. Two queries."""
    if not walks:
        return {}
    since = {person.pk: min(walk.started_at for walk in walks) - stories.BEFORE_WITHIN}
    scored = _scored({person.pk}, since, until=max(walk.ended_at for walk in walks))[person.pk]
    answers = _answers_from(FollowUp.objects.filter(walk__in=[walk.pk for walk in walks]))
    told = _told(walks, scored, answers, calendar_of(person), now=now)
    return {one.walk.pk: one.story for one in told}


# --- reading -------------------------------------------------------------------------------------


def latest_plans(owner_ids: Collection[UUID]) -> dict[UUID, WalkPlan]:
    """The start that counts, of each who has one: the latest."""
    rows = WalkPlan.objects.filter(owner__among=owner_ids).order_by("at", "created_at", "pk")
    return {row.owner_id: row for row in rows}


def _reads_from(plan: WalkPlan | None, calendar: Calendar, now: datetime) -> datetime:
    always = calendar.start(calendar.day(now) - ALWAYS_READ)
    start = min(always, calendar.start(plan.started_on)) if plan else always
    return start - stories.BEFORE_WITHIN


def _rows(found: QuerySet[Any], ids: Collection[UUID], *names: str) -> Iterable[tuple[Any, ...]]:
    """Their owners and these columns. Where all are one person's, no row has to say whose it is:
    ids are what takes the longest to read."""
    if len(ids) == 1:
        (only,) = ids
        return ((only, *row) for row in found.values_list(*names))
    return found.values_list("owner_id", *names)


def _walks(ids: Collection[UUID], since: Mapping[UUID, datetime]) -> list[WalkRow]:
    found = Walk.objects.filter(owner__among=ids, started_at__gte=min(since.values()))
    rows = _rows(found.order_by("started_at"), ids, *WalkRow._fields[1:])
    walks = map(WalkRow._make, rows)
    return [row for row in walks if row.started_at >= since[row.owner_id]]


def _scored(
    ids: Collection[UUID], since: Mapping[UUID, datetime], *, until: datetime | None = None
) -> dict[UUID, Scored]:
    entries = PainEntry.objects.filter(owner__among=ids, at__gte=min(since.values()))
    if until is not None:
        entries = entries.filter(at__lte=until + stories.SETTLES_WITHIN)
    found: dict[UUID, list[Given]] = defaultdict(list)
    entries = entries.order_by("at", "created_at")
    for owner_id, *given in _rows(entries, ids, "at", "score", "walk_id", "walk_moment"):
        found[owner_id].append(Given._make(given))
    return {owner_id: Scored(found[owner_id]) for owner_id in ids}


def _answers(ids: Collection[UUID], since: Mapping[UUID, datetime]) -> dict[UUID, Answers]:
    return _answers_from(FollowUp.objects.filter(owner__among=ids, due_at__gte=min(since.values())))


def _answers_from(rows: QuerySet[FollowUp]) -> dict[UUID, Answers]:
    """Those that a score has answered are left out: nothing hangs on their having been asked."""
    rows = rows.filter(Q(answered_at=None) | ~Q(felt=""))
    asked: dict[UUID, dict[str, str]] = defaultdict(dict)
    for walk_id, which, felt in rows.values_list("walk_id", "which", "felt"):
        asked[walk_id][which] = felt
    return {
        walk_id: Answers(
            asked=frozenset(found), felt={which: felt for which, felt in found.items() if felt}
        )
        for walk_id, found in asked.items()
    }


def _pauses(ids: Collection[UUID]) -> Iterable[Hold]:
    """The persons' own pauses of walking, also those that are over."""
    pauses = Hold.objects.filter(owner__among=ids, reason=HoldReason.PAUSE, until__isnull=False)
    return (one for one in pauses if one.kinds is None or WALK in one.kinds)


def _checked(ids: Collection[UUID]) -> dict[UUID, datetime]:
    rows = SymptomCheck.objects.filter(owner__among=ids).order_by()
    return dict(rows.values_list("owner_id").annotate(Max("at")))


# --- putting together ----------------------------------------------------------------------------


def grouped(rows: Iterable[T], key: Callable[[T], Any]) -> defaultdict[Any, list[T]]:
    found: defaultdict[Any, list[T]] = defaultdict(list)
    for row in rows:
        found[key(row)].append(row)
    return found


def _told(
    walks: Iterable[Any],
    scored: Scored,
    answers: Mapping[UUID, Answers],
    calendar: Calendar,
    *,
    now: datetime,
) -> list[Walked]:
    return [
        Walked(
            walk,
            stories.story(
                walk, scored, answers.get(walk.pk, stories.NOTHING), calendar=calendar, now=now
            ),
        )
        for walk in walks
    ]


def _situation(
    calendar: Calendar,
    plan: WalkPlan | None,
    *,
    walked: Sequence[Walked],
    flares: Iterable[Flare],
    pauses: Iterable[Hold],
    checked_at: datetime | None,
    now: datetime,
) -> Situation:
    rests = [_rest(flare, calendar) for flare in flares]
    paused = frozenset(day for pause in pauses for day in _paused_days(pause, calendar))
    checked_on = calendar.day(checked_at) if checked_at else None
    return Situation(
        calendar=calendar,
        now=now,
        plan=plan,
        walked=walked,
        course=_course(plan, walked, rests, paused, checked_on) if plan else None,
        rests=rests,
        paused=paused,
    )


def _course(
    plan: WalkPlan,
    walked: Sequence[Walked],
    rests: Sequence[Rest],
    paused: Collection[date],
    checked_on: date | None,
) -> Course:
    return Course(
        started_on=plan.started_on,
        start_minutes=rules.start_minutes(plan.tolerance, walks_already=plan.walks_already),
        choices=[
            Choice(date.fromisoformat(one["from"]), tuple(one["days"])) for one in plan.choices
        ],
        sessions=[_session(one) for one in walked],
        rests=rests,
        paused=paused,
        checked_on=checked_on,
    )


def _session(one: Walked) -> Session:
    return Session(
        day=one.story.day,
        seconds=one.walk.seconds,
        light=one.story.light,
        rise=one.story.rise,
        settled_days=one.story.settled_days,
        backward_seconds=one.walk.backward_seconds,
    )


def _rest(flare: Flare, calendar: Calendar) -> Rest:
    return Rest(
        first=calendar.day(flare.began_at),
        last=calendar.day(flare.ended_at) if flare.ended_at else None,
        resume_percent=flare.resume_percent,
    )


def _paused_days(pause: Hold, calendar: Calendar) -> Iterable[date]:
    """From the day of the pause to the last one that it reaches into. A pause ends at midnight,
    where the diary's day may go on for some hours."""
    first = calendar.day(pause.created_at)
    last = (pause.until or pause.created_at).astimezone(calendar.tz) - stories.INSTANT
    return (first + DAY * n for n in range((last.date() - first).days + 1))
