"""docs/reminders.md says what the rules do: every example that names a zone is tried."""

import re
from datetime import datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from backend.reminders.rules import in_quiet_hours, next_due, parse_schedule, quiet_end

PAGE = Path(__file__).parents[2] / "docs" / "reminders.md"
WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
CLOCK = r"\d\d:\d\d"
ASKED = re.compile(
    rf"(?P<days>\S+) (?:(?P<start>{CLOCK}) to (?P<end>{CLOCK}) every (?P<every>\d+)"
    rf"(?: except (?P<spare>{CLOCK}-{CLOCK}))?|(?P<times>{CLOCK}(?:, {CLOCK})*))"
)
MOMENT = re.compile(rf"(?P<weekday>\w+) (?P<at>\S+ {CLOCK})(?P<again> again)?")


def rows(header: str) -> list[list[str]]:
    """The cells of every row under tables with this header."""
    found, inside = [], False
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        inside = line == header or (inside and line.startswith("|"))
        if inside and line != header and "---" not in line:
            found.append([cell.strip() for cell in line.strip("|").split("|")])
    return found


SLOTS = rows("| Asked for | Zone | After | Next |")
QUIET = rows("| Quiet hours | Zone | Now | Until |")


def schedule_of(text: str) -> dict[str, Any]:
    found = ASKED.fullmatch(text)
    assert found, text
    days = {"days": days_of(found["days"])}
    if found["times"]:
        return days | {"times": found["times"].split(", ")}
    spare = [found["spare"].split("-")] if found["spare"] else []
    return days | {
        "from": found["start"], "to": found["end"], "every_minutes": int(found["every"]),
        "except": spare,
    }  # fmt: skip


def days_of(text: str) -> list[int]:
    if text == "daily":
        return list(range(7))
    first, last = (WEEKDAYS.index(name) for name in (text.split("-") * 2)[:2])
    return list(range(first, last + 1))


def moment_of(text: str, tz: ZoneInfo) -> datetime:
    found = MOMENT.fullmatch(text)
    assert found, text
    at = datetime.fromisoformat(found["at"]).replace(tzinfo=tz, fold=bool(found["again"]))
    assert WEEKDAYS[at.weekday()] == found["weekday"], text
    return at


def shown(at: datetime, tz: ZoneInfo) -> str:
    wall = at.astimezone(tz)
    return f"{WEEKDAYS[wall.weekday()]} {wall:%H:%M}" + (" again" if wall.fold else "")


@pytest.mark.parametrize(("asked", "zone", "after", "expected"), SLOTS)
def test_a_reminder_comes_when_the_page_says(
    asked: str, zone: str, after: str, expected: str
) -> None:
    schedule, tz = parse_schedule(schedule_of(asked)), ZoneInfo(zone)
    at: datetime | None = moment_of(after, tz)
    found = []
    for _ in expected.split(", "):
        assert at is not None
        at = next_due(schedule, tz, at)
        assert at is not None
        found.append(shown(at, tz))
    assert ", ".join(found) == expected


@pytest.mark.parametrize(("hours", "zone", "now", "until"), QUIET)
def test_quiet_hours_hold_as_the_page_says(hours: str, zone: str, now: str, until: str) -> None:
    tz = ZoneInfo(zone)
    start, end = (time.fromisoformat(clock) for clock in hours.split("-"))
    at = moment_of(now, tz)
    if in_quiet_hours(at, tz, start, end):
        assert shown(quiet_end(at, tz, start, end), tz) == until
    else:
        assert until == "not quiet"


def test_the_page_has_the_examples_that_it_promises() -> None:
    """A table that nobody reads would promise nothing."""
    assert len(SLOTS) >= 15
    assert len(QUIET) >= 7
