"""The look back: what was walked, next to what was walked before, and never a reproach."""

from datetime import date, datetime
from typing import Any

import pytest
import time_machine
from rest_framework.test import APIClient

from backend.accounts.models import Person
from backend.pain.days import Day
from backend.walking.lookback import LookBack, Span, code_of, look_back, pain_of
from tests.conftest import NOW
from tests.walking.cast import DAY, HOUR, june, score, scored_walk, walk_at

pytestmark = [pytest.mark.service, pytest.mark.django_db]


def week(owner: Person, now: datetime = NOW) -> LookBack:
    return look_back(owner, span=Span.WEEK, now=now)


def test_today_is_the_last_of_seven_days(owner: Person) -> None:
    found = week(owner)
    assert (found.first, found.last) == (date(2026, 5, 28), date(2026, 6, 3))
    assert [day.date for day in found.days] == [date(2026, 5, 28) + n * DAY for n in range(7)]
    assert {day.light for day in found.days} == {None}


def test_a_month_is_four_weeks(owner: Person) -> None:
    found = look_back(owner, span=Span.MONTH, now=NOW)
    assert (found.last - found.first).days == 27
    assert len(found.days) == 28


@pytest.mark.parametrize("span", list(Span))
def test_the_stretch_before_ends_right_before(owner: Person, span: Span) -> None:
    first = NOW - (span.days - 1) * DAY
    walk_at(owner, first, 10)
    walk_at(owner, first - DAY, 20)
    walk_at(owner, first - span.days * DAY, 30)
    walk_at(owner, first - (span.days + 1) * DAY, 40)
    found = look_back(owner, span=span, now=NOW)
    assert (found.minutes, found.days_walked) == (10, 1)
    assert (found.before.minutes, found.before.days_walked) == (50, 2)


def test_a_day_tells_its_walks_and_scores(owner: Person) -> None:
    scored_walk(owner, june(1), 3, 6, 4)
    walk_at(owner, june(1, 18), 8)
    day = next(one for one in week(owner).days if one.date == date(2026, 6, 1))
    assert (day.seconds, day.light, day.before, day.after, day.morning) == (1200, "amber", 3, 6, 4)


@pytest.mark.parametrize(
    ("minutes", "before", "code"),
    [
        (0, 0, "same"), (30, 0, "first"), (30, 30, "same"), (34, 30, "same"), (35, 30, "more"),
        (25, 30, "fewer"), (26, 30, "same"), (109, 100, "same"), (110, 100, "more"),
        (90, 100, "fewer"), (0, 30, "fewer"),
    ],
)  # fmt: skip
def test_a_difference_counts_from_a_tenth_and_from_five_minutes(
    minutes: int, before: int, code: str
) -> None:
    assert code_of(minutes, before) == code


def days(*typical: float) -> list[Day]:
    return [Day(NOW.date(), low=0, high=9, typical=one, count=1) for one in typical]


@pytest.mark.parametrize(
    ("now", "before", "pain"),
    [
        ([3, 3, 3], [4, 4, 4], "lower"),
        ([5, 5, 5], [4, 4, 4], "higher"),
        ([3, 4, 4], [4, 4, 4], "same"),
        ([3, 3], [6, 6, 6], ""),
        ([3, 3, 3], [6, 6], ""),
        ([], [], ""),
    ],
)
def test_pain_is_compared_where_three_days_on_each_side_have_scores(
    now: list[float], before: list[float], pain: str
) -> None:
    assert pain_of(days(*now), days(*before)) == pain


def test_every_score_of_the_diary_is_part_of_it(owner: Person) -> None:
    for number in range(3):
        score(owner, 3, NOW - number * DAY)
        score(owner, 6, NOW - (7 + number) * DAY)
    assert week(owner).changed.pain == "lower"


def test_the_api_answers_with_both_stretches(owner: Person, as_owner: APIClient) -> None:
    walk_at(owner, NOW - HOUR, 20)
    with time_machine.travel(NOW, tick=False):
        found = as_owner.get("/api/v1/walking/look-back", {"span": "week"}).json()
        assert found == as_owner.get("/api/v1/walking/look-back").json()
    assert found.pop("days")[-1].items() >= {"date": "2026-06-03", "seconds": 1200}.items()
    assert found == {
        "span": "week", "first": "2026-05-28", "last": "2026-06-03", "minutes": 20,
        "days_walked": 1, "backward_minutes": 0, "before": {"minutes": 0, "days_walked": 0},
        "changed": {"code": "first", "minutes": 20, "minutes_before": 0, "pain": ""},
    }  # fmt: skip


@pytest.mark.parametrize("span", ["year", "7"])
def test_an_unknown_span_is_refused(as_owner: APIClient, span: str) -> None:
    answer: Any = as_owner.get("/api/v1/walking/look-back", {"span": span})
    assert (answer.status_code, list(answer.json()["fields"])) == (400, ["span"])


def test_a_stranger_looks_back_on_nothing(owner: Person, as_stranger: APIClient) -> None:
    walk_at(owner, NOW - HOUR, 20)
    with time_machine.travel(NOW, tick=False):
        assert as_stranger.get("/api/v1/walking/look-back").json()["minutes"] == 0
