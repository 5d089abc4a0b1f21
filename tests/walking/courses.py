"""Plans that begin on Monday 1 June 2026, and a short way of writing down what was walked."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from backend.walking.course import Change, Choice, Course, Session, Standing, unfold
from backend.walking.rules import Light

MONDAY = date(2026, 6, 1)
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
DAYS = (0, 2, 4, 5)  # Monday, Wednesday, Friday, Saturday
LIGHTS = {
    "g": Light.GREEN, "a": Light.AMBER, "r": Light.RED, "u": Light.UNKNOWN, "w": Light.WAITING,
}  # fmt: skip
RISES = {"a": 4, "r": 5}


def day(number: int) -> date:
    """0 is the Monday on which the plans begin."""
    return MONDAY + DAY * number


def walked(number: int, light: str = "g", minutes: float = 30, **values: Any) -> Session:
    rise = RISES.get(light, 0)
    given: dict[str, Any] = {
        "day": day(number),
        "seconds": int(minutes * 60),
        "light": LIGHTS[light],
        "rise": rise,
    }
    return Session(**(given | values))


def weeks_of(*weeks: str, minutes: float = 30) -> list[Session]:
    """One week a word, one letter a day from Monday on; a dot is a day without a walk."""
    return [
        walked(7 * number + weekday, letter, minutes)
        for number, week in enumerate(weeks)
        for weekday, letter in enumerate(week)
        if letter != "."
    ]


GOOD = "g.g.gg."  # all four sessions, all green


def plan(sessions: Iterable[Session] = (), **values: Any) -> Course:
    start = {"started_on": MONDAY, "start_minutes": 10}
    given: dict[str, Any] = start | {"choices": [Choice(MONDAY, DAYS)]}
    return Course(**(given | {"sessions": list(sessions)} | values))


def standing(sessions: Iterable[Session] = (), *, on: int, **values: Any) -> Standing:
    """Where the plan stands on day `on`."""
    return unfold(plan(sessions, **values), today=day(on))


def codes(found: Standing) -> list[str]:
    return [change.code for week in found.weeks for change in week.changes]


def the(found: Standing, code: str) -> Change:
    """The only change with this code."""
    (change,) = [one for week in found.weeks for one in week.changes if one.code == code]
    return change
