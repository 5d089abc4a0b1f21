"""Keeping an episode true to its scores, and its next evening question true to the episode.

Scores may be corrected, dated back, deleted and brought back. So nothing is counted on from what
was there before: after each change the onset, the end and the next question are worked out anew.

Whatever changes a row here runs inside the caller's transaction, under its lock on the person.
"""

from dataclasses import replace
from datetime import date, datetime, timedelta

from backend.accounts.models import Person
from backend.pain import nightly, rules
from backend.pain.models import Episode, EpisodeEnd, EveningPrompt, PainEntry, PromptAnswer
from backend.pain.selectors import calendar_of

# A score dated back further than this is history: it does not open an episode today.
STILL_NEWS = timedelta(days=14)


def open_episode(owner: Person) -> Episode | None:
    """Locked: the nightly check leaves it alone meanwhile."""
    return Episode.objects.select_for_update().filter(owner=owner, closed_at=None).first()


def place(entry: PainEntry, owner: Person, *, now: datetime) -> Episode | None:
    """The episode that a saved score belongs to, a new one where it opens one. Stores nothing of
    the entry itself."""
    if entry.episode_id:
        return Episode.objects.select_for_update().get(pk=entry.episode_id)
    last = Episode.objects.filter(owner=owner).exclude(closed_at=None).order_by("-closed_at")
    ended = last.first()
    if ended and ended.closed_at and entry.at <= ended.closed_at:
        return _past(owner, entry.at)
    current = open_episode(owner)
    if current is None and entry.score > rules.LOW and entry.at > now - STILL_NEWS:
        first_on = entry.at.astimezone(owner.tz).date()
        current = Episode.objects.create(owner=owner, onset_at=entry.at, began_on=first_on)
    return current


def _past(owner: Person, at: datetime) -> Episode | None:
    spans = Episode.objects.select_for_update().filter(owner=owner)
    return spans.filter(onset_at__lte=at, closed_at__gte=at).order_by("onset_at").first()


def rebuild(episode: Episode, owner: Person, *, now: datetime) -> None:
    """Work the episode out anew from its scores and answers, and plan its next question."""
    rows = episode.entries.order_by("at", "created_at", "pk").values_list("at", "score")
    scores = list(rows)
    painful = [at for at, score in scores if score > rules.LOW]
    if not painful and not _has_a_story(episode):
        episode.delete()
        return
    if painful:
        _set_onset(episode, painful[0], owner)
    if episode.closed_as != EpisodeEnd.GONE:
        _set_end(episode, scores, owner)
    plan(episode, owner, now=now)


def _has_a_story(episode: Episode) -> bool:
    """Somebody was asked about it or has seen a clinician: not just a slip of the thumb."""
    return episode.seen_on is not None or episode.prompts.exists()


def _set_onset(episode: Episode, first_at: datetime, owner: Person) -> None:
    onset_at, began_on = rules.onset(stated_on=episode.stated_on, first_at=first_at, tz=owner.tz)
    # A flight since then does not move the day that it began on.
    if onset_at != episode.onset_at:
        episode.onset_at, episode.began_on = onset_at, began_on


def _set_end(episode: Episode, scores: rules.Scores, owner: Person) -> None:
    answered = episode.prompts.filter(answer=PromptAnswer.BETTER, answered_at__isnull=False)
    moments = answered.order_by("answered_at").values_list("answered_at", flat=True)
    better = rules.better_since(scores, [moment for moment in moments if moment])
    settled = rules.settled_since(scores, calendar_of(owner).day)
    if better:
        episode.closed_at, episode.closed_as = better, EpisodeEnd.BETTER
    elif settled:
        episode.closed_at, episode.closed_as = settled, EpisodeEnd.SETTLED
    elif episode.closed_at and not _has_successor(episode):
        episode.closed_at, episode.closed_as = None, ""


def _has_successor(episode: Episode) -> bool:
    others = Episode.objects.filter(owner_id=episode.owner_id).exclude(pk=episode.pk)
    return others.filter(onset_at__gte=episode.onset_at).exists()


def plan(episode: Episode, owner: Person, *, now: datetime) -> None:
    """Set when the evening question is due next, and save the episode.

    A question that is due already, and that nobody has come round to asking, stays due.
    """
    planned, following = episode.next_prompt_at, _next_prompt_at(episode, owner, now=now)
    overdue = planned is not None and planned <= now
    episode.next_prompt_at = planned if overdue and following else following
    episode.save()


def _next_prompt_at(episode: Episode, owner: Person, *, now: datetime) -> datetime | None:
    if episode.closed_at is not None:
        return None
    last = EveningPrompt.objects.filter(owner=owner).order_by("-asked_at").first()
    flagged = _is_flagged(episode, last)
    recent = scores_of(owner, now=now)
    if not flagged and not (recent and recent[-1][1] > rules.LOW):
        return None
    course = replace(
        course_of(episode),
        asked=episode.prompts.exists(),
        asked_on=last.asked_on if last else None,
        flagged=flagged,
        scores=recent,
    )
    evenings = evenings_of(owner)
    day = nightly.next_evening(course, evenings, now=now)
    return evenings.of(day) if day else None


def course_of(episode: Episode) -> nightly.Course:
    """As far as the row itself tells. What was asked, and the scores, are the caller's to add."""
    seen = episode.seen_on is not None
    return nightly.Course(onset_at=episode.onset_at, began_on=episode.began_on, seen=seen)


def _is_flagged(episode: Episode, last: EveningPrompt | None) -> bool:
    flagged = episode.flagged_at
    return flagged is not None and (last is None or last.asked_at < flagged)


def evenings_of(owner: Person) -> nightly.Evenings:
    return nightly.Evenings(tz=owner.tz, at=owner.evening_check_at)


def scores_of(owner: Person, *, now: datetime) -> list[tuple[datetime, int]]:
    """What the rules look at: the latest score, and those of the last weeks, in order."""
    mine = PainEntry.objects.filter(owner=owner).order_by("-at", "-created_at")
    since = now - nightly.RECENT - nightly.BEFORE
    recent = list(mine.filter(at__gt=since).values_list("at", "score"))
    return recent[::-1] or list(mine.values_list("at", "score")[:1])


def replan(owner: Person, *, now: datetime) -> None:
    """The clock on the wall is another: another zone, or another time of the evening."""
    episode = open_episode(owner)
    if episode is not None:
        plan(episode, owner, now=now)


def day_number(episode: Episode, on: date) -> int:
    """1 on the day it began."""
    return (on - episode.began_on).days + 1
