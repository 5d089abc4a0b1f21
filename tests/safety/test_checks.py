"""Saving a check: judged by its own wording, stored once, and kept word by word."""

import uuid
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from backend.accounts.models import Person
from backend.accounts.services import PersonChange, person_update
from backend.core.errors import Conflict, Forbidden, Invalid, NotFound
from backend.safety import selectors, wording
from backend.safety.models import SymptomCheck
from backend.safety.signals import check_saved
from tests.conftest import NOW, client_of, make_person
from tests.safety.conftest import Tick

pytestmark = [pytest.mark.service, pytest.mark.django_db, pytest.mark.usefixtures("clock")]

URL = "/api/v1/symptom-checks"
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


def post(client: APIClient, *, status: int, **body: Any) -> dict[str, Any]:
    answer = client.post(URL, body, format="json")
    assert answer.status_code == status, answer.content
    return dict(answer.json())


def test_the_answer_says_what_to_do_and_why(as_owner: APIClient) -> None:
    key = str(uuid.uuid4())
    assert post(as_owner, status=201, id=key, symptoms=["worsening", "fever"]) == {
        "id": key,
        "level": "same_day",
        "symptoms": ["fever", "worsening"],
        "texts": ["Fever or chills", "The pain is getting worse"],
        "rows": ["fever", "worsening"],
        "wording": "2026-11",
        "language": "en",
        "occasion": "by_hand",
        "at": "2026-06-03T10:00:00Z",
        "corrects": None,
        "block": None,
    }


def test_none_of_these_is_an_answer_too(as_owner: APIClient) -> None:
    answer = post(as_owner, status=201, symptoms=[])
    assert (answer["level"], answer["rows"], answer["texts"]) == ("self_care", [], [])


def test_sending_it_again_finds_the_first_one(as_owner: APIClient) -> None:
    body = {
        "id": str(uuid.uuid4()), "symptoms": ["fever", "severe"], "wording": "2026-11",
        "occasion": "evening", "at": "2026-06-03T09:00:00Z",
    }  # fmt: skip
    first = post(as_owner, status=201, **body)
    assert post(as_owner, status=200, **body) == first
    assert post(as_owner, status=200, **body | {"symptoms": ["severe", "fever", "severe"]}) == first
    assert SymptomCheck.objects.count() == 1


@pytest.mark.parametrize(
    "other",
    [
        {"symptoms": ["severe"]},
        {"symptoms": []},
        {"occasion": "start"},
        {"at": "2026-06-03T09:00:01Z"},
    ],
    ids=str,
)
def test_the_same_id_with_other_answers_is_a_conflict(
    as_owner: APIClient, other: dict[str, Any]
) -> None:
    body: dict[str, Any] = {
        "id": str(uuid.uuid4()), "symptoms": ["fever"], "occasion": "evening",
        "at": "2026-06-03T09:00:00Z",
    }  # fmt: skip
    post(as_owner, status=201, **body)
    assert post(as_owner, status=409, **body | other)["code"] == "conflict"
    assert SymptomCheck.objects.get().symptoms == ["fever"]


def test_without_an_id_each_is_a_new_one(as_owner: APIClient) -> None:
    ids = {post(as_owner, status=201, symptoms=[])["id"] for _ in range(2)}
    assert len(ids) == 2


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"symptoms": ["hangnail"]}, "symptoms"),
        ({"symptoms": ["fever", "Fever"]}, "symptoms"),
        ({"symptoms": [], "wording": "1999-01"}, "wording"),
        ({"symptoms": [], "wording": "emergency_numbers"}, "wording"),
        ({"symptoms": [], "wording": "../../etc"}, "wording"),
        ({"symptoms": [], "occasion": "boredom"}, "occasion"),
        ({"symptoms": [], "corrects": "00000000-0000-4000-8000-000000000000"}, "corrects"),
        ({"symptoms": [], "corrects": "yesterday"}, "corrects"),
        ({"symptoms": [], "id": "mine"}, "id"),
        ({"symptoms": [], "at": "2026-06-03T10:05:01Z"}, "at"),
        ({"symptoms": [], "at": "2025-06-02T09:59:59Z"}, "at"),
        ({"symptoms": [], "at": "2026-06-03T10:00:00"}, "at"),
        ({"symptoms": "fever"}, "symptoms"),
        ({}, "symptoms"),
    ],
    ids=str,
)
def test_what_makes_no_sense_is_refused_and_named(
    as_owner: APIClient, body: dict[str, Any], field: str
) -> None:
    refused = post(as_owner, status=400, **body)
    assert refused["code"] == "invalid"
    assert {name.split(".")[0] for name in refused["fields"]} == {field}
    assert not SymptomCheck.objects.exists()


@pytest.mark.parametrize("at", ["2026-06-03T10:05:00Z", "2025-06-02T10:00:00Z"])
def test_clocks_may_differ_a_little_and_phones_be_offline_for_long(
    as_owner: APIClient, at: str
) -> None:
    assert post(as_owner, status=201, symptoms=[], at=at)["at"] == at


def test_nothing_is_stored_without_consent(tick: Tick) -> None:
    with pytest.raises(Forbidden) as refusal:
        tick(make_person(consent=False), "chest_pain")
    assert refusal.value.code == "consent_required"
    assert not SymptomCheck.objects.exists()


def test_another_persons_id_is_not_found_and_not_touched(
    owner: Person, stranger: Person, tick: Tick
) -> None:
    theirs = tick(owner, "fever")
    with pytest.raises(NotFound):
        tick(stranger, "fever", key=theirs.pk)
    assert SymptomCheck.objects.get().owner == owner


def test_another_persons_check_can_not_be_corrected(
    owner: Person, stranger: Person, tick: Tick
) -> None:
    slip = tick(owner, "chest_pain")
    with pytest.raises(Invalid) as refusal:
        tick(stranger, corrects=slip.pk)
    assert list(refusal.value.fields) == ["corrects"]


def test_it_keeps_the_language_and_the_words_it_was_read_in(owner: Person, tick: Tick) -> None:
    person_update(person=owner, change=PersonChange(locale="de-AT"), now=NOW)
    check = tick(owner, "fever")
    person_update(person=owner, change=PersonChange(locale="en"), now=NOW)
    found = client_of(owner).get(f"{URL}/{check.pk}").json()
    assert (found["language"], found["texts"]) == ("de", ["Fieber oder Schüttelfrost"])


def test_a_late_upload_is_judged_by_the_wording_that_was_asked(
    owner: Person, tick: Tick, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A newer version has come since in which the same fact weighs more."""
    now = (wording.FOLDER / "2026-11.toml").read_text(encoding="utf-8")
    mild = 'id = "eased_by_sitting"\nlevel = "soon"'
    assert mild in now
    newer = now.replace(mild, mild.replace("soon", "same_day"))
    (tmp_path / "2026-11.toml").write_text(now, encoding="utf-8")
    (tmp_path / "2027-02.toml").write_text(newer, encoding="utf-8")
    monkeypatch.setattr(wording, "FOLDER", tmp_path)
    wording.wording.cache_clear()
    late = tick(owner, "eased_by_sitting", wording="2026-11")
    fresh = tick(owner, "eased_by_sitting")
    wording.wording.cache_clear()
    assert [(one.wording, one.level) for one in (late, fresh)] == [
        ("2026-11", "soon"),
        ("2027-02", "same_day"),
    ]


def test_one_that_was_corrected_already_stays_with_that(owner: Person, tick: Tick) -> None:
    """Another phone was quicker. What was ticked here still counts for itself."""
    slip = tick(owner, "chest_pain")
    first = tick(owner, corrects=slip.pk, occasion="slip")
    key = uuid.uuid4()
    second = tick(owner, "worsening", key=key, corrects=slip.pk, occasion="slip")
    assert (first.corrects, second.corrects) == (slip, None)
    again = tick(owner, "worsening", key=key, corrects=slip.pk, occasion="slip")
    assert again == second


def test_a_check_can_not_be_turned_into_a_correction_later(owner: Person, tick: Tick) -> None:
    slip, key = tick(owner, "chest_pain"), uuid.uuid4()
    tick(owner, key=key, corrects=slip.pk)
    with pytest.raises(Conflict):
        tick(owner, key=key)


def test_other_apps_hear_of_a_new_check_once(owner: Person, tick: Tick) -> None:
    heard: list[tuple[str, datetime]] = []

    def listen(*, check: SymptomCheck, now: datetime, **_: Any) -> None:
        heard.append((check.level, now))

    check_saved.connect(listen)
    try:
        first = tick(owner, "fever")
        tick(owner, "fever", key=first.pk)
    finally:
        check_saved.disconnect(listen)
    assert heard == [("same_day", NOW)]


class TestReading:
    def test_checks_are_listed_newest_first_by_when_they_were_answered(
        self, owner: Person, as_owner: APIClient, tick: Tick
    ) -> None:
        tick(owner, "fever", at=NOW - DAY)
        tick(owner, "severe", at=NOW - 3 * DAY)
        tick(owner)
        found = as_owner.get(URL).json()["results"]
        assert [one["level"] for one in found] == ["self_care", "same_day", "soon"]

    def test_the_list_holds_the_last_fifty(self, owner: Person, tick: Tick) -> None:
        for number in range(51):
            tick(owner, at=NOW - number * MINUTE)
        found = selectors.recent_checks(owner.pk)
        assert (len(found), found[0].at, found[-1].at) == (50, NOW, NOW - 49 * MINUTE)

    def test_a_stranger_sees_none_of_them(
        self, owner: Person, as_stranger: APIClient, tick: Tick
    ) -> None:
        check = tick(owner, "chest_pain")
        assert as_stranger.get(URL).json() == {"results": []}
        assert as_stranger.get(f"{URL}/{check.pk}").status_code == 404
        assert as_stranger.get("/api/v1/safety/block").json() == {"block": None}

    def test_the_latest_is_the_one_that_was_answered_last(self, owner: Person, tick: Tick) -> None:
        latest = tick(owner, "fever")
        tick(owner, "severe", at=NOW - DAY)  # uploaded later
        assert selectors.latest_check(owner.pk) == latest
        assert selectors.latest_check(make_person().pk) is None

    def test_checks_since_a_moment_include_that_moment(self, owner: Person, tick: Tick) -> None:
        first, second = tick(owner, at=NOW - DAY), tick(owner, at=NOW)
        tick(owner, at=NOW - DAY - MINUTE)
        assert list(selectors.checks_since(owner.pk, NOW - DAY)) == [second, first]

    def test_a_long_history_costs_no_more_queries(
        self, owner: Person, as_owner: APIClient, tick: Tick
    ) -> None:
        tick(owner, "chest_pain")
        with CaptureQueriesContext(
            connection,
        ) as few:
            as_owner.get(URL)
        for _ in range(20):
            tick(owner, "chest_pain", "fever")
        with CaptureQueriesContext(connection) as many:
            as_owner.get(URL)
        assert len(many) == len(few)

    def test_saving_costs_no_more_queries_after_a_long_history(
        self, owner: Person, as_owner: APIClient, tick: Tick
    ) -> None:
        def cost() -> int:
            with CaptureQueriesContext(connection) as spent:
                post(as_owner, status=201, symptoms=["chest_pain"])
            return len(spent)

        tick(owner, "chest_pain")
        before = cost()
        for _ in range(20):
            tick(owner, "fever")
        assert cost() == before
