"""Fills the database of a run of evenings, as a process of that server.

Reads one JSON object; answers the ids of the people as a list, in the order of its devices.
"""

import json
import sys
from datetime import datetime
from typing import Any
from uuid import UUID

import django

django.setup()

from django.utils import timezone  # noqa: E402

from backend.accounts import services as accounts  # noqa: E402
from backend.accounts.models import Person  # noqa: E402
from backend.pain.models import Episode, PainEntry  # noqa: E402
from backend.push import services as push  # noqa: E402

SCORE = 5


def main() -> None:
    given = json.load(sys.stdin)
    now = timezone.now()
    people = [_person(device, now) for device in given["devices"]]
    onset, first = (datetime.fromisoformat(given[name]) for name in ("onset", "first"))
    episodes = [
        Episode(owner=person, onset_at=onset, began_on=onset.date(), next_prompt_at=first)
        for person in people
    ]
    Episode.objects.bulk_create(episodes)
    PainEntry.objects.bulk_create(
        PainEntry(owner=episode.owner, episode=episode, score=SCORE, at=onset)
        for episode in episodes
    )
    print(json.dumps([str(person.pk) for person in people]))


def _person(device: dict[str, Any], now: datetime) -> Person:
    person = accounts.person_create(time_zone="UTC", locale="en", country="", consent=True, now=now)
    push.subscription_save(
        id=UUID(device["id"]),
        owner=person,
        endpoint=device["endpoint"],
        user_agent="Mozilla/5.0 (Android 15; Mobile; rv:153.0) Gecko/153.0 Firefox/153.0",
        origin="https://back.example.org",
        now=now,
        **device["keys"],
    )
    return person


if __name__ == "__main__":
    main()
