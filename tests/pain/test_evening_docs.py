"""docs/evening-question.md names evenings; the code has to agree."""

import re
from datetime import datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from backend.pain.nightly import Course, Evenings, next_evening

PAGE = Path(__file__).parents[2] / "docs" / "evening-question.md"
ROW = re.compile(
    r"^\| \w{3} (\d{4}-\d\d-\d\d \d\d:\d\d) \| (\w+/\w+) \| (\d\d:\d\d) \| (.+) \|$", re.MULTILINE
)
ROWS = ROW.findall(PAGE.read_text(encoding="utf-8"))


def test_the_page_has_its_table() -> None:
    assert len(ROWS) >= 6


@pytest.mark.parametrize(("began", "zone", "clock", "days"), ROWS)
def test_the_evenings_it_names_are_those_of_the_code(
    began: str, zone: str, clock: str, days: str
) -> None:
    tz = ZoneInfo(zone)
    onset = datetime.fromisoformat(began).replace(tzinfo=tz)
    evenings = Evenings(tz=tz, at=time.fromisoformat(clock))
    course, now = Course(onset_at=onset, began_on=onset.date()), onset
    found = []
    for _ in days.split(", "):
        day = next_evening(course, evenings, now=now)
        assert day is not None
        found.append(f"{day:%a %Y-%m-%d}")
        course = Course(onset_at=onset, began_on=onset.date(), asked=True, asked_on=day)
        now = evenings.of(day) + timedelta(minutes=1)
    assert ", ".join(found) == days
