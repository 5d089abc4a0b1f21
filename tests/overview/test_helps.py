""" "What helps me" reads eight weeks of the person's own diary, and says little."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from backend.accounts.models import Person
from backend.overview.helps_selectors import what_helps
from backend.pain.models import PainEntry
from backend.walking.models import Walk
from tests.conftest import NOW

pytestmark = [pytest.mark.service, pytest.mark.django_db]

DAY = timedelta(days=1)


def write(owner: Person, *, days_ago: int, score: int = 4, **values: object) -> None:
    PainEntry.objects.create(owner=owner, score=score, at=NOW - days_ago * DAY, **values)


def walk(owner: Person, *, days_ago: int) -> None:
    at = NOW - days_ago * DAY
    Walk.objects.create(
        owner=owner, started_at=at, ended_at=at + timedelta(minutes=10), seconds=600
    )


def get(client: APIClient, now: datetime = NOW) -> dict[str, object]:
    with time_machine.travel(now, tick=False):
        return dict(client.get("/api/v1/helps").json())


def test_a_new_person_is_told_how_many_days_it_takes(as_owner: APIClient) -> None:
    assert get(as_owner) == {
        "ready": False,
        "days_so_far": 0,
        "days_needed": 14,
        "findings": [],
        "named": [],
    }


def test_it_is_answered_in_full(owner: Person, as_owner: APIClient) -> None:
    for days_ago in range(14):
        good = days_ago < 7
        write(
            owner,
            days_ago=days_ago,
            score=2 if good else 6,
            sleep="good" if good else "bad",
            better=["heat"] if good else [],
        )
        if good:
            walk(owner, days_ago=days_ago + 1)
    sides = {"with": {"good": 7, "of": 7}, "without": {"good": 0, "of": 7}}
    assert get(as_owner) == {
        "ready": True,
        "days_so_far": 14,
        "days_needed": 14,
        "findings": [
            {"factor": "walk", **sides},
            {"factor": "sleep_good", **sides},
            {"factor": "sleep_bad", "with": sides["without"], "without": sides["with"]},
        ],
        "named": [{"better": "heat", "days": 7, "of": 14}],
    }


def test_it_looks_back_eight_weeks_today_among_them(owner: Person) -> None:
    write(owner, days_ago=55)
    write(owner, days_ago=56)
    assert what_helps(owner, now=NOW).days_so_far == 1


def test_the_walk_before_the_first_day_counts_for_it(owner: Person) -> None:
    for days_ago in (*range(51, 56), *range(9)):
        write(owner, days_ago=days_ago)
    for days_ago in range(52, 57):
        walk(owner, days_ago=days_ago)
    (found,) = what_helps(owner, now=NOW).findings
    assert (found.factor, found.present.of, found.absent.of) == ("walk", 5, 9)


def test_days_end_when_the_person_says(owner: Person) -> None:
    for days_ago in range(7):
        midnight = NOW - days_ago * DAY - timedelta(hours=12)  # in Berlin
        for hours in (-1, 1):
            at = midnight + timedelta(hours=hours)
            PainEntry.objects.create(owner=owner, score=4, at=at)
    assert what_helps(owner, now=NOW).days_so_far == 8
    owner.day_ends_at = 3
    assert what_helps(owner, now=NOW).days_so_far == 7


def test_a_stranger_sees_nothing_of_it(owner: Person, as_stranger: APIClient) -> None:
    for days_ago in range(20):
        write(owner, days_ago=days_ago, better=["heat"])
    assert get(as_stranger)["days_so_far"] == 0


def test_it_takes_two_queries_however_long_the_diary_is(owner: Person) -> None:
    for days_ago in range(30):
        write(owner, days_ago=days_ago)
        walk(owner, days_ago=days_ago)
    with CaptureQueriesContext(connection) as found:
        what_helps(owner, now=NOW)
    assert len(found) == 2
