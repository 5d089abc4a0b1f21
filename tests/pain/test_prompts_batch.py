"""Many questions at once: in batches, at a steady cost, and past a row that is broken."""

from collections import Counter
from datetime import date, time
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backend.accounts import services as accounts
from backend.accounts.models import Person
from backend.accounts.services import PersonChange
from backend.pain import nightly
from backend.pain.models import Episode, EveningPrompt
from backend.pain.nightly import Course, next_evening
from backend.pain.prompts import claim_prompts
from backend.pain.services import entry_save
from backend.reminders.models import Delivery
from tests.conftest import make_person
from tests.pain.conftest import SaveAt, ask, evening, june, the_episode

pytestmark = [pytest.mark.service, pytest.mark.django_db]


def many(count: int) -> None:
    for _ in range(count):
        person = make_person(now=june(1))
        entry_save(id=uuid4(), owner=person, score=5, at=june(1), began_on=None, now=june(1))


def test_a_check_takes_a_batch_at_a_time_until_nobody_is_left(db: None) -> None:
    many(5)
    assert [claim_prompts(now=evening(4), limit=2) for _ in range(4)] == [2, 2, 1, 0]
    assert EveningPrompt.objects.count() == Delivery.objects.count() == 5


def statements(people: int) -> Counter[str]:
    """What a claim says to the database about so many, each with an evening of their own."""
    many(people)
    for minute, person in enumerate(Person.objects.all()):
        change = PersonChange(evening_check_at=time(18, minute))
        accounts.person_update(person=person, change=change, now=june(2))
    with CaptureQueriesContext(connection) as said:
        assert claim_prompts(now=evening(4)) == people
    moved_on = Episode.objects.values_list("next_prompt_at", flat=True)
    assert set(moved_on) == {june(7, 18, minute) for minute in range(people)}
    Person.objects.all().delete()
    return Counter(one["sql"].split()[0] for one in said)


def test_a_batch_takes_as_many_statements_for_60_as_for_10(db: None) -> None:
    few, more = statements(10), statements(60)
    if connection.features.max_query_params:  # SQLite inserts some forty messages at a time
        del few["INSERT"], more["INSERT"]
    assert few == more


def test_one_broken_row_does_not_hold_up_the_others(
    owner: Person, stranger: Person, score: SaveAt, caplog: pytest.LogCaptureFixture
) -> None:
    score(4, june(1))
    entry_save(id=uuid4(), owner=stranger, score=5, at=june(1), began_on=None, now=june(1))
    Person.objects.filter(pk=owner.pk).update(time_zone="Atlantis/Poseidonis")
    (prompt,) = ask(evening(4))
    assert prompt.owner == stranger
    assert "can't be asked about and is set aside" in caplog.text
    assert claim_prompts(now=evening(4)) == 0


def test_one_that_can_be_asked_but_not_planned_on_does_not_either(
    owner: Person, stranger: Person, score: SaveAt, monkeypatch: pytest.MonkeyPatch
) -> None:
    score(4, june(1))
    entry_save(id=uuid4(), owner=stranger, score=5, at=june(2), began_on=None, now=june(2))

    def broken(course: Course, *given: Any, **named: Any) -> date | None:
        if course.onset_at == june(1):
            raise OverflowError("date value out of range")
        return next_evening(course, *given, **named)

    monkeypatch.setattr(nightly, "next_evening", broken)
    (prompt,) = ask(evening(5))
    assert prompt.owner == stranger
    assert the_episode(owner).next_prompt_at is None
    assert the_episode(stranger).next_prompt_at == evening(8)
