"""Several phones of one person at the same moment."""

import uuid

import pytest

from backend.walking import gates
from backend.walking.models import Clearance, GateAnswers
from tests.conftest import NOW, make_person
from tests.support.hands import HANDS, at_once

pytestmark = [pytest.mark.service, pytest.mark.django_db(transaction=True)]

ONCE = [False] * (HANDS - 1) + [True]


def test_answers_sent_from_many_phones_are_stored_once() -> None:
    owner, key = make_person(), uuid.uuid4()
    ticked = gates.Ticked(yes=["fall"], at=NOW)

    def save(_number: int) -> bool:
        return gates.answers_save(id=key, owner=owner, ticked=ticked, now=NOW)[1]

    assert sorted(at_once(save)) == ONCE
    assert GateAnswers.objects.count() == 1


def test_a_clearance_sent_from_many_phones_is_stored_once() -> None:
    owner, key, today = make_person(), uuid.uuid4(), NOW.date()

    def save(_number: int) -> bool:
        return gates.clearance_save(
            id=key, owner=owner, clinician="doctor", seen_on=today, now=NOW
        )[1]

    assert sorted(at_once(save)) == ONCE
    assert Clearance.objects.count() == 1
