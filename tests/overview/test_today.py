"""Today: one answer, a fixed number of queries."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from rest_framework.test import APIClient

from backend.accounts.models import Person
from backend.overview import selectors
from backend.pain import services as pain
from tests.conftest import NOW, MakeReminder

pytestmark = [pytest.mark.service, pytest.mark.django_db]


def test_a_new_person_sees_an_empty_day(owner: Person) -> None:
    found = selectors.today(owner, now=NOW)
    assert (found.latest_entry, found.next_reminder, found.reminders_today) == (None, None, [])


def test_the_date_is_the_persons_own(owner: Person) -> None:
    late = datetime(2026, 6, 3, 22, 30, tzinfo=UTC)  # half past midnight in Berlin
    assert selectors.today(owner, now=late).date.isoformat() == "2026-06-04"


def test_the_latest_entry_is_the_one_felt_last(owner: Person) -> None:
    for score, hours in ((3, 1), (7, 5)):
        pain.entry_save(
            id=uuid.uuid4(),
            owner=owner,
            score=score,
            at=NOW - timedelta(hours=hours),
            began_on=None,
            now=NOW,
        )
    entry = selectors.today(owner, now=NOW).latest_entry
    assert entry is not None
    assert entry.score == 3


def test_what_is_still_to_come_today_is_in_order(
    owner: Person, make_reminder: MakeReminder
) -> None:
    evening = make_reminder(owner, "21:00")
    both = make_reminder(owner, "08:00", "17:30")
    slots = selectors.today(owner, now=NOW).reminders_today
    assert [(slot.reminder, slot.due_at.hour) for slot in slots] == [(both, 15), (evening, 19)]


def test_a_reminder_that_is_off_is_not_to_come(owner: Person, make_reminder: MakeReminder) -> None:
    make_reminder(owner, enabled=False)
    assert selectors.today(owner, now=NOW).next_reminder is None


def test_it_takes_two_queries_however_many_reminders(
    owner: Person, make_reminder: MakeReminder, django_assert_num_queries: object
) -> None:
    for hour in range(13, 23):
        make_reminder(owner, f"{hour}:00")
    with django_assert_num_queries(2):  # type: ignore[operator]
        selectors.today(owner, now=NOW)


def test_a_stranger_sees_nothing_of_it(
    owner: Person, make_reminder: MakeReminder, as_stranger: APIClient
) -> None:
    make_reminder(owner)
    answer = as_stranger.get("/api/v1/today").json()
    assert (answer["next_reminder"], answer["reminders_today"]) == (None, [])
