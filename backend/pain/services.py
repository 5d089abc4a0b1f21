"""Everything that changes the diary and its episodes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import models, transaction

from backend.accounts.models import Person
from backend.accounts.services import person_lock, require_consent
from backend.core.errors import Conflict, NotFound, Problems, refuse
from backend.core.moments import latest_day, moment_problems
from backend.pain import episodes
from backend.pain.models import (
    LONGEST_NOTE,
    WORST,
    Better,
    Episode,
    EpisodeEnd,
    PainEntry,
    Place,
    Sleep,
    WalkMoment,
    Worse,
)
from backend.pain.signals import Stood, scores_changed
from backend.safety.models import Clinician

OLDEST_ONSET = timedelta(days=100 * 366)


@dataclass(frozen=True, kw_only=True)
class Details:
    """What a person adds to a score. Lists hold ids: Place, Worse, Better."""

    places: Sequence[str] = ()
    worse: Sequence[str] = ()
    better: Sequence[str] = ()
    sleep: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class OfWalk:
    """The walk that a score was asked about, and where in its story: WalkMoment. Both or neither;
    a walk that is gone, or that has not come yet, is fine."""

    walk: UUID | None = None
    walk_moment: str = ""


NO_DETAILS = Details()
NO_WALK = OfWalk()


@transaction.atomic
def entry_save(
    *,
    id: UUID,  # noqa: A002 - the client's key for this row, named as in the API
    owner: Person,
    score: int,
    at: datetime,
    began_on: date | None,
    details: Details = NO_DETAILS,
    of_walk: OfWalk = NO_WALK,
    now: datetime,
) -> tuple[PainEntry, bool]:
    """Create or correct the entry `id`; answers it and whether it is new. The episode it belongs
    to follows. `began_on`: what the person says about when this pain began.

    Raises Invalid for values that make no sense, such as a time in the future, NotFound for
    another person's id, Forbidden without consent.
    """
    require_consent(owner)
    problems = _walk_problems(of_walk)
    problems |= _problems(
        score=score, at=at, began_on=began_on, details=details, owner=owner, now=now
    )
    refuse(problems)
    owner = person_lock(person_id=owner.pk)
    known = PainEntry.objects.filter(pk=id).first()
    if known and known.owner_id != owner.pk:
        raise NotFound
    entry, created = PainEntry.objects.update_or_create(
        pk=id,
        owner=owner,
        defaults={
            "score": score,
            "at": at,
            "began_on": began_on,
            "places": _in_order(details.places, Place),
            "worse": _in_order(details.worse, Worse),
            "better": _in_order(details.better, Better),
            "sleep": details.sleep,
            "note": details.note.strip(),
            "walk_id": of_walk.walk,
            "walk_moment": of_walk.walk_moment,
        },
    )
    _follow(entry, owner, now=now)
    _tell(owner, *([known] if known else []), entry, now=now)
    return entry, created


def _tell(owner: Person, *entries: PainEntry, now: datetime) -> None:
    """To whom it matters which scores there are: an entry as it was, as it is, or both."""
    places = [Stood.of(entry) for entry in entries]
    scores_changed.send(sender=PainEntry, person=owner, places=places, now=now)


def _follow(entry: PainEntry, owner: Person, *, now: datetime) -> None:
    episode = episodes.place(entry, owner, now=now)
    if episode is None:
        return
    if entry.episode_id != episode.pk:
        entry.episode = episode
        entry.save(update_fields=["episode"])
    if entry.began_on is not None and episode.closed_at is None:
        episode.stated_on = entry.began_on
    episodes.rebuild(episode, owner, now=now)
    entry.refresh_from_db(fields=["episode"])  # it may have gone with its last painful score


@transaction.atomic
def entry_delete(*, id: UUID, owner: Person, now: datetime) -> None:  # noqa: A002
    """Raises NotFound where `owner` has no such entry."""
    owner = person_lock(person_id=owner.pk)
    entry = PainEntry.objects.filter(pk=id, owner=owner).select_related("episode").first()
    if entry is None:
        raise NotFound
    entry.delete()
    if entry.episode is not None:
        episodes.rebuild(entry.episode, owner, now=now)
    _tell(owner, entry, now=now)


@dataclass(frozen=True, kw_only=True)
class EpisodeChange:
    """What to change; None leaves a value as it is. `unseen`: nobody has seen it after all."""

    began_on: date | None = None
    clinician: str | None = None
    seen_on: date | None = None
    unseen: bool = False


@transaction.atomic
def episode_update(*, id: UUID, owner: Person, change: EpisodeChange, now: datetime) -> Episode:  # noqa: A002
    """Correct when it began, or record who has seen it: then days are not counted any more.

    Raises NotFound, Invalid for days in the future, for an onset after the first score's day and
    for an unknown clinician.
    """
    owner = person_lock(person_id=owner.pk)
    episode = _mine(id, owner)
    problems = clinician_problems(change.clinician)
    _check_day(problems, "began_on", change.began_on, owner=owner, now=now)
    _check_day(problems, "seen_on", change.seen_on, owner=owner, now=now)
    refuse(problems)
    if change.began_on is not None:
        episode.stated_on = change.began_on
    note_clinician(episode, change, today=now.astimezone(owner.tz).date())
    episodes.rebuild(episode, owner, now=now)
    return episode


def clinician_problems(clinician: str | None) -> Problems:
    if clinician in {None, "", *Clinician.values}:
        return {}
    return {"clinician": [f"Choose one of: {', '.join(Clinician.values)}."]}


def note_clinician(episode: Episode, change: EpisodeChange, *, today: date) -> None:
    """Who has seen it, and when. Without a day it was today."""
    if change.unseen:
        episode.clinician, episode.seen_on = "", None
        return
    if change.clinician is not None:
        episode.clinician = change.clinician
    if change.clinician or change.seen_on:
        episode.seen_on = change.seen_on or episode.seen_on or today


@transaction.atomic
def episode_close(
    *, owner: Person, episode_id: UUID | None = None, at: datetime | None = None, now: datetime
) -> Episode:
    """The person says that it is gone. A replay that names the episode changes nothing.

    Raises NotFound for another person's episode, Conflict (`no_open_episode`) where none is open,
    Invalid for a time in the future.
    """
    owner = person_lock(person_id=owner.pk)
    refuse(moment_problems("at", at, now=now, oldest=None))
    current = episodes.open_episode(owner)
    wanted = _mine(episode_id, owner) if episode_id else current
    if wanted is not None and wanted.closed_at is not None:
        return wanted
    if wanted is None or current is None:
        raise Conflict("There is no open episode.", code="no_open_episode")
    current.closed_at = max(min(at or now, now), current.onset_at)
    current.closed_as = EpisodeEnd.GONE
    current.next_prompt_at = None
    current.save()
    return current


@transaction.atomic
def episode_reopen(*, id: UUID, owner: Person, now: datetime) -> Episode:  # noqa: A002
    """It was not gone after all. Raises NotFound, or Conflict where a newer one has begun."""
    owner = person_lock(person_id=owner.pk)
    episode = _mine(id, owner)
    if episode.closed_at is None:
        return episode
    newer = Episode.objects.filter(owner=owner, onset_at__gt=episode.onset_at)
    if newer.exists():
        raise Conflict("A newer episode has begun since.")
    episode.closed_at, episode.closed_as = None, ""
    episodes.plan(episode, owner, now=now)
    return episode


def _mine(episode_id: UUID, owner: Person) -> Episode:
    found = Episode.objects.select_for_update().filter(pk=episode_id, owner=owner).first()
    if found is None:
        raise NotFound
    return found


def _in_order(ids: Sequence[str], choices: type[models.TextChoices]) -> list[str]:
    return [name for name in choices.values if name in set(ids)]


def _problems(
    *,
    score: int,
    at: datetime,
    began_on: date | None,
    details: Details,
    owner: Person,
    now: datetime,
) -> Problems:
    problems = moment_problems("at", at, now=now) | _unknown_ids(details)
    if not 0 <= score <= WORST:
        problems["score"] = [f"A score is a whole number from 0 to {WORST}."]
    if len(details.note) > LONGEST_NOTE:
        problems["note"] = [f"A note has room for {LONGEST_NOTE} characters."]
    _check_day(problems, "began_on", began_on, owner=owner, now=now)
    return problems


def _walk_problems(of_walk: OfWalk) -> Problems:
    if of_walk.walk_moment not in {"", *WalkMoment.values}:
        return {"walk_moment": [f"Choose one of: {', '.join(WalkMoment.values)}."]}
    if bool(of_walk.walk) != bool(of_walk.walk_moment):
        name = "walk_moment" if of_walk.walk else "walk"
        return {name: ["A walk and its moment belong together: give both, or neither."]}
    return {}


def _unknown_ids(details: Details) -> Problems:
    given = {"places": (details.places, Place), "worse": (details.worse, Worse)}
    given |= {"better": (details.better, Better)}
    problems: Problems = {
        name: [f"Choose some of: {', '.join(choices.values)}."]
        for name, (ids, choices) in given.items()
        if set(ids) - set(choices.values)
    }
    if details.sleep not in {"", *Sleep.values}:
        problems["sleep"] = [f"Choose one of: {', '.join(Sleep.values)}."]
    return problems


def _check_day(
    problems: Problems, name: str, day: date | None, *, owner: Person, now: datetime
) -> None:
    if day is None:
        return
    if day > latest_day(owner.tz, now=now):
        problems[name] = ["This day is in the future."]
    elif day < (now - OLDEST_ONSET).date():
        problems[name] = ["This day is too long ago."]
