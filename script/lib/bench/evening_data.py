"""Many people with diaries, some of them in pain for days: what the nightly check is measured on.

Everything follows from a seed. Whoever is in an episode has been since some moment of the last six
weeks, and has been asked on the evenings that have gone by. Everybody else is well, half of them
after an episode that is over.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from backend.pain import nightly
from backend.pain.models import Episode, EpisodeEnd, EveningPrompt, PainEntry
from script.lib.bench.dataset import ZONES, analyse, key, load, load_people, stamp

SPREAD = timedelta(weeks=6)
OVER_FOR = timedelta(weeks=30)
LEAST_PAIN, MOST_PAIN = 2, 10
MOST_ENTRIES = 5  # of an episode
EVENING = time(19, 30)  # as everybody has it who has not chosen another
DETAILS = ("places", "worse", "better")
NO_DETAILS = ("[]",) * len(DETAILS)


@dataclass(frozen=True)
class Case:
    """Somebody's open episode, when they were asked about it, and when they are asked next."""

    id: str
    owner: str
    onset_at: datetime
    began_on: date
    asked: list[date]
    evenings: nightly.Evenings
    next_at: datetime | None


def fill(*, people: int, unresolved: int, now: datetime, seed: int = 1) -> None:
    chance = random.Random(seed)  # noqa: S311 - not a secret
    owners = [(key(chance), chance.choice(ZONES)) for _ in range(people)]
    load_people(owners, now=now)
    chance.shuffle(owners)
    ill = owners[:unresolved]
    _load_ill(chance, [_case(chance, owner, zone, now) for owner, zone in ill], now=now)
    _load_well(chance, [owner for owner, _ in owners[len(ill) :]], now=now)
    analyse()


def _case(chance: random.Random, owner: str, zone: str, now: datetime) -> Case:
    onset = now - timedelta(seconds=chance.randrange(int(SPREAD.total_seconds())))
    evenings = nightly.Evenings(tz=ZoneInfo(zone), at=EVENING)
    asked, following = _asked(onset, evenings, now)
    next_at = evenings.of(following) if following else None
    return Case(key(chance), owner, onset, evenings.day(onset), asked, evenings, next_at)


def _asked(
    onset: datetime, evenings: nightly.Evenings, now: datetime
) -> tuple[list[date], date | None]:
    """The evenings that have been, and the next one, by the check's own rule."""
    asked: list[date] = []
    moment = onset
    while True:
        course = nightly.Course(
            onset_at=onset,
            began_on=evenings.day(onset),
            asked=bool(asked),
            asked_on=asked[-1] if asked else None,
        )
        day = nightly.next_evening(course, evenings, now=moment)
        if day is None or evenings.of(day) > now:
            return asked, day
        asked.append(day)
        moment = evenings.of(day)


def _load_ill(chance: random.Random, cases: Sequence[Case], *, now: datetime) -> None:
    names = ("id", "owner_id", "onset_at", "began_on")
    rows = {
        case.id: (case.id, case.owner, stamp(case.onset_at), f"{case.began_on}") for case in cases
    }
    planned = ((*rows[case.id], stamp(case.next_at)) for case in cases if case.next_at)
    load(Episode, (*names, "next_prompt_at"), planned, now=now)
    load(Episode, names, (rows[case.id] for case in cases if not case.next_at), now=now)
    prompts = ("id", "owner_id", "episode_id", "evening", "asked_on", "asked_at")
    load(EveningPrompt, prompts, _prompts(chance, cases), now=now)
    entries = ("id", "owner_id", "episode_id", "score", "at", *DETAILS)
    load(PainEntry, entries, _entries(chance, cases, now), now=now)


def _prompts(chance: random.Random, cases: Sequence[Case]) -> Iterator[Sequence[object]]:
    for case in cases:
        for day in case.asked:
            at = stamp(case.evenings.of(day))
            yield (key(chance), case.owner, case.id, f"{day}", f"{day}", at)


def _entries(
    chance: random.Random, cases: Sequence[Case], now: datetime
) -> Iterator[Sequence[object]]:
    """The one that began it, and some later ones; the latest is above 1, too."""
    for case in cases:
        since = int((now - case.onset_at).total_seconds())
        more = [chance.randrange(since + 1) for _ in range(chance.randrange(MOST_ENTRIES))]
        for seconds in (0, *more):
            score = chance.randint(LEAST_PAIN, MOST_PAIN)
            at = stamp(case.onset_at + timedelta(seconds=seconds))
            yield (key(chance), case.owner, case.id, score, at, *NO_DETAILS)


def _load_well(chance: random.Random, owners: Sequence[str], *, now: datetime) -> None:
    def entries() -> Iterator[Sequence[object]]:
        for owner in owners:
            at = now - timedelta(seconds=chance.randrange(int(OVER_FOR.total_seconds())))
            yield (key(chance), owner, chance.randrange(LEAST_PAIN), stamp(at), *NO_DETAILS)

    def episodes() -> Iterator[Sequence[object]]:
        for owner in owners[::2]:
            onset = (
                now - OVER_FOR - timedelta(seconds=chance.randrange(int(SPREAD.total_seconds())))
            )
            over = onset + timedelta(days=chance.randrange(1, 20))
            yield (key(chance), owner, stamp(onset), f"{onset:%Y-%m-%d}", stamp(over))

    load(PainEntry, ("id", "owner_id", "score", "at", *DETAILS), entries(), now=now)
    names = ("id", "owner_id", "onset_at", "began_on", "closed_at")
    load(Episode, names, episodes(), now=now, closed_as=EpisodeEnd.GONE)
