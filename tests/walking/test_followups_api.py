"""`/walking/follow-ups`: one question, and its answer in one tap."""

import uuid
from typing import Any

import pytest
import time_machine
from rest_framework.test import APIClient

from backend.accounts.models import Person
from backend.walking.models import Walk
from tests.walking.asking import june, scored, the, walked

pytestmark = [pytest.mark.service, pytest.mark.django_db]

FOUR = june(3, 16)


@pytest.fixture
def walk(owner: Person) -> Walk:
    scored(owner, 2, june(3, 11, 30))
    return walked(owner)


def answer(client: APIClient, key: object, **body: object) -> Any:
    with time_machine.travel(FOUR, tick=False):
        return client.put(f"/api/v1/walking/follow-ups/{key}/answer", body, format="json")


def test_it_is_shown_with_its_walk_and_the_score_before_it(walk: Walk, as_owner: APIClient) -> None:
    row = the(walk, "later")
    with time_machine.travel(FOUR, tick=False):
        found = as_owner.get(f"/api/v1/walking/follow-ups/{row.pk}").json()
    assert found == {
        "id": str(row.pk),
        "walk": {"id": str(walk.pk), "started_at": "2026-06-03T09:48:00Z", "seconds": 720},
        "which": "later",
        "due_at": "2026-06-03T14:00:00Z",
        "before": 2,
        "felt": "",
        "answered_at": None,
        "open": True,
    }


def test_an_answer_closes_it(walk: Walk, as_owner: APIClient) -> None:
    found = answer(as_owner, the(walk, "later").pk, felt="worse").json()
    assert (found["felt"], found["open"]) == ("worse", False)
    assert found["answered_at"] == "2026-06-03T14:00:00Z"


def test_it_counts_from_when_it_was_tapped(walk: Walk, as_owner: APIClient) -> None:
    tapped = june(3, 15, 30)
    answer(as_owner, the(walk, "later").pk, felt="fine", at=tapped.isoformat())
    assert the(walk, "later").answered_at == tapped


def test_the_same_answer_again_is_answered_alike(walk: Walk, as_owner: APIClient) -> None:
    first, again = (answer(as_owner, the(walk, "later").pk, felt="fine") for _ in range(2))
    assert (first.status_code, again.status_code) == (200, 200)
    assert first.json() == again.json()


def test_it_stands_among_what_walking_is_about(walk: Walk, as_owner: APIClient) -> None:
    with time_machine.travel(FOUR, tick=False):
        found = as_owner.get("/api/v1/walking").json()["follow_ups"]
    assert [(one["id"], one["before"]) for one in found] == [(str(the(walk, "later").pk), 2)]


@pytest.mark.parametrize("felt", [None, "", "better", 5])
def test_other_words_are_refused(walk: Walk, as_owner: APIClient, felt: object) -> None:
    refused = answer(as_owner, the(walk, "later").pk, felt=felt)
    assert (refused.status_code, list(refused.json()["fields"])) == (400, ["felt"])


def test_one_that_is_not_there_is_not_found(walk: Walk, as_owner: APIClient) -> None:
    assert answer(as_owner, uuid.uuid4(), felt="fine").status_code == 404


def test_a_stranger_neither_sees_nor_answers_it(walk: Walk, as_stranger: APIClient) -> None:
    key = the(walk, "later").pk
    assert as_stranger.get(f"/api/v1/walking/follow-ups/{key}").status_code == 404
    assert answer(as_stranger, key, felt="fine").status_code == 404
