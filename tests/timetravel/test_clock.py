"""The clock that the stories are told by."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from tests.timetravel import clock
from tests.timetravel.clock import Clock

MOMENT = datetime(2026, 9, 27, 2, 30, tzinfo=UTC)
A_LITTLE = timedelta(seconds=1)


@pytest.fixture
def wall(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Clock:
    """On the wall of this very process, until the test ends."""
    set_to = Clock(tmp_path / "clock.json", MOMENT)
    monkeypatch.setenv(clock.FILE, str(set_to.path))
    monkeypatch.setattr(timezone, "now", timezone.now)
    clock.hang_up()
    return set_to


def test_django_has_the_time_of_the_clock(wall: Clock) -> None:
    assert timedelta(0) <= timezone.now() - MOMENT < A_LITTLE
    assert timedelta(0) <= wall.now() - MOMENT < A_LITTLE


def test_it_is_heard_at_once_when_the_clock_is_set(wall: Clock) -> None:
    assert timezone.now() < MOMENT + A_LITTLE
    later = MOMENT + timedelta(days=3)
    wall.set(later)
    assert timedelta(0) <= timezone.now() - later < A_LITTLE


def test_no_two_readings_are_equal(wall: Clock) -> None:
    readings = [timezone.now()]
    while len(readings) < 5:
        if (now := timezone.now()) != readings[-1]:
            readings.append(now)
    assert readings == sorted(readings)
