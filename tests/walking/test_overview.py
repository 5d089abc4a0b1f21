"""/walking: all of it at a glance, its weeks, and how regular it was."""

import uuid
from datetime import datetime
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries
from rest_framework.test import APIClient

from backend.accounts.models import Person
from backend.pain import flares
from backend.walking import overview
from backend.walking.standing import situation_of
from tests.conftest import NOW
from tests.walking import years
from tests.walking.cast import DAY, HOUR, MINUTE, june, open_gate, scored_walk, start_plan, walk_at

pytestmark = [pytest.mark.service, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def gate(owner: Person) -> None:
    open_gate(owner)


def get(client: APIClient, more: str = "", now: datetime = NOW, **query: Any) -> Any:
    with time_machine.travel(now, tick=False):
        answer = client.get(f"/api/v1/walking{more}", query)
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_a_new_person_sees_that_there_is_nothing_yet(as_stranger: APIClient) -> None:
    found = get(as_stranger)
    assert found.pop("gate")["state"] == "due"
    assert found.pop("backward")["missing"] == ["gate", "green_weeks", "stand"]
    assert found == {
        "plan": None,
        "today": {
            "date": "2026-06-03", "planned": False, "minutes": None, "walked_seconds": 0,
            "left_out": "",
        },
        "week": None, "consistency": {"done": 0, "of": 0, "left_out": 0},
        "follow_ups": [], "tests": [], "warm": None,
    }  # fmt: skip


def test_the_day_has_its_dose_and_what_was_walked(owner: Person, as_owner: APIClient) -> None:
    start_plan(owner, june(1))
    walk_at(owner, NOW - 3 * HOUR, 4)
    walk_at(owner, NOW - HOUR, 5)
    assert get(as_owner)["today"] == {
        "date": "2026-06-03", "planned": True, "minutes": 9, "walked_seconds": 540, "left_out": "",
    }  # fmt: skip
    assert get(as_owner, now=june(5))["today"]["planned"] is False


def test_a_walk_at_one_at_night_is_still_of_the_day_before_for_who_says_so(
    owner: Person, as_owner: APIClient
) -> None:
    owner.day_ends_at = 3
    owner.save()
    walk_at(owner, june(4, 1), 12)
    assert get(as_owner, now=june(4, 2))["today"]["walked_seconds"] == 720
    assert get(as_owner, now=june(4, 3))["today"]["walked_seconds"] == 0


def test_the_week_has_its_days_and_why_the_dose_is_what_it_is(
    owner: Person, as_owner: APIClient
) -> None:
    start_plan(owner, june(1))
    scored_walk(owner, june(1), 3, 6, 4)
    scored_walk(owner, june(2, 9), 2, 2, 2, minutes=3)
    scored_walk(owner, june(2, 18), 3, 5, 3, minutes=6)
    week = get(as_owner)["week"]
    assert week["planned"] == [f"2026-06-0{day}" for day in (1, 2, 3, 4)]
    assert (week["monday"], week["minutes"], week["done_days"]) == ("2026-06-01", 9, 2)
    assert week["walked_seconds"] == 720 + 540
    assert [change["code"] for change in week["changes"]] == ["start"]
    amber, day_of_two = week["sessions"]
    assert amber == {
        "date": "2026-06-01", "seconds": 720, "backward_seconds": 0, "light": "amber", "rise": 3,
        "settled_days": 1, "before": 3, "after": 6, "later": None, "morning": 4, "day_after": 3,
    }  # fmt: skip
    assert (day_of_two["seconds"], day_of_two["rise"], day_of_two["before"]) == (540, 2, 3)


def test_the_plan_says_which_walk_held_it(owner: Person, as_owner: APIClient) -> None:
    start_plan(owner, june(1))
    for day in range(1, 5):
        scored_walk(owner, june(day), *((3, 6, 4) if day == 2 else ()))
    why = get(as_owner, now=june(8))["plan"]["why"]
    expected = {"code": "held_amber", "before": 9, "minutes": 9, "walk_on": "2026-06-02", "rise": 3}
    assert why.items() >= expected.items()


def test_open_questions_stand_there(owner: Person, as_owner: APIClient) -> None:
    walk = walk_at(owner, NOW - 5 * HOUR)
    (question,) = get(as_owner)["follow_ups"]
    assert (question["walk"]["id"], question["which"], question["open"]) == (
        str(walk.pk), "later", True,
    )  # fmt: skip


def test_test_walks_stand_there_newest_first(owner: Person, as_owner: APIClient) -> None:
    for days, minutes in ((15, 9), (2, 10.9), (1, 12)):
        walk_at(owner, NOW - days * DAY, minutes, purpose="test")
    assert [one["minutes"] for one in get(as_owner)["tests"]] == [12, 10]


def test_a_stranger_sees_none_of_it(owner: Person, as_stranger: APIClient) -> None:
    start_plan(owner, june(1))
    walk_at(owner, NOW - HOUR, purpose="test")
    found = get(as_stranger)
    assert (found["plan"], found["tests"], found["today"]["walked_seconds"]) == (None, [], 0)
    assert get(as_stranger, "/weeks") == {"results": [], "next_before": None}


# --- how regular ---------------------------------------------------------------------------------


def consistency(owner: Person, now: datetime) -> overview.Consistency:
    return overview.consistency(situation_of(owner, now=now))


def test_a_day_that_is_not_over_is_not_missed(owner: Person) -> None:
    start_plan(owner, june(1))
    scored_walk(owner, june(1))
    assert consistency(owner, june(2)) == overview.Consistency(done=1, of=1, left_out=0)
    assert consistency(owner, june(3)) == overview.Consistency(done=1, of=2, left_out=0)
    scored_walk(owner, june(3, 9))
    assert consistency(owner, june(3)) == overview.Consistency(done=2, of=2, left_out=0)


def test_another_day_than_the_chosen_one_is_as_good(owner: Person) -> None:
    start_plan(owner, june(1))
    for day in (1, 2, 3, 6):
        scored_walk(owner, june(day))
    assert consistency(owner, june(7)) == overview.Consistency(done=4, of=4, left_out=0)


def test_days_in_a_flare_are_left_out(owner: Person) -> None:
    start_plan(owner, june(1))
    scored_walk(owner, june(1))
    flares.flare_start(id=uuid.uuid4(), owner=owner, at=june(2), now=june(2))
    assert consistency(owner, june(7)) == overview.Consistency(done=1, of=1, left_out=3)


def test_it_looks_at_the_last_four_weeks(owner: Person) -> None:
    start_plan(owner, june(-34))
    assert consistency(owner, june(7)).of == 16


# --- weeks ---------------------------------------------------------------------------------------


def test_weeks_come_eight_at_a_time_newest_first(owner: Person, as_owner: APIClient) -> None:
    years.fill(owner, walks=60, until=NOW)
    first = get(as_owner, "/weeks")
    mondays = [week["monday"] for week in first["results"]]
    assert (mondays[0], mondays[-1], len(mondays)) == ("2026-06-01", "2026-04-13", 8)
    rest = get(as_owner, "/weeks", before=first["next_before"])
    assert rest["results"][0]["monday"] == "2026-04-06"
    assert rest["next_before"] is None
    assert rest["results"][-1]["changes"][0]["code"] == "start"


def test_a_week_that_is_no_date_is_refused(as_owner: APIClient) -> None:
    answer = as_owner.get("/api/v1/walking/weeks", {"before": "last"})
    assert (answer.status_code, list(answer.json()["fields"])) == (400, ["before"])


# --- how many queries ----------------------------------------------------------------------------


@pytest.mark.parametrize("walks", [3, 200])
@pytest.mark.parametrize(
    ("path", "queries"),
    [("walking", 18), ("walking/weeks", 9), ("walking/look-back?span=month", 10),
     ("walking/backward", 16), ("walks?limit=3", 5)],
)  # fmt: skip
def test_it_takes_as_many_queries_for_200_walks_as_for_three(
    owner: Person,
    as_owner: APIClient,
    walks: int,
    path: str,
    queries: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    """The session's own two among them."""
    years.fill(owner, walks=walks, until=NOW)
    with time_machine.travel(NOW, tick=False), django_assert_num_queries(queries):
        assert as_owner.get(f"/api/v1/{path}").status_code == 200


def test_today_takes_as_many_queries_for_200_walks_as_for_three(
    owner: Person, stranger: Person, as_owner: APIClient, as_stranger: APIClient
) -> None:
    counts = []
    for person, client, walks in ((owner, as_owner, 200), (stranger, as_stranger, 3)):
        years.fill(person, walks=walks, until=NOW)
        with time_machine.travel(NOW, tick=False), CaptureQueriesContext(connection) as found:
            assert client.get("/api/v1/today").status_code == 200
        counts.append(len(found))
    assert counts[0] == counts[1]


def test_a_minute_more_than_planned_is_over_the_cap(owner: Person, as_owner: APIClient) -> None:
    walk = walk_at(owner, NOW - HOUR, 10, planned_minutes=9)
    assert walk.ended_at - walk.started_at == 10 * MINUTE
    assert as_owner.get(f"/api/v1/walks/{walk.pk}").json()["over_cap"]
