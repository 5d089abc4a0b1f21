"""docs/walking.md says what the rules do: every row of its tables is tried."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from backend.pain.flare_rules import resume_percent
from backend.walking import backward_rules, rules, timing
from backend.walking.rules import Scores
from tests.walking.courses import standing, weeks_of
from tests.walking.simulation import weeks_to_target

PAGE = Path(__file__).parents[2] / "docs" / "walking.md"
LINES = PAGE.read_text(encoding="utf-8").splitlines()


def rows(header: str) -> list[list[str]]:
    """The cells of every row under the table with this header."""
    found, inside = [], False
    for line in LINES:
        inside = line == header or (inside and line.startswith("|"))
        if inside and line != header and "---" not in line:
            found.append([cell.strip() for cell in line.strip("|").split("|")])
    return found


STARTS = rows("| Comfortable | Walks already | Starts with |")
LIGHTS = rows("| Before | Right after | Later | Next morning | A day after | Light |")
STEPS = rows("| Now | After a good week |")
WEEKS = rows("| Walked | On Monday | Why |")
BREAKS = rows("| Whole days without a walk | 20 minutes become |")
BOUTS = rows("| Good weeks so far | Minutes a session | Bouts |")
NUMBERS = rows("| Number | Value |")
ANSWERS = ("after", "later", "morning", "day_after")


def minutes(text: str) -> int:
    return int(text.removesuffix(" min"))


@pytest.mark.parametrize(("comfortable", "walks", "start"), STARTS)
def test_a_plan_starts_as_the_page_says(comfortable: str, walks: str, start: str) -> None:
    found = rules.start_minutes(minutes(comfortable), walks_already=walks == "yes")
    assert found == minutes(start)


@pytest.mark.parametrize(("before", "after", "later", "morning", "day_after", "light"), LIGHTS)
def test_a_walk_has_the_light_that_the_page_gives_it(
    before: str, after: str, later: str, morning: str, day_after: str, light: str
) -> None:
    told = dict(zip(ANSWERS, (after, later, morning, day_after), strict=True))
    scores: dict[str, Any] = {which: int(said) for which, said in told.items() if said.isdigit()}
    scores["before"] = int(before) if before.isdigit() else None
    felt = {which: said for which, said in told.items() if said in {"fine", "worse"}}
    asked = frozenset({"later", "morning"})
    assert rules.light(Scores(felt=felt, asked=asked, **scores)) == light


@pytest.mark.parametrize(("now", "then"), STEPS)
def test_a_good_week_adds_what_the_page_says(now: str, then: str) -> None:
    def dose(text: str) -> tuple[int, int]:
        per_session, days = text.split(" on ")
        return minutes(per_session), int(days.removesuffix(" days"))

    assert rules.progressed(*dose(now)) == dose(then)


@pytest.mark.parametrize(("walked", "then", "why"), WEEKS)
def test_weeks_lead_to_the_dose_that_the_page_names(walked: str, then: str, why: str) -> None:
    weeks = walked.split()
    found = standing(weeks_of(*weeks), on=7 * len(weeks))
    assert (found.minutes, found.why.code) == (minutes(then), why)


@pytest.mark.parametrize(("days", "left"), BREAKS)
def test_a_break_leaves_what_the_page_says(days: str, left: str) -> None:
    assert rules.after_missing(20, int(days), start=8) == minutes(left)


@pytest.mark.parametrize(("weeks", "total", "bouts"), BOUTS)
def test_backward_bouts_are_those_of_the_page(weeks: str, total: str, bouts: str) -> None:
    found = backward_rules.total_minutes(int(weeks))
    assert found == int(total)
    assert ", ".join(f"{seconds} s" for seconds in backward_rules.bouts(found)) == bouts


def test_its_numbers_are_those_of_the_code() -> None:
    modules = (rules, backward_rules)
    known = {
        name: value
        for module in modules
        for name, value in vars(module).items()
        if name.isupper() and isinstance(value, int)
    }
    assert {name: int(value) for name, value in NUMBERS} == known


def test_the_week_in_which_it_says_the_target_is_reached() -> None:
    assert f"five days in week {weeks_to_target(8)}." in " ".join(LINES)


def test_the_windows_that_it_names_are_those_of_the_code() -> None:
    hours = [one // timedelta(hours=1) for one in (timing.LATER_FROM, timing.LATER_TO)]
    day = [one // timedelta(hours=1) for one in (timing.DAY_FROM, timing.DAY_TO)]
    page = " ".join(LINES)
    assert f"from {hours[0]} to {hours[1]} hours after the end" in page
    assert f"from {timing.MORNING_FROM:%H:%M} to {timing.MORNING_TO:%H:%M} for the morning" in page
    assert f"from {day[0]} to {day[1]} hours after the end" in page


def test_the_shares_after_a_flare_are_those_of_the_code() -> None:
    shares = [str(resume_percent(days)) for days in (3, 7, 8)]
    assert f"{shares[0]}, {shares[1]} or {shares[2]} % of the dose from before" in " ".join(LINES)
    assert [resume_percent(days) for days in (3, 4, 7, 8)] == [70, 60, 60, 50]


def test_the_page_has_the_examples_that_it_promises() -> None:
    """A table that nobody reads would promise nothing."""
    counts = [len(one) for one in (STARTS, LIGHTS, STEPS, WEEKS, BREAKS, BOUTS)]
    assert counts == [6, 15, 6, 12, 4, 6]
