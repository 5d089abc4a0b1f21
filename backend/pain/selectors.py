"""Reading the diary, its episodes and the evening question."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from backend.accounts.models import Person
from backend.pain.days import Calendar
from backend.pain.models import Episode, EveningPrompt, PainEntry, PromptAnswer
from backend.safety.selectors import checks_since

EPISODES_SHOWN = 20
# An evening question that nobody answered is put away after so long; the next one comes anyway.
OPEN_FOR = timedelta(hours=48)


def calendar_of(person: Person) -> Calendar:
    return Calendar(tz=person.tz, ends_at=person.day_ends_at)


def latest_entry(owner_id: UUID) -> PainEntry | None:
    return PainEntry.objects.filter(owner_id=owner_id).order_by("-at", "-created_at").first()


@dataclass(frozen=True)
class Page:
    """`next_before` asks for the entries that follow; None on the last page."""

    entries: list[PainEntry]
    next_before: datetime | None


def page_before(owner_id: UUID, *, before: datetime | None, limit: int) -> Page:
    """`limit` entries, newest first, all earlier than `before`.

    Entries of one moment stay on one page, which may so hold more: a cursor that is a time can't
    stop between them.
    """
    found = PainEntry.objects.filter(owner_id=owner_id).order_by("-at", "-created_at", "pk")
    if before is not None:
        found = found.filter(at__lt=before)
    entries = list(found[: limit + 1])
    if len(entries) <= limit:
        return Page(entries, None)
    last, following = entries[-2:]
    if following.at < last.at:
        return Page(entries[:limit], last.at)
    entries = list(found.filter(at__gte=last.at))
    return Page(entries, last.at if found.filter(at__lt=last.at).exists() else None)


def score_times(owner_ids: Collection[UUID], since: datetime) -> dict[UUID, list[datetime]]:
    """When each of these people scored their back, later than `since`."""
    rows = PainEntry.objects.filter(owner__among=owner_ids, at__gt=since)
    found: dict[UUID, list[datetime]] = defaultdict(list)
    for owner_id, at in rows.values_list("owner_id", "at"):
        found[owner_id].append(at)
    return found


def episodes_of(owner_id: UUID) -> list[Episode]:
    mine = Episode.objects.filter(owner_id=owner_id).select_related("owner")
    mine = mine.order_by("-onset_at", "-created_at")
    return list(mine[:EPISODES_SHOWN])


def open_episode(owner_id: UUID) -> Episode | None:
    mine = Episode.objects.filter(owner_id=owner_id, closed_at=None)
    return mine.select_related("owner").first()


class Wants(StrEnum):
    """What an evening question still waits for."""

    ANSWER = "answer"
    SCORE = "score"
    CHECK = "check"
    WHO = "who"


def wants(prompt: EveningPrompt) -> Wants | None:
    """Constant queries: one at most. "Better" asks a score; same and worse go on to the check."""
    if prompt.episode.closed_at is not None:
        return None
    if not prompt.answer:
        return Wants.ANSWER
    if prompt.answer == PromptAnswer.SEEN:
        return None if prompt.episode.clinician else Wants.WHO
    if prompt.answer == PromptAnswer.BETTER:
        scores = PainEntry.objects.filter(owner_id=prompt.owner_id, at__gte=prompt.answered_at)
        return None if scores.exists() else Wants.SCORE
    since = min(prompt.asked_at, prompt.answered_at or prompt.asked_at)
    return None if checks_since(prompt.owner_id, since).exists() else Wants.CHECK


def standing_prompt(owner: Person, *, now: datetime) -> EveningPrompt | None:
    """The question that stands on Today: the latest one of an open episode, while it waits for
    something and is not too old."""
    latest = EveningPrompt.objects.filter(owner=owner).select_related("episode", "owner")
    prompt = latest.order_by("-asked_at").first()
    if prompt is None or now - prompt.asked_at > OPEN_FOR:
        return None
    return prompt if wants(prompt) else None


def why_not_ask(prompt_ids: Sequence[UUID | None]) -> list[str]:
    """For each evening question "", or why it need not be sent any more. One query."""
    ids = [one for one in prompt_ids if one is not None]
    rows = EveningPrompt.objects.filter(pk__among=ids).select_related("episode")
    found = {prompt.pk: prompt for prompt in rows}
    return [_why_not(found.get(one)) if one else "ended" for one in prompt_ids]


def _why_not(prompt: EveningPrompt | None) -> str:
    if prompt is None or prompt.episode.closed_at is not None:
        return "ended"
    return "answered" if prompt.answer else ""
