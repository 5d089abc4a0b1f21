"""`/walks`: what a phone sends and gets back."""

import json
import uuid
from typing import Any

import pytest
import time_machine
from rest_framework.test import APIClient

from backend.accounts.models import Person
from tests.conftest import NOW
from tests.walking.cast import DAY, HOUR, MINUTE, score, walk_at

pytestmark = [pytest.mark.service, pytest.mark.django_db]

AN_HOUR_AGO = NOW - HOUR


def put(client: APIClient, body: dict[str, Any], key: uuid.UUID | None = None) -> Any:
    with time_machine.travel(NOW, tick=False):
        return client.put(f"/api/v1/walks/{key or uuid.uuid4()}", body, format="json")


TIMES = {"started_at": "2026-06-03T09:00:00Z", "ended_at": "2026-06-03T09:12:00Z"}


def test_the_api_answers_with_all_that_is_known(owner: Person, as_owner: APIClient) -> None:
    score(owner, 3, NOW - HOUR - MINUTE)
    score(owner, 5, NOW - 40 * MINUTE)
    key = uuid.uuid4()
    answer = put(as_owner, TIMES | {"planned_minutes": 9}, key)
    assert answer.status_code == 201
    body = answer.json()
    assert {name: body[name] for name in ("id", "seconds", "over_cap", "light", "rise")} == {
        "id": str(key), "seconds": 720, "over_cap": True, "light": "waiting", "rise": 2,
    }  # fmt: skip
    assert body["scores"] == {
        "before": 3, "after": 5, "later": None, "morning": None, "day_after": None, "felt": {},
    }  # fmt: skip
    with time_machine.travel(NOW, tick=False):
        assert as_owner.get(f"/api/v1/walks/{key}").json() == body
    assert put(as_owner, TIMES | {"planned_minutes": 9}, key).status_code == 200


@pytest.mark.parametrize(("minutes", "over"), [(11, True), (12, False), (None, False)])
def test_more_than_planned_is_said_and_not_refused(
    as_owner: APIClient, minutes: int | None, *, over: bool
) -> None:
    answer = put(as_owner, TIMES | {"planned_minutes": minutes})
    assert (answer.status_code, answer.json()["over_cap"]) == (201, over)


@pytest.mark.parametrize(
    ("name", "value"),
    [("seconds", 0), ("seconds", "720"), ("started_at", "2026-06-03T09:00:00"), ("track", "x"),
     ("track", [1]), ("checklist", ["x"]), ("steps", -1), ("stopped", "tired"), ("note", 5 * [1])],
)  # fmt: skip
def test_a_value_that_makes_no_sense_is_named(as_owner: APIClient, name: str, value: Any) -> None:
    answer = put(as_owner, TIMES | {name: value})
    assert answer.status_code == 400
    assert [field.partition(".")[0] for field in answer.json()["fields"]] == [name]


def test_a_second_device_is_told_that_the_walk_is_there(as_owner: APIClient) -> None:
    assert put(as_owner, TIMES).status_code == 201
    answer = put(as_owner, TIMES)
    assert (answer.status_code, answer.json()["code"]) == (409, "walk_overlaps")


def test_walks_come_in_pages_newest_first(owner: Person, as_owner: APIClient) -> None:
    made = [walk_at(owner, NOW - n * DAY) for n in range(1, 8)]
    found: list[str] = []
    before: str | None = ""
    while before is not None:
        page = as_owner.get("/api/v1/walks", {"limit": 3} | ({"before": before} if before else {}))
        found += [one["id"] for one in page.json()["results"]]
        before = page.json()["next_before"]
    assert found == [str(walk.pk) for walk in made]


def test_a_stranger_sees_no_walks(owner: Person, as_stranger: APIClient) -> None:
    walk_at(owner, AN_HOUR_AGO)
    assert as_stranger.get("/api/v1/walks").json() == {"results": [], "next_before": None}


def test_a_long_track_fits_into_a_request(as_owner: APIClient) -> None:
    """Twelve minutes with a point every two seconds, five digits each."""
    track = [[52.51234 + n / 1e5, 13.41234, 2 * n] for n in range(360)]
    body = TIMES | {"track": [[round(lat, 5), lon, s] for lat, lon, s in track]}
    assert put(as_owner, body).status_code == 201
    assert len(json.dumps(body)) < 64 * 1024
