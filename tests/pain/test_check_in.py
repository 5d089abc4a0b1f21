"""Whoever has said how their back is isn't asked again."""

import uuid
from datetime import timedelta

import pytest

from backend.accounts.models import Person
from backend.pain.kinds import CHECK_IN
from backend.pain.models import PainEntry
from backend.reminders import registry
from tests.conftest import NOW

pytestmark = [pytest.mark.service, pytest.mark.django_db]

SINCE = NOW - timedelta(days=1)
SECOND = timedelta(seconds=1)


def done(person: Person) -> bool:
    """Whether somebody who was asked at SINCE has scored since then."""
    return bool(CHECK_IN.done({person.pk}, SINCE).get(person.pk))


def score(owner: Person, *, after: timedelta) -> None:
    PainEntry.objects.create(id=uuid.uuid4(), owner=owner, score=4, at=SINCE + after)


def test_without_a_score_it_is_asked(owner: Person) -> None:
    assert not done(owner)


@pytest.mark.parametrize("after", [timedelta(days=-1), -SECOND, timedelta()])
def test_a_score_up_to_the_last_time_does_not_count(owner: Person, after: timedelta) -> None:
    score(owner, after=after)
    assert not done(owner)


@pytest.mark.parametrize("after", [SECOND, timedelta(hours=23), timedelta(days=1)])
def test_a_score_since_then_does(owner: Person, after: timedelta) -> None:
    score(owner, after=after)
    assert done(owner)


def test_a_phone_whose_clock_is_ahead_counts_too(owner: Person) -> None:
    score(owner, after=timedelta(days=1, minutes=4))
    assert done(owner)


def test_a_strangers_score_does_not(owner: Person, stranger: Person) -> None:
    score(stranger, after=SECOND)
    assert not done(owner)


def test_the_planner_knows_the_kind() -> None:
    assert registry.get("check_in") is CHECK_IN
    assert "check_in" in registry.settable()
