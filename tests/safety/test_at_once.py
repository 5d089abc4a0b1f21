"""Several phones of one person at the same moment."""

import uuid

import pytest

from backend.reminders.models import Hold
from backend.safety.models import Block, SymptomCheck
from backend.safety.services import Answers, check_save
from tests.conftest import NOW, make_person
from tests.support.hands import HANDS, at_once

pytestmark = [pytest.mark.service, pytest.mark.django_db(transaction=True)]


def test_emergencies_from_many_phones_make_one_block() -> None:
    owner = make_person()

    def answer(_number: int) -> bool:
        _, new = check_save(owner=owner, answers=Answers(symptoms=["chest_pain"]), now=NOW)
        return new

    assert at_once(answer) == [True] * HANDS
    assert SymptomCheck.objects.count() == HANDS
    assert (Block.objects.count(), Hold.objects.count()) == (1, 1)


def test_one_check_sent_from_many_phones_is_stored_once() -> None:
    owner, key = make_person(), uuid.uuid4()
    answers = Answers(symptoms=["chest_pain"], at=NOW)

    def answer(_number: int) -> bool:
        return check_save(id=key, owner=owner, answers=answers, now=NOW)[1]

    assert sorted(at_once(answer)) == [False] * (HANDS - 1) + [True]
    assert (SymptomCheck.objects.count(), Block.objects.count()) == (1, 1)
