"""Fills the database of a run, as a process of that server: `python -m tests.chaos.seeding`.

Reads one JSON object, writes the moment (seconds since 1970) from which the dues count.
"""

import json
import sys
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import django

django.setup()

from django.utils import timezone  # noqa: E402

from backend.accounts import services as accounts  # noqa: E402
from backend.accounts.models import Person  # noqa: E402
from backend.push import services as push  # noqa: E402
from backend.reminders import services as reminders  # noqa: E402
from backend.reminders.models import Reminder  # noqa: E402
from tests.chaos.plan import ONE_OFF  # noqa: E402

HEAD_START = timedelta(seconds=2)
EVERY_DAY = [0, 1, 2, 3, 4, 5, 6]


def main() -> None:
    given = json.load(sys.stdin)
    now = timezone.now()
    persons = [_person(now) for _ in range(given["persons"])]
    for device in given["devices"]:
        _device(persons[device["person"]], device, now)
    regular = [due for due in given["dues"] if not due["one_off"]]
    for number, due in enumerate(regular):
        _reminder(persons[due["person"]], due, now, number)
    start = timezone.now() + HEAD_START + timedelta(milliseconds=3 * len(given["dues"]))
    for due in regular:  # times a person sets are whole minutes; these have to be spread
        moment = start + timedelta(seconds=due["at"])
        Reminder.objects.filter(pk=due["id"]).update(next_due_at=moment)
    for due in given["dues"]:
        if due["one_off"]:
            reminders.schedule_once(
                kind=due["kind"],
                person=persons[due["person"]],
                dedupe_key=ONE_OFF + due["id"],
                due_at=start + timedelta(seconds=due["at"]),
            )
    print(start.timestamp())


def _person(now: datetime) -> Person:
    return accounts.person_create(time_zone="UTC", locale="en", country="", consent=True, now=now)


def _device(owner: Person, device: dict[str, Any], now: datetime) -> None:
    push.subscription_save(
        id=UUID(device["id"]),
        owner=owner,
        endpoint=device["endpoint"],
        user_agent="Mozilla/5.0 (Android 15; Mobile; rv:153.0) Gecko/153.0 Firefox/153.0",
        origin="https://back.example.org",
        now=now,
        **device["keys"],
    )


def _reminder(owner: Person, due: dict[str, Any], now: datetime, number: int) -> None:
    """Its own times are half a day away, so that only the moment set above is ever due."""
    time = now.astimezone(UTC) + timedelta(hours=11, minutes=number % 60)
    reminders.reminder_save(
        id=UUID(due["id"]),
        owner=owner,
        kind=due["kind"],
        schedule={"days": EVERY_DAY, "times": [f"{time:%H:%M}"]},
        enabled=True,
        now=now,
    )


if __name__ == "__main__":
    main()
