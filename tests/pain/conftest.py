"""A diary on the day of NOW: Wednesday 3 June 2026, noon in Berlin."""

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from backend.accounts.models import Person
from backend.pain import prompts
from backend.pain.models import Episode, EveningPrompt, PainEntry
from backend.pain.services import entry_save

BERLIN = ZoneInfo("Europe/Berlin")

SaveAt = Callable[..., PainEntry]


def june(day: int, hour: int = 10, minute: int = 0) -> datetime:
    """In Berlin."""
    return datetime(2026, 6, day, hour, minute, tzinfo=BERLIN)


@pytest.fixture
def score(owner: Person) -> SaveAt:
    def save(
        number: int, at: datetime, *, now: datetime | None = None, **values: object
    ) -> PainEntry:
        """Given at that very moment, unless `now` says that it was dated back."""
        given = {"id": uuid.uuid4(), "owner": owner, "began_on": None, "now": now or at}
        entry, _ = entry_save(**(given | values), score=number, at=at)  # type: ignore[arg-type]
        return entry

    return save


def the_episode(owner: Person) -> Episode:
    return Episode.objects.get(owner=owner)


def current(owner: Person) -> Episode | None:
    return Episode.objects.filter(owner=owner, closed_at=None).first()


def ask(now: datetime) -> list[EveningPrompt]:
    """Run the check at `now`; answers what it asked."""
    before = set(EveningPrompt.objects.values_list("pk", flat=True))
    while prompts.claim_prompts(now=now):
        pass
    return list(EveningPrompt.objects.exclude(pk__in=before).order_by("evening"))


def evening(day: int) -> datetime:
    """19:30 in Berlin."""
    return june(day, 19, 30)


A_MINUTE = timedelta(minutes=1)
