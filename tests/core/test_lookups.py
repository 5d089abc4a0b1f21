"""Rows among many ids: the same rows as `in`, with one parameter."""

import uuid

import pytest

from backend.accounts.models import Person
from backend.reminders.models import Hold
from backend.reminders.models import HoldReason as Reason
from tests.conftest import make_person

pytestmark = [pytest.mark.service, pytest.mark.django_db]


def test_it_finds_what_is_among_them_and_nothing_else(owner: Person, stranger: Person) -> None:
    make_person()
    wanted = [owner.pk, stranger.pk, uuid.uuid4()]
    assert set(Person.objects.filter(pk__among=wanted)) == {owner, stranger}


def test_it_reads_a_foreign_key_too(owner: Person, stranger: Person) -> None:
    mine, _ = (Hold.objects.create(owner=one, reason=Reason.PAUSE) for one in (owner, stranger))
    assert list(Hold.objects.filter(owner__among={owner.pk})) == [mine]


def test_among_none_there_is_nothing(owner: Person) -> None:
    assert not Person.objects.filter(pk__among=[]).exists()


def test_without_what_is_among_them(owner: Person, stranger: Person) -> None:
    assert list(Person.objects.exclude(pk__among=[owner.pk])) == [stranger]


def test_however_many_ids_there_are_the_statement_is_the_same(owner: Person) -> None:
    few, many = (
        str(Person.objects.filter(pk__among=[uuid.uuid4() for _ in range(count)]).query)
        for count in (1, 5000)
    )
    assert few.count("%s") == many.count("%s")
    assert Person.objects.filter(pk__among=[uuid.uuid4() for _ in range(40_000)]).count() == 0
