"""Reading the diary page by page: no entry is lost, and none is shown twice."""

import uuid
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rest_framework.test import APIClient

from backend.accounts.models import Person
from backend.pain import selectors
from backend.pain.models import PainEntry
from tests.conftest import NOW

pytestmark = [pytest.mark.service, pytest.mark.django_db]

PATH = "/api/v1/pain/entries"


def write(owner: Person, minutes_ago: Sequence[int]) -> list[PainEntry]:
    """One entry for each, oldest last."""
    return PainEntry.objects.bulk_create(
        PainEntry(id=uuid.uuid4(), owner=owner, score=4, at=NOW - timedelta(minutes=minutes))
        for minutes in minutes_ago
    )


def pages(client: APIClient, limit: int) -> list[list[str]]:
    found, asked = [], {"limit": str(limit)}
    while True:
        answer = client.get(PATH, asked).json()
        found.append([entry["id"] for entry in answer["results"]])
        if answer["next_before"] is None:
            return found
        asked["before"] = answer["next_before"]


def test_a_new_diary_is_empty(as_owner: APIClient) -> None:
    assert as_owner.get(PATH).json() == {"results": [], "next_before": None}


def test_the_newest_comes_first(owner: Person, as_owner: APIClient) -> None:
    write(owner, [30, 10, 20])
    ages = [entry["at"][14:16] for entry in as_owner.get(PATH).json()["results"]]
    assert ages == ["50", "40", "30"]


def test_a_page_has_as_many_as_asked_for(owner: Person, as_owner: APIClient) -> None:
    write(owner, range(5))
    assert [len(page) for page in pages(as_owner, 2)] == [2, 2, 1]


def test_the_last_page_says_so_even_where_it_is_full(owner: Person, as_owner: APIClient) -> None:
    write(owner, range(4))
    assert [len(page) for page in pages(as_owner, 2)] == [2, 2]


def test_a_page_has_fifty_unless_asked_otherwise(owner: Person, as_owner: APIClient) -> None:
    write(owner, range(51))
    assert len(as_owner.get(PATH).json()["results"]) == 50


def test_entries_of_one_moment_stay_together(owner: Person, as_owner: APIClient) -> None:
    write(owner, [0, 1, 1, 1, 2])
    assert [len(page) for page in pages(as_owner, 2)] == [4, 1]


def test_the_last_page_may_hold_one_moment_only(owner: Person, as_owner: APIClient) -> None:
    write(owner, [1, 1, 1])
    assert [len(page) for page in pages(as_owner, 2)] == [3]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(minutes=st.lists(st.integers(0, 6), max_size=14), limit=st.integers(1, 6))
def test_every_entry_is_on_exactly_one_page(owner: Person, minutes: list[int], limit: int) -> None:
    PainEntry.objects.all().delete()
    written = {entry.pk for entry in write(owner, minutes)}
    seen: list[uuid.UUID] = []
    page = selectors.page_before(owner.pk, before=None, limit=limit)
    while page.next_before is not None:
        assert len(page.entries) >= limit
        seen += [entry.pk for entry in page.entries]
        page = selectors.page_before(owner.pk, before=page.next_before, limit=limit)
    seen += [entry.pk for entry in page.entries]
    assert len(seen) == len(written)
    assert set(seen) == written


def test_a_new_entry_does_not_shift_the_next_page(owner: Person, as_owner: APIClient) -> None:
    old = write(owner, [10, 20, 30])
    first = as_owner.get(PATH, {"limit": "2"}).json()
    write(owner, [0])
    second = as_owner.get(PATH, {"limit": "2", "before": first["next_before"]}).json()
    assert [entry["id"] for entry in second["results"]] == [str(old[2].pk)]


def test_a_stranger_reads_a_diary_of_their_own(
    owner: Person, stranger: Person, as_stranger: APIClient
) -> None:
    write(owner, [1, 2])
    theirs = write(stranger, [3])
    assert pages(as_stranger, 50) == [[str(theirs[0].pk)]]


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"limit": "0"}, "limit"),
        ({"limit": "-1"}, "limit"),
        ({"limit": "201"}, "limit"),
        ({"limit": "many"}, "limit"),
        ({"limit": "\0"}, "limit"),
        ({"limit": "9" * 2000}, "limit"),
        ({"before": "yesterday"}, "before"),
        ({"before": "2026-06-03"}, "before"),
        ({"before": "9999-12-31T23:59:59-12:00"}, "before"),
    ],
)
def test_a_page_that_cannot_be_is_refused(
    as_owner: APIClient, asked: dict[str, str], field: str
) -> None:
    answer = as_owner.get(PATH, asked)
    body: dict[str, Any] = answer.json()
    assert (answer.status_code, body["code"], list(body["fields"])) == (400, "invalid", [field])
