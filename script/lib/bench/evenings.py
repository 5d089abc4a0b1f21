"""The nightly check as a measured process calls it, and the plain way to do the same."""

import hashlib
import time
import tracemalloc
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count
from django.utils import timezone

from backend.accounts.models import Person
from backend.pain.models import Episode, EveningPrompt, PainEntry
from backend.pain.prompts import BATCH, claim_prompts
from script.lib.bench import evening_data

CHUNK = 2_000
PAIN = 1  # a score above this
AFTER = timedelta(hours=72)
DAY_4, DAYS = 4, (7, 14, 28, 42)
WITHIN = timedelta(days=1)
KIB = 1024

Found = dict[str, Any]


def fill_evenings(people: int, unresolved: int) -> None:
    evening_data.fill(people=people, unresolved=unresolved, now=timezone.now())


# --- ours ----------------------------------------------------------------------------------------
def busiest(since: str) -> str:
    """The moment of the day after `since` at which most people are due."""
    start = datetime.fromisoformat(since)
    due = Episode.objects.filter(next_prompt_at__gt=start, next_prompt_at__lte=start + WITHIN)
    moments = due.values_list("next_prompt_at").annotate(people=Count("pk"))
    moment, _ = moments.order_by("-people", "next_prompt_at")[0]
    return str(moment.isoformat())


def catch_up(before: str) -> int:
    """The check at each moment until `before` at which somebody is due."""
    asked = 0
    due = Episode.objects.filter(next_prompt_at__lt=datetime.fromisoformat(before))
    while moment := due.order_by("next_prompt_at").values_list("next_prompt_at", flat=True).first():
        asked += check(moment.isoformat())
    return asked


def check(at: str) -> int:
    """As the worker's task does it: until nobody is due any more."""
    asked, now = 0, datetime.fromisoformat(at)
    while True:
        batch = claim_prompts(now=now, limit=BATCH)
        asked += batch
        if batch < BATCH:
            return asked


def asked_at(at: str) -> Found:
    moment = datetime.fromisoformat(at)
    return _said(EveningPrompt.objects.filter(asked_at=moment).values_list("owner_id", flat=True))


def idle_checks(count: int) -> list[float]:
    """Seconds that each check takes while nobody is due."""
    took, long_ago = [], timezone.now() - timedelta(days=365)
    for _ in range(count):
        begun = time.perf_counter()
        found = claim_prompts(now=long_ago, limit=BATCH)
        took.append(time.perf_counter() - begun)
        if found:
            raise RuntimeError(f"{found} people were due")
    return took


def all_due(at: str) -> int:
    """Everybody with an open episode is due at that moment, as after a long outage."""
    return Episode.objects.filter(closed_at=None).update(next_prompt_at=at)


def traced_check(at: str) -> Found:
    """The check once more with every allocation counted, which takes its time."""
    tracemalloc.start()
    asked = check(at)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return {"asked": asked, "kib": peak / KIB}


# --- everybody -----------------------------------------------------------------------------------
def scan_everyone(at: str) -> Found:
    """Look at each person, in chunks: is it their evening, how are they, were they asked?

    It only finds who is due. Asking them would come on top.
    """
    now = datetime.fromisoformat(at)
    people = Person.objects.only("time_zone", "evening_check_at").iterator(chunk_size=CHUNK)
    due: list[UUID] = []
    while chunk := list(islice(people, CHUNK)):
        due += _due_of(chunk, now)
    return _said(due)


def _due_of(chunk: Sequence[Person], now: datetime) -> list[UUID]:
    ids = [person.pk for person in chunk]
    episodes = {
        episode.owner_id: episode
        for episode in Episode.objects.filter(owner__among=ids, closed_at=None)
    }
    entries = PainEntry.objects.filter(owner__among=ids).order_by("at")
    latest = dict(entries.values_list("owner_id", "score"))  # the last one of each stays
    asked: dict[UUID, set[date]] = defaultdict(set)
    prompts = EveningPrompt.objects.filter(episode__among=[one.pk for one in episodes.values()])
    for owner_id, evening in prompts.values_list("owner_id", "evening"):
        asked[owner_id].add(evening)
    return [
        person.pk
        for person in chunk
        if person.pk in episodes
        and latest.get(person.pk, 0) > PAIN
        and _is_due(person, episodes[person.pk], asked[person.pk], now)
    ]


def _is_due(person: Person, episode: Episode, asked: set[date], now: datetime) -> bool:
    tz = ZoneInfo(person.time_zone)
    today = now.astimezone(tz).date()
    evening = datetime.combine(today, person.evening_check_at, tz)
    if now < evening or today in asked:
        return False
    number = (today - episode.began_on).days + 1
    if asked:
        return number in DAYS
    return (
        number >= DAY_4
        and evening.timestamp() - episode.onset_at.timestamp() > AFTER.total_seconds()
    )


def _said(owners: Iterable[UUID]) -> Found:
    """How many, and a fingerprint of who."""
    ids = sorted(owner.hex for owner in owners)
    return {"people": len(ids), "who": hashlib.sha256("".join(ids).encode()).hexdigest()}


TASKS = (
    fill_evenings, busiest, catch_up, check, asked_at, idle_checks, all_due, traced_check,
    scan_everyone,
)  # fmt: skip
