"""The diary: a score is saved once however often it is sent, and only its owner sees it."""

import uuid
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from rest_framework.test import APIClient

from backend.accounts.models import Person
from backend.core.errors import Forbidden, Invalid
from backend.pain import services
from backend.pain.models import PainEntry
from tests.conftest import NOW, client_of, make_person

pytestmark = [pytest.mark.service, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def at_now() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def put(client: APIClient, id: uuid.UUID, *, status: int, **body: Any) -> dict[str, Any]:  # noqa: A002
    answer = client.put(f"/api/v1/pain/entries/{id}", body, format="json")
    assert answer.status_code == status, answer.content
    return dict(answer.json())


def save(owner: Person, **values: Any) -> PainEntry:
    given: dict[str, Any] = {
        "id": uuid.uuid4(),
        "score": 4,
        "at": NOW,
        "began_on": None,
        "now": NOW,
    }
    entry, _ = services.entry_save(owner=owner, **(given | values))
    return entry


BARE: dict[str, Any] = {
    "began_on": None,
    "places": [],
    "worse": [],
    "better": [],
    "sleep": "",
    "note": "",
    "walk": None,
    "walk_moment": "",
}


def test_a_score_is_saved_for_this_moment(as_owner: APIClient) -> None:
    key = uuid.uuid4()
    found = put(as_owner, key, status=201, score=4)
    assert found == BARE | {
        "id": str(key),
        "score": 4,
        "at": "2026-06-03T10:00:00Z",
        "episode": found["episode"],
        "created_at": "2026-06-03T10:00:00Z",
    }


DETAILS = {
    "places": ["low_back_left", "thigh_left"],
    "worse": ["sitting", "driving"],
    "better": ["heat"],
    "sleep": "broken",
    "note": "Long drive.",
}


def test_details_are_kept_with_it(as_owner: APIClient) -> None:
    key = uuid.uuid4()
    found = put(as_owner, key, status=201, score=4, **DETAILS)
    assert {name: found[name] for name in DETAILS} == DETAILS
    (listed,) = as_owner.get("/api/v1/pain/entries").json()["results"]
    assert listed == found


def test_a_correction_without_details_takes_them_away(as_owner: APIClient) -> None:
    key = uuid.uuid4()
    put(as_owner, key, status=201, score=4, **DETAILS)
    found = put(as_owner, key, status=200, score=4)
    assert {name: found[name] for name in BARE} == BARE


def test_named_twice_is_named_once_and_in_one_order(as_owner: APIClient) -> None:
    found = put(
        as_owner, uuid.uuid4(), status=201, score=4, worse=["driving", "sitting", "sitting"]
    )
    assert found["worse"] == ["sitting", "driving"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("places", ["elbow"]), ("worse", ["mondays"]), ("better", [""]), ("sleep", "deep"),
        ("note", "x" * 2001), ("places", "low_back_left"), ("worse", [["sitting"]]),
    ],
)  # fmt: skip
def test_details_that_nobody_knows_are_refused(
    as_owner: APIClient, field: str, value: object
) -> None:
    answer = as_owner.put(
        f"/api/v1/pain/entries/{uuid.uuid4()}", {"score": 4, field: value}, format="json"
    )
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")
    assert {name.split(".")[0] for name in answer.json()["fields"]} == {field}
    assert not PainEntry.objects.exists()


def test_sending_it_again_finds_the_same_entry(as_owner: APIClient) -> None:
    key = uuid.uuid4()
    first = put(as_owner, key, status=201, score=4, at="2026-06-03T09:00:00Z")
    again = put(as_owner, key, status=200, score=4, at="2026-06-03T09:00:00Z")
    assert again == first
    assert PainEntry.objects.count() == 1


def test_sending_it_changed_corrects_it(as_owner: APIClient) -> None:
    key = uuid.uuid4()
    put(as_owner, key, status=201, score=4)
    put(as_owner, key, status=200, score=6, began_on="2026-06-01")
    entry = PainEntry.objects.get()
    assert (entry.score, entry.began_on) == (6, date(2026, 6, 1))


def test_a_strangers_id_is_not_found_and_not_touched(owner: Person, as_stranger: APIClient) -> None:
    entry = save(owner)
    assert put(as_stranger, entry.pk, status=404, score=9)["code"] == "not_found"
    assert as_stranger.delete(f"/api/v1/pain/entries/{entry.pk}").status_code == 404
    entry.refresh_from_db()
    assert (entry.score, entry.owner) == (4, owner)


def test_deleting_is_undone_by_sending_it_again(as_owner: APIClient) -> None:
    key = uuid.uuid4()
    put(as_owner, key, status=201, score=4)
    assert as_owner.delete(f"/api/v1/pain/entries/{key}").status_code == 204
    assert not PainEntry.objects.exists()
    put(as_owner, key, status=201, score=4)
    assert PainEntry.objects.get().pk == key


def test_deleting_twice_is_not_found(owner: Person, as_owner: APIClient) -> None:
    path = f"/api/v1/pain/entries/{save(owner).pk}"
    assert [as_owner.delete(path).status_code for _ in range(2)] == [204, 404]


@pytest.mark.parametrize("score", [0, 1, 9, 10])
def test_scores_run_from_0_to_10(as_owner: APIClient, score: int) -> None:
    assert put(as_owner, uuid.uuid4(), status=201, score=score)["score"] == score


@pytest.mark.parametrize("score", [-1, 11, 4.5, 4.0, "4", "", True, False, None, [4], {}])
def test_anything_else_is_no_score(as_owner: APIClient, score: object) -> None:
    answer = put(as_owner, uuid.uuid4(), status=400, score=score)
    assert (answer["code"], list(answer["fields"])) == ("invalid", ["score"])
    assert not PainEntry.objects.exists()


@pytest.mark.parametrize("score", [-1, 11])
def test_the_service_and_the_database_refuse_them_too(owner: Person, score: int) -> None:
    with pytest.raises(Invalid):
        save(owner, score=score)
    with pytest.raises(IntegrityError), transaction.atomic():
        PainEntry.objects.create(owner=owner, score=score, at=NOW)


@pytest.mark.parametrize(
    ("at", "stored"),
    [
        ("2026-06-03T09:59:59.123456Z", datetime(2026, 6, 3, 9, 59, 59, 123456, tzinfo=UTC)),
        ("2026-06-03T11:00:00+02:00", datetime(2026, 6, 3, 9, tzinfo=UTC)),
        ("2026-06-03T10:05:00Z", NOW + timedelta(minutes=5)),
        ("2025-06-02T10:00:00Z", NOW - timedelta(days=366)),
    ],
)
def test_a_moment_is_stored_as_it_was(as_owner: APIClient, at: str, stored: datetime) -> None:
    put(as_owner, uuid.uuid4(), status=201, score=4, at=at)
    assert PainEntry.objects.get().at == stored


@pytest.mark.parametrize(
    "at",
    [
        "2026-06-03T10:05:01Z",
        "2027-01-01T00:00:00Z",
        "2025-06-02T09:59:59Z",
        "0001-01-01T00:00:00Z",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-12:00",
        "2026-06-31T10:00:00Z",
        "2026-06-03T09:00:00",  # in which zone?
        "2026-06-03",
        "noon",
        "",
        None,
        1780480800,
        True,
    ],
)
def test_a_moment_that_cannot_have_been_is_refused(as_owner: APIClient, at: object) -> None:
    answer = put(as_owner, uuid.uuid4(), status=400, score=4, at=at)
    assert (answer["code"], list(answer["fields"])) == ("invalid", ["at"])
    assert not PainEntry.objects.exists()


@pytest.mark.parametrize(
    ("zone", "now", "latest"),
    [
        ("Europe/Berlin", "2026-06-03T21:54:59Z", "2026-06-03"),  # five minutes are for clocks
        ("Europe/Berlin", "2026-06-03T21:55:00Z", "2026-06-04"),
        ("Pacific/Kiritimati", "2026-06-03T10:00:00Z", "2026-06-04"),
        ("Pacific/Honolulu", "2026-06-03T09:00:00Z", "2026-06-02"),
    ],
)
def test_pain_began_at_the_latest_on_the_persons_own_today(
    zone: str, now: str, latest: str
) -> None:
    client = client_of(make_person(time_zone=zone))
    tomorrow = (date.fromisoformat(latest) + timedelta(days=1)).isoformat()
    with time_machine.travel(datetime.fromisoformat(now), tick=False):
        put(client, uuid.uuid4(), status=201, score=4, began_on=latest)
        answer = put(client, uuid.uuid4(), status=400, score=4, began_on=tomorrow)
    assert list(answer["fields"]) == ["began_on"]


@pytest.mark.parametrize("began_on", ["1985-03-01", None])
def test_pain_may_have_begun_long_ago_or_nobody_knows_when(
    as_owner: APIClient, began_on: str | None
) -> None:
    answer = put(as_owner, uuid.uuid4(), status=201, score=4, began_on=began_on)
    assert answer["began_on"] == began_on


@pytest.mark.parametrize("began_on", ["yesterday", "2026-02-30", "2026-06-01T00:00:00Z", 5, True])
def test_what_is_no_day_is_refused(as_owner: APIClient, began_on: object) -> None:
    answer = put(as_owner, uuid.uuid4(), status=400, score=4, began_on=began_on)
    assert list(answer["fields"]) == ["began_on"]


def test_all_problems_are_said_at_once(owner: Person) -> None:
    with pytest.raises(Invalid) as refusal:
        save(owner, score=11, at=NOW + timedelta(days=1), began_on=date(2027, 1, 1))
    assert sorted(refusal.value.fields) == ["at", "began_on", "score"]


def test_nothing_is_saved_without_consent() -> None:
    with pytest.raises(Forbidden):
        save(make_person(consent=False))
    assert not PainEntry.objects.exists()


def test_an_entry_says_what_it_is(owner: Person) -> None:
    assert str(save(owner)) == "4 at 2026-06-03 10:00 UTC"
