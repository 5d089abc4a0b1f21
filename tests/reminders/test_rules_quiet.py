"""Quiet hours on the wall, and the instant at which they end."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from backend.reminders.rules import in_quiet_hours, quiet_end

BERLIN = ZoneInfo("Europe/Berlin")
NIGHT = (time(22), time(7))
NOON = (time(12), time(14))


def berlin(text: str, *, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN, fold=fold).astimezone(UTC)


@pytest.mark.parametrize(
    ("at", "hours", "quiet"),
    [
        ("2026-06-02 21:59:59", NIGHT, False),
        ("2026-06-02 22:00", NIGHT, True),
        ("2026-06-03 00:00", NIGHT, True),
        ("2026-06-03 06:59:59", NIGHT, True),
        ("2026-06-03 07:00", NIGHT, False),
        ("2026-06-03 11:59:59", NOON, False),
        ("2026-06-03 12:00", NOON, True),
        ("2026-06-03 14:00", NOON, False),
        ("2026-06-03 00:00", NOON, False),
    ],
)
def test_they_hold_from_their_start_until_just_before_their_end(
    at: str, hours: tuple[time, time], quiet: bool
) -> None:
    assert in_quiet_hours(berlin(at), BERLIN, *hours) is quiet


@pytest.mark.parametrize(
    ("at", "hours", "end"),
    [
        ("2026-06-02 22:00", NIGHT, "2026-06-03 07:00"),
        ("2026-06-02 23:59:59", NIGHT, "2026-06-03 07:00"),
        ("2026-06-03 00:00", NIGHT, "2026-06-03 07:00"),
        ("2026-06-03 06:59", NIGHT, "2026-06-03 07:00"),
        ("2026-06-03 12:00", NOON, "2026-06-03 14:00"),
        ("2026-03-28 23:00", NIGHT, "2026-03-29 07:00"),
        ("2026-10-24 23:00", NIGHT, "2026-10-25 07:00"),
    ],
)
def test_they_end_by_the_clock_on_the_wall(at: str, hours: tuple[time, time], end: str) -> None:
    assert quiet_end(berlin(at), BERLIN, *hours) == berlin(end)


def test_outside_them_there_is_nothing_to_wait_for() -> None:
    at = berlin("2026-06-03 10:00")
    assert quiet_end(at, BERLIN, *NIGHT) == at


def test_an_end_that_the_clocks_leave_out_comes_as_they_jump() -> None:
    at, jump = berlin("2026-03-29 01:30"), datetime(2026, 3, 29, 1, 0, tzinfo=UTC)
    assert quiet_end(at, BERLIN, time(22), time(2, 30)) == jump
    assert not in_quiet_hours(jump, BERLIN, time(22), time(2, 30))


def test_hours_that_the_clocks_leave_out_whole_are_no_hours_that_night() -> None:
    jump = datetime(2026, 3, 29, 1, 0, tzinfo=UTC)
    assert not in_quiet_hours(jump, BERLIN, time(2, 10), time(2, 50))


def test_a_repeated_hour_does_not_begin_them_again() -> None:
    hours = (time(22), time(2, 30))
    assert quiet_end(berlin("2026-10-25 02:10"), BERLIN, *hours) == berlin("2026-10-25 02:30")
    assert not in_quiet_hours(berlin("2026-10-25 02:10", fold=1), BERLIN, *hours)


def test_a_repeated_hour_does_not_interrupt_them() -> None:
    hours = (time(2, 30), time(6))
    again = berlin("2026-10-25 02:10", fold=1)
    assert in_quiet_hours(again, BERLIN, *hours)
    assert quiet_end(again, BERLIN, *hours) == berlin("2026-10-25 06:00")
