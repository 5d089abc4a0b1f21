""" "Done" on the lock screen: a walk of the planned minutes, where there can have been one."""

import pytest

from backend.accounts.models import Person
from backend.walking.models import FollowUp, Walk
from backend.walking.walks import walk_said_done
from tests.conftest import NOW
from tests.walking.cast import (
    DAY,
    HOUR,
    MINUTE,
    june,
    open_gate,
    scored_walk,
    start_plan,
    tick_gate,
    walk_at,
)

pytestmark = [pytest.mark.service, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def plan(owner: Person) -> None:
    open_gate(owner)
    start_plan(owner, june(1))


def test_it_ended_when_that_was_said(owner: Person) -> None:
    walk = walk_said_done(owner, NOW - MINUTE, NOW)
    assert walk
    assert (walk.source, walk.planned_minutes, walk.seconds) == ("reminder", 9, 540)
    assert walk.ended_at == NOW - MINUTE


def test_it_is_asked_about_like_any_other(owner: Person) -> None:
    walk_said_done(owner, NOW, NOW)
    assert FollowUp.objects.count() == 2


def test_said_days_later_it_is_the_dose_of_that_day(owner: Person) -> None:
    for number in range(1, 5):
        scored_walk(owner, june(number))
    for at, minutes in ((june(8), 10), (june(5), 9)):
        walk = walk_said_done(owner, at, june(9))
        assert walk
        assert walk.planned_minutes == minutes


def test_a_walk_of_that_day_is_the_one_that_was_meant(owner: Person) -> None:
    walk_at(owner, NOW - 3 * HOUR)
    assert walk_said_done(owner, NOW, NOW) is None
    assert Walk.objects.count() == 1


def test_the_walk_of_yesterday_is_another(owner: Person) -> None:
    walk_at(owner, NOW - DAY)
    assert walk_said_done(owner, NOW, NOW)


def test_without_a_plan_nobody_knows_how_long_it_was(stranger: Person) -> None:
    assert walk_said_done(stranger, NOW, NOW) is None


def test_before_the_plan_began_there_was_none(owner: Person) -> None:
    assert walk_said_done(owner, june(0), NOW) is None


def test_while_walking_is_blocked_there_was_none(owner: Person) -> None:
    tick_gate(owner, at=NOW - HOUR)
    assert walk_said_done(owner, NOW, NOW) is None
    assert not Walk.objects.exists()
