"""The nightly check: asking about an episode that has not resolved, and what is answered.

`Episode.next_prompt_at` is the queue. A claim takes what is due under a lock, writes the question
and the message that carries it, and moves the episode on to its next evening, all in one
transaction. So it does not matter how many beats and workers do this, or which of them die.
"""

import logging
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction

from backend.accounts.models import Person
from backend.accounts.services import person_lock
from backend.core.errors import Conflict, NotFound, refuse
from backend.pain import episodes, nightly
from backend.pain.models import Episode, EveningPrompt, PromptAnswer
from backend.pain.services import EpisodeChange, clinician_problems, note_clinician
from backend.reminders.models import Delivery

log = logging.getLogger(__name__)

KIND = "unresolved_pain"
BATCH = 500
CLOCKS_SLOW_BY = timedelta(days=1)
NOT_BETTER = (PromptAnswer.SAME, PromptAnswer.WORSE)


@transaction.atomic
def claim_prompts(*, now: datetime, limit: int = BATCH) -> int:
    """Ask about every episode that is due by `now`, `limit` of them at most; answers how many.

    Call it again for as long as it answers `limit`. Five statements a batch, at however many
    moments its people are asked next.
    """
    due = list(
        Episode.objects.select_for_update(skip_locked=True, of=("self",))
        .filter(next_prompt_at__lte=now)
        .select_related("owner")
        .order_by("next_prompt_at")[:limit]
    )
    if not due:
        return 0
    asked = _asked_before(due)
    new = [one for episode in due if (one := _question(episode, asked, now=now))]
    EveningPrompt.objects.bulk_create(new)
    Delivery.objects.bulk_create([_delivery(one) for one in new], ignore_conflicts=True)
    Episode.objects.bulk_update(due, ["next_prompt_at"])
    return len(due)


class _Asked:
    """Which evenings these people have been asked about, and which episodes."""

    def __init__(self) -> None:
        self.evenings: dict[UUID, set[date]] = defaultdict(set)
        self.episodes: set[UUID] = set()


def _asked_before(due: Sequence[Episode]) -> _Asked:
    found = _Asked()
    rows = EveningPrompt.objects.filter(owner__among=[one.owner_id for one in due])
    for owner_id, episode_id, evening in rows.values_list("owner_id", "episode_id", "evening"):
        found.evenings[owner_id].add(evening)
        found.episodes.add(episode_id)
    return found


def _question(episode: Episode, asked: _Asked, *, now: datetime) -> EveningPrompt | None:
    """The question that is due, with `episode` moved on to its next. None where that evening has
    been asked about already, and where the row is broken."""
    try:
        prompt = _prompt(episode, asked, now=now)
        new = prompt.evening not in asked.evenings[episode.owner_id]
        known = new or episode.pk in asked.episodes
        episode.next_prompt_at = _following(prompt, asked=known, now=now)
    except Exception:  # one broken row must not hold up everybody else's
        log.exception("episode %s can't be asked about and is set aside", episode.pk)
        episode.next_prompt_at = None
        return None
    return prompt if new else None


def _prompt(episode: Episode, asked: _Asked, *, now: datetime) -> EveningPrompt:
    owner, due_at = episode.owner, episode.next_prompt_at or now
    evenings = episodes.evenings_of(owner)
    course = replace(episodes.course_of(episode), asked=episode.pk in asked.episodes)
    evening = nightly.due_evening(evenings.day(due_at), course, evenings, now=now)
    at = nightly.ask_at(due_at, owner.tz, now=now)
    return EveningPrompt(
        owner=owner, episode=episode, evening=evening, asked_at=at, asked_on=evenings.day(at)
    )


def _following(prompt: EveningPrompt, *, asked: bool, now: datetime) -> datetime | None:
    """When the same episode is asked about next. `asked`: whether it has been by now."""
    course = episodes.course_of(prompt.episode)
    course = replace(course, asked=asked, asked_on=prompt.asked_on)
    evenings = episodes.evenings_of(prompt.owner)
    day = nightly.next_evening(course, evenings, now=now)
    return evenings.of(day) if day else None


def _delivery(prompt: EveningPrompt) -> Delivery:
    return Delivery(
        id=uuid4(),
        owner=prompt.owner,
        kind=KIND,
        subject_id=prompt.pk,
        dedupe_key=f"{KIND}:{prompt.evening}",
        due_at=prompt.asked_at,
        next_try_at=prompt.asked_at,
        turn=episodes.day_number(prompt.episode, prompt.evening),
    )


@transaction.atomic
def prompt_answer(
    *,
    id: UUID,  # noqa: A002 - named as in the API
    owner: Person,
    answer: str,
    clinician: str | None = None,
    seen_on: date | None = None,
    at: datetime | None = None,
    now: datetime,
) -> EveningPrompt:
    """Store what was answered. The first answer stands; "not better" may be made more precise.

    Raises NotFound, Invalid, and Conflict (`answered_otherwise`) where another device was first.
    """
    owner = person_lock(person_id=owner.pk)
    prompt = prompt_of(owner, id)
    _check(answer=answer, clinician=clinician, seen_on=seen_on, owner=owner, now=now)
    if prompt.answer and not _may_follow(prompt.answer, answer):
        raise Conflict("It was answered differently before.", code="answered_otherwise")
    if prompt.answer != answer:
        prompt.answer = answer
        prompt.answered_at = prompt.answered_at or _believable(at or now, prompt, now=now)
        prompt.save(update_fields=["answer", "answered_at"])
    _carry_out(prompt, owner, clinician=clinician, seen_on=seen_on, now=now)
    return prompt


def _believable(at: datetime, prompt: EveningPrompt, *, now: datetime) -> datetime:
    """A phone's clock that is slow is slow for the score that follows, too: their order counts."""
    return min(max(at, prompt.asked_at - CLOCKS_SLOW_BY), now)


def _may_follow(before: str, answer: str) -> bool:
    return answer == before or (before == PromptAnswer.NOT_BETTER and answer in NOT_BETTER)


def _carry_out(
    prompt: EveningPrompt,
    owner: Person,
    *,
    clinician: str | None,
    seen_on: date | None,
    now: datetime,
) -> None:
    """What hangs on the answer. A closed episode has nothing more to learn from it."""
    episode = Episode.objects.select_for_update().get(pk=prompt.episode_id)
    if prompt.answer == PromptAnswer.SEEN:
        today = now.astimezone(owner.tz).date()
        change = EpisodeChange(clinician=clinician, seen_on=seen_on or episode.seen_on or today)
        note_clinician(episode, change, today=today)
    if episode.closed_at is None:
        episodes.rebuild(episode, owner, now=now)
    prompt.episode = episode


def prompt_of(owner: Person, prompt_id: UUID) -> EveningPrompt:
    """Raises NotFound for another person's."""
    rows = EveningPrompt.objects.filter(pk=prompt_id, owner=owner).select_related("episode")
    found = rows.first()
    if found is None:
        raise NotFound
    return found


def _check(
    *, answer: str, clinician: str | None, seen_on: date | None, owner: Person, now: datetime
) -> None:
    problems = clinician_problems(clinician)
    if answer not in PromptAnswer.values:
        problems["answer"] = [f"Choose one of: {', '.join(PromptAnswer.values)}."]
    if seen_on is not None and seen_on > now.astimezone(owner.tz).date():
        problems["seen_on"] = ["This day is in the future."]
    refuse(problems)
