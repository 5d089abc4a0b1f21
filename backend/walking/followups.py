"""The questions hours after a walk: planned with it, moved with it, gone with it.

Their answer is a score in the diary or one tap. Which of them have one is looked at anew whenever
a score comes, moves or goes, so it does not matter in which order a phone tells of them.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import Q

from backend.accounts.models import Person
from backend.accounts.services import person_lock, require_consent
from backend.core.errors import NotFound, refuse
from backend.core.moments import moment_problems
from backend.pain.signals import Stood
from backend.reminders.registry import Answered, Moment
from backend.reminders.services import forget_once, move_once, schedule_once
from backend.walking import rules, standing, stories, timing
from backend.walking.models import Felt, FollowUp, Walk, Which
from backend.walking.stories import Story
from backend.walking.walk_checks import LONGEST_SPAN

KIND = "follow_up"
WITH_THE_WALK = (timing.LATER, timing.MORNING)


def plan(walk: Walk, owner: Person, *, now: datetime) -> None:
    """Plan the questions of a walk that is new or whose times have changed; a replay changes
    nothing. Runs in the caller's transaction, which has locked `owner`."""
    due = _times(walk, owner)
    rows = _rows([walk])
    for which in WITH_THE_WALK:
        _put(walk, owner, which, due.get(which), rows.get((walk.pk, which)), now=now)
    look_again([walk], owner, now=now)


def forget(walk: Walk) -> None:
    """Take back what a walk still had to ask, before it is deleted. Runs in the caller's
    transaction."""
    keys = [_key(walk.pk, which) for which in Which.values]
    forget_once(person=walk.owner, dedupe_keys=keys)


def look_again(walks: Sequence[Walk], owner: Person, *, now: datetime) -> None:
    """See which questions of these walks have an answer by now, and ask after a day about those
    whose morning was worse. Runs in the caller's transaction, which has locked `owner`."""
    told = standing.scores_of(walks, owner, now=now)
    rows = _rows(walks)
    for (walk_id, which), row in rows.items():
        _note(row, told[walk_id], which)
    for walk in walks:
        _after_the_morning(walk, owner, rows, told[walk.pk], now=now)


def scores_changed(*, person: Person, places: Collection[Stood], now: datetime) -> None:
    """Look again at every walk that these scores may tell of: the one they name, and those whose
    windows they lie in."""
    wanted = Q(pk__in=[place.walk_id for place in places if place.walk_id])
    for place in places:
        wanted |= Q(
            started_at__gt=place.at - timing.DAY_TO - LONGEST_SPAN,
            started_at__lte=place.at + stories.BEFORE_WITHIN,
            ended_at__gt=place.at - timing.DAY_TO,
        )
    look_again(_walks(wanted, person), person, now=now)


def replan(*, person: Person, now: datetime) -> None:
    """Move what is still to be asked to the present zone. Runs in the caller's transaction."""
    for walk in _walks(Q(ended_at__gt=now - timing.DAY_TO), person):
        plan(walk, person, now=now)


def why_not_ask(moments: Sequence[Moment]) -> list[str]:
    """For each of these questions "", or why it need not be sent any more. One query."""
    ids = {moment.subject_id for moment in moments if moment.subject_id}
    rows = FollowUp.objects.filter(pk__among=ids).select_related("walk").defer("walk__track")
    found = {row.pk: row for row in rows}
    return [
        _why_not(found.get(moment.subject_id) if moment.subject_id else None, moment)
        for moment in moments
    ]


def _why_not(row: FollowUp | None, moment: Moment) -> str:
    if row is None:
        return "ended"
    if row.answered_at is not None:
        return "answered" if row.felt else "done"
    _, end = timing.window(row.which, row.walk.ended_at, moment.person.tz)
    return "" if moment.now < end else "ended"


def on_answer(answered: Answered) -> None:
    """From a lock screen. To a walk that is gone it no longer matters."""
    if answered.answer not in Felt.values or answered.subject_id is None:
        return
    if FollowUp.objects.filter(pk=answered.subject_id, owner=answered.person).exists():
        answer_save(
            id=answered.subject_id,
            owner=answered.person,
            felt=answered.answer,
            at=answered.at,
            now=answered.at,
        )


@transaction.atomic
def answer_save(
    *,
    id: UUID,  # noqa: A002 - named as in the API
    owner: Person,
    felt: str,
    at: datetime | None = None,
    now: datetime,
) -> FollowUp:
    """Store how it felt. A replay changes nothing; of two answers the one tapped last counts.

    Raises NotFound where `owner` has no such question, or its walk is gone; Invalid for an unknown
    answer or a time in the future, Forbidden without consent.
    """
    require_consent(owner)
    problems = moment_problems("at", at, now=now)
    if felt not in Felt.values:
        problems["felt"] = [f"Choose one of: {', '.join(Felt.values)}."]
    refuse(problems)
    owner = person_lock(person_id=owner.pk)
    row = follow_up_of(owner, id)
    tapped = min(max(at or now, row.walk.ended_at), now)
    if row.felt != felt and not (row.felt and row.answered_at and tapped < row.answered_at):
        row.felt, row.answered_at = felt, tapped
        row.save(update_fields=["felt", "answered_at"])
        look_again([row.walk], owner, now=now)
    return row


def follow_up_of(owner: Person, follow_up_id: UUID) -> FollowUp:
    """Raises NotFound for another person's."""
    rows = FollowUp.objects.select_related("walk").defer("walk__track")
    found = rows.filter(pk=follow_up_id, owner=owner).first()
    if found is None:
        raise NotFound
    return found


@dataclass(frozen=True)
class Asked:
    """A question as it stands. `before`: the score before the walk. `open`: it has no answer yet,
    and still can have one in time."""

    row: FollowUp
    before: int | None
    open: bool


def asked(row: FollowUp, owner: Person, *, now: datetime) -> Asked:
    """Two queries."""
    story = standing.scores_of([row.walk], owner, now=now)[row.walk_id]
    return _as_asked(row, owner, {row.walk_id: story}, now=now)


def open_of(
    owner: Person, *, now: datetime, told: Mapping[UUID, Story] | None = None
) -> list[Asked]:
    """The questions that have come due and wait for an answer, the oldest first. One query where
    the stories of the walks are `told`, else three."""
    waiting = FollowUp.objects.filter(
        owner=owner, answered_at=None, due_at__lte=now, due_at__gt=now - timing.DAY_TO
    )
    rows = list(waiting.select_related("walk").defer("walk__track").order_by("due_at"))
    if told is None:
        told = standing.scores_of([row.walk for row in rows], owner, now=now)
    found = [_as_asked(row, owner, told, now=now) for row in rows]
    return [one for one in found if one.open]


def _as_asked(row: FollowUp, owner: Person, told: Mapping[UUID, Story], *, now: datetime) -> Asked:
    story = told.get(row.walk_id)
    _, end = timing.window(row.which, row.walk.ended_at, owner.tz)
    return Asked(
        row=row,
        before=story.scores.before if story else None,
        open=row.answered_at is None and now < end,
    )


# --- rows and messages ---------------------------------------------------------------------------


def _walks(wanted: Q, owner: Person) -> list[Walk]:
    """Without their tracks, which are long."""
    return list(Walk.objects.filter(wanted, owner=owner).defer("track"))


def _rows(walks: Sequence[Walk]) -> dict[tuple[UUID, str], FollowUp]:
    found = FollowUp.objects.filter(walk__in=[walk.pk for walk in walks])
    return {(row.walk_id, row.which): row for row in found}


def _times(walk: Walk, owner: Person, *, scored_at: datetime | None = None) -> dict[str, datetime]:
    return timing.times(
        walk.ended_at,
        tz=owner.tz,
        quiet_from=owner.quiet_from,
        quiet_to=owner.quiet_to,
        scored_at=scored_at,
    )


def _key(walk_id: UUID, which: str) -> str:
    return f"{KIND}:{walk_id}:{which}"


def _put(
    walk: Walk, owner: Person, which: str, due_at: datetime | None, row: FollowUp | None, *,
    now: datetime,
) -> None:  # fmt: skip
    """Have this question asked at `due_at`, or not at all where that is None. One that has its
    answer stays as it is, and one whose time is over before it was asked isn't asked any more."""
    if row is not None and (row.answered_at or row.due_at == due_at):
        return
    if row is not None and due_at is None:
        _take_back(row, owner)
    elif row is not None and due_at is not None:
        row.due_at = due_at
        row.save(update_fields=["due_at"])
        move_once(person=owner, dedupe_key=_key(walk.pk, which), due_at=due_at)
    elif due_at is not None and now < timing.window(which, walk.ended_at, owner.tz)[1]:
        _ask(walk, owner, which, due_at)


def _ask(walk: Walk, owner: Person, which: str, due_at: datetime) -> None:
    """The id follows from the walk's: one that is deleted and comes back has the same questions,
    and a notification that still stands on a phone leads to them."""
    row = FollowUp.objects.create(
        id=uuid5(walk.pk, which), owner=owner, walk=walk, which=which, due_at=due_at
    )
    key = _key(walk.pk, which)
    schedule_once(kind=KIND, person=owner, dedupe_key=key, due_at=due_at, subject_id=row.pk)


def _take_back(row: FollowUp, owner: Person) -> None:
    forget_once(person=owner, dedupe_keys=[_key(row.walk_id, row.which)])
    row.delete()


def _note(row: FollowUp, story: Story, which: str) -> None:
    """A score answers it, until that score moves away or is deleted. A tap stays."""
    given = story.given.get(which)
    at = given.at if given else None
    if row.felt:
        at = row.answered_at
    if row.answered_at != at:
        row.answered_at = at
        row.save(update_fields=["answered_at"])


def _after_the_morning(
    walk: Walk,
    owner: Person,
    rows: Mapping[tuple[UUID, str], FollowUp],
    story: Story,
    *,
    now: datetime,
) -> None:
    """Ask once more after a day, where the morning was worse: only that tells whether it passes."""
    row = rows.get((walk.pk, timing.DAY_AFTER))
    due_at = None
    if rules.raised(story.scores, timing.MORNING):
        due_at = _times(walk, owner, scored_at=_answered_at(walk, rows, story)).get(
            timing.DAY_AFTER
        )
    answered = timing.DAY_AFTER in story.given
    if row is not None or not answered:
        _put(walk, owner, timing.DAY_AFTER, due_at, row, now=now)


def _answered_at(
    walk: Walk, rows: Mapping[tuple[UUID, str], FollowUp], story: Story
) -> datetime | None:
    """When the morning's question was."""
    given = story.given.get(timing.MORNING)
    if given is not None:
        return given.at
    row = rows.get((walk.pk, timing.MORNING))
    return row.answered_at if row else None
