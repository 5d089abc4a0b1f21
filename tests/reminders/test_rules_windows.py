"""Windows: every so many minutes from one time to another, and over midnight."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from backend.reminders.rules import latest_due, next_due, parse_schedule

BERLIN = ZoneInfo("Europe/Berlin")
TUESDAY = datetime(2026, 6, 2, tzinfo=BERLIN)
DAY = timedelta(days=1)


def window(start: str, end: str, every: int, *spare: list[str], days: Any = (1,)) -> dict[str, Any]:
    return {
        "days": list(days), "from": start, "to": end, "every_minutes": every, "except": list(spare),
    }  # fmt: skip


def shown(asked: dict[str, Any], start: datetime, length: timedelta) -> list[str]:
    """What the clock on the wall shows at each slot."""
    return [f"{at.astimezone(BERLIN):%H:%M}" for at in slots(asked, start, length)]


def slots(asked: dict[str, Any], start: datetime, length: timedelta) -> Iterator[datetime]:
    schedule = parse_schedule(asked)
    at = next_due(schedule, BERLIN, start - timedelta(seconds=1))
    while at is not None and at < start + length:
        yield at
        at = next_due(schedule, BERLIN, at)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (window("09:00", "12:00", 60), "09:00 10:00 11:00 12:00"),
        (window("09:00", "12:00", 45), "09:00 09:45 10:30 11:15 12:00"),
        (window("09:00", "11:59", 60), "09:00 10:00 11:00"),
        (window("09:00", "09:30", 60), "09:00"),
        (window("00:00", "23:59", 720), "00:00 12:00"),
        (window("09:00", "13:00", 60, ["11:00", "12:00"]), "09:00 10:00 12:00 13:00"),
        (window("09:00", "13:00", 60, ["10:30", "11:01"]), "09:00 10:00 12:00 13:00"),
        (window("09:00", "13:00", 60, ["08:00", "10:00"], ["12:30", "14:00"]), "10:00 11:00 12:00"),
        (window("09:00", "11:00", 60, ["14:00", "15:00"]), "09:00 10:00 11:00"),
    ],
)
def test_a_day_of_a_window(asked: dict[str, Any], expected: str) -> None:
    assert " ".join(shown(asked, TUESDAY, DAY)) == expected


def test_over_midnight_it_belongs_to_the_day_it_starts_on() -> None:
    asked = window("22:00", "02:00", 60)
    assert shown(asked, TUESDAY, DAY) == ["22:00", "23:00"]
    assert shown(asked, TUESDAY + DAY, DAY) == ["00:00", "01:00", "02:00"]


def test_on_sunday_it_ends_on_monday() -> None:
    sunday = TUESDAY + 5 * DAY
    asked = window("23:00", "01:00", 60, days=[6])
    assert shown(asked, sunday, 7 * DAY) == ["23:00", "00:00", "01:00"]


def test_nights_in_a_row_follow_each_other() -> None:
    asked = window("22:00", "06:00", 240, days=[1, 2])
    assert shown(asked, TUESDAY, 3 * DAY) == ["22:00", "02:00", "06:00"] * 2


def test_an_exception_may_cross_midnight_with_its_window() -> None:
    asked = window("22:00", "02:00", 30, ["23:30", "01:00"])
    assert shown(asked, TUESDAY, 2 * DAY) == ["22:00", "22:30", "23:00", "01:00", "01:30", "02:00"]


def test_an_exception_past_midnight_needs_no_start_before_it() -> None:
    asked = window("22:00", "02:00", 60, ["00:00", "01:00"])
    assert shown(asked, TUESDAY, 2 * DAY) == ["22:00", "23:00", "01:00", "02:00"]


def test_the_hour_that_clocks_leave_out_is_one_slot_and_the_steps_go_on_by_the_wall() -> None:
    night = datetime(2026, 3, 29, tzinfo=BERLIN)  # from 02:00 to 03:00
    asked = window("01:00", "04:00", 30, days=[6])
    assert shown(asked, night, DAY) == ["01:00", "01:30", "03:00", "03:30", "04:00"]


def test_the_hour_that_clocks_repeat_is_not_reminded_twice() -> None:
    night = datetime(2026, 10, 25, tzinfo=BERLIN)  # from 03:00 back to 02:00
    asked = window("01:30", "03:30", 30, days=[6])
    found = list(slots(asked, night, DAY))
    assert [f"{at.astimezone(BERLIN):%H:%M}" for at in found] == [
        "01:30", "02:00", "02:30", "03:00", "03:30",
    ]  # fmt: skip
    assert found[3] - found[2] == timedelta(minutes=90)


def test_the_latest_slot_of_a_window_is_yesterdays_before_it_starts() -> None:
    schedule = parse_schedule(window("09:00", "12:00", 45, days=range(7)))
    at = datetime(2026, 6, 3, 8, 59, tzinfo=BERLIN)
    assert latest_due(schedule, BERLIN, at) == datetime(2026, 6, 2, 10, 0, tzinfo=UTC)
