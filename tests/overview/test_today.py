"""Today: one answer, a fixed number of queries."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from pytest_django import DjangoAssertNumQueries
from rest_framework.test import APIClient

from backend.accounts.models import Person
from backend.overview import selectors
from backend.pain import flares
from backend.pain import services as pain
from backend.pain.prompts import claim_prompts
from backend.safety.services import Answers, check_save
from tests.conftest import NOW, MakeReminder
from tests.walking.asking import plan, walked
from tests.walking.gating import answer as answer_gate

pytestmark = [pytest.mark.service, pytest.mark.django_db]


def save(owner: Person, score: int, at: datetime) -> None:
    pain.entry_save(id=uuid.uuid4(), owner=owner, score=score, at=at, began_on=None, now=at)


def test_a_new_person_sees_an_empty_day(owner: Person) -> None:
    found = selectors.today(owner, now=NOW)
    assert (found.latest_entry, found.next_reminder, found.reminders_today) == (None, None, [])
    assert (found.episode, found.prompt, found.block, found.flare, found.check) == (None,) * 5
    assert found.measures_due == []
    assert (found.walk, found.follow_ups) == (None, [])


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


def test_it_takes_21_queries_however_much_there_is(
    owner: Person,
    as_owner: APIClient,
    make_reminder: MakeReminder,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for hour in range(13, 23):
        make_reminder(owner, f"{hour}:00")
    save(owner, 6, NOW - timedelta(days=5))
    for days in range(1, 4):
        save(owner, 5, NOW - timedelta(days=days))
        claim_prompts(now=NOW - timedelta(days=days))
    plan(owner)
    for hours in range(4, 48):
        walked(owner, NOW - hours * timedelta(hours=1), now=NOW)
    with django_assert_max_num_queries(21):
        found = selectors.today(owner, now=NOW)
        assert found.prompt
        assert found.walk
        assert len(found.follow_ups) > 10
    with django_assert_max_num_queries(24), time_machine.travel(NOW, tick=False):
        as_owner.get("/api/v1/today")  # with the session's own two, and what the question wants


def test_pain_that_lasts_stands_there_with_its_question(owner: Person) -> None:
    save(owner, 6, NOW - timedelta(days=5))
    evening = NOW - timedelta(hours=16)
    claim_prompts(now=evening)
    found = selectors.today(owner, now=NOW)
    assert found.episode is not None
    assert found.prompt is not None
    assert found.prompt.episode == found.episode


def test_what_an_emergency_forbids_stands_there(owner: Person) -> None:
    check, _ = check_save(owner=owner, answers=Answers(symptoms=["chest_pain"]), now=NOW)
    found = selectors.today(owner, now=NOW)
    assert found.check == check
    assert found.block is not None
    assert found.block.check_made == check


def test_a_flare_stands_there_with_its_day(owner: Person) -> None:
    began = NOW - timedelta(days=1)
    flares.flare_start(id=uuid.uuid4(), owner=owner, at=began, now=began)
    found = selectors.today(owner, now=NOW).flare
    assert found is not None
    assert found.day == 2


def test_the_walk_of_the_plan_stands_there(owner: Person, as_owner: APIClient) -> None:
    plan(owner)
    walked(owner, NOW)
    with time_machine.travel(NOW, tick=False):
        found = as_owner.get("/api/v1/today").json()["walk"]
    assert found.pop("why")["code"] == "start"
    assert found == {
        "gate": "open",
        "minutes": 8,
        "walked_seconds": 12 * 60,
        "planned": True,
        "left_out": "",
        "days": [2, 4],
    }


def test_what_blocks_the_walk_is_said_there(owner: Person) -> None:
    plan(owner)
    answer_gate(owner, "osteoporosis", now=NOW + timedelta(minutes=1))
    found = selectors.today(owner, now=NOW + timedelta(minutes=2)).walk
    assert found is not None
    assert found.gate == "blocked"


def test_a_question_about_a_walk_waits_there(owner: Person, as_owner: APIClient) -> None:
    walk = walked(owner, NOW - timedelta(hours=4), now=NOW)
    with time_machine.travel(NOW, tick=False):
        (found,) = as_owner.get("/api/v1/today").json()["follow_ups"]
    assert (found["walk"]["id"], found["which"], found["open"]) == (str(walk.pk), "later", True)


def test_a_stranger_sees_nothing_of_it(
    owner: Person, make_reminder: MakeReminder, as_stranger: APIClient
) -> None:
    make_reminder(owner)
    plan(owner)
    walked(owner, NOW - timedelta(hours=4), now=NOW)
    with time_machine.travel(NOW, tick=False):
        answer = as_stranger.get("/api/v1/today").json()
    assert (answer["next_reminder"], answer["reminders_today"]) == (None, [])
    assert (answer["walk"], answer["follow_ups"]) == (None, [])
