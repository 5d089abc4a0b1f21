"""Several devices of one person at the same moment."""

import uuid

import pytest

from backend.core.errors import Conflict
from backend.walking import walks
from backend.walking.backward import unlock_save
from backend.walking.models import BackwardUnlock, FollowUp, Walk
from tests.conftest import NOW, make_person
from tests.support.hands import HANDS, at_once
from tests.walking.cast import HOUR, MINUTE, open_gate, values_of

pytestmark = [pytest.mark.service, pytest.mark.django_db(transaction=True)]


def test_two_devices_that_recorded_one_walk_make_one() -> None:
    owner = make_person()

    def record(number: int) -> str:
        given = values_of(NOW - HOUR + number * MINUTE)
        try:
            walks.walk_save(id=uuid.uuid4(), owner=owner, values=given, now=NOW)
        except Conflict as refusal:
            return refusal.code
        return "stored"

    assert sorted(at_once(record)) == ["stored"] + ["walk_overlaps"] * (HANDS - 1)
    assert Walk.objects.count() == 1


def test_one_walk_uploaded_by_several_devices_is_stored_and_asked_about_once() -> None:
    owner, key, given = make_person(), uuid.uuid4(), values_of(NOW - HOUR)
    results = at_once(lambda _: walks.walk_save(id=key, owner=owner, values=given, now=NOW)[1])
    assert sorted(results) == [False] * (HANDS - 1) + [True]
    assert Walk.objects.count() == 1
    assert sorted(FollowUp.objects.values_list("which", flat=True)) == ["later", "morning"]


def test_several_devices_unlock_once() -> None:
    owner = make_person()
    open_gate(owner)

    def unlock(number: int) -> bool:
        _, new = unlock_save(
            id=uuid.uuid4(), owner=owner, stand_seconds=10 + number, over_65=False, now=NOW
        )
        return new

    assert sorted(at_once(unlock)) == [False] * (HANDS - 1) + [True]
    assert BackwardUnlock.objects.count() == 1
