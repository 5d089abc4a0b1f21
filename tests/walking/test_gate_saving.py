"""Saving answers and clearances: stored once, refused where they make no sense, of nobody else."""

import uuid
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from backend.accounts.models import Person
from backend.accounts.services import PersonChange, person_update
from backend.core.errors import Forbidden, Invalid, NotFound
from backend.walking import wording
from backend.walking.models import Clearance, GateAnswers
from tests.conftest import NOW, make_person
from tests.walking.gating import DAY, HOUR, MINUTE, TODAY, answer, clear, gate_at, stands, tick

pytestmark = [pytest.mark.service, pytest.mark.django_db]

GATE = "/api/v1/walking/gate"


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as travelling:
        yield travelling


def put(client: APIClient, url: str, *, status: int, **body: Any) -> dict[str, Any]:
    told = client.put(url, body, format="json")
    assert told.status_code == status, told.content
    return dict(told.json())


def answers_url(key: object = None) -> str:
    return f"{GATE}/answers/{key or uuid.uuid4()}"


def clearance_url(key: object = None) -> str:
    return f"/api/v1/walking/clearances/{key or uuid.uuid4()}"


def cost(act: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as spent:
        act()
    return len(spent)


@pytest.mark.usefixtures("clock")
class TestAnswers:
    def test_are_told_as_the_gate_they_make(self, as_owner: APIClient) -> None:
        key = str(uuid.uuid4())
        told = put(as_owner, answers_url(key), status=201, yes=["dizziness", "fall"])
        assert told == {
            "state": "blocked",
            "due": None,
            "answers": {
                "id": key,
                "at": "2026-06-03T10:00:00Z",
                "yes": ["fall", "dizziness"],
                "wording": "2026-11",
            },
            "causes": [
                {
                    "cause": "answers",
                    "at": "2026-06-03T10:00:00Z",
                    "yes": ["fall", "dizziness"],
                    "check": None,
                    "block": None,
                }
            ],
            "soon": None,
            "clearance": None,
        }
        assert as_owner.get(GATE).json() == told

    def test_sent_again_are_the_same(self, as_owner: APIClient) -> None:
        url, at = answers_url(), "2026-06-03T09:00:00Z"
        body = {"yes": ["fall", "dizziness"], "wording": "2026-11", "at": at}
        first = put(as_owner, url, status=201, **body)
        assert put(as_owner, url, status=200, **body) == first
        put(as_owner, url, status=200, yes=["dizziness", "fall", "fall"])
        assert GateAnswers.objects.count() == 1

    @pytest.mark.parametrize(
        "other", [{"yes": []}, {"yes": ["fall", "dizziness"]}, {"at": "2026-06-03T09:00:01Z"}]
    )
    def test_of_another_meaning_under_the_same_id_are_a_conflict(
        self, as_owner: APIClient, other: dict[str, Any]
    ) -> None:
        url, body = answers_url(), {"yes": ["fall"], "at": "2026-06-03T09:00:00Z"}
        put(as_owner, url, status=201, **body)
        assert put(as_owner, url, status=409, **body | other)["code"] == "conflict"
        assert GateAnswers.objects.get().yes == ["fall"]

    @pytest.mark.parametrize(
        ("body", "field"),
        [
            ({"yes": ["hangnail"]}, "yes"),
            ({"yes": ["fall", "Fall"]}, "yes"),
            ({"yes": "fall"}, "yes"),
            ({"yes": None}, "yes"),
            ({}, "yes"),
            ({"yes": [], "wording": "1999-01"}, "wording"),
            ({"yes": [], "wording": "../2026-11"}, "wording"),
            ({"yes": [], "at": "2026-06-03T10:05:01Z"}, "at"),
            ({"yes": [], "at": "2025-06-02T09:59:59Z"}, "at"),
            ({"yes": [], "at": "2026-06-03T10:00:00"}, "at"),
        ],
        ids=str,
    )
    def test_that_make_no_sense_are_refused_and_named(
        self, as_owner: APIClient, body: dict[str, Any], field: str
    ) -> None:
        refused = put(as_owner, answers_url(), status=400, **body)
        assert refused["code"] == "invalid"
        assert {name.split(".")[0] for name in refused["fields"]} == {field}
        assert not GateAnswers.objects.exists()

    def test_keep_the_language_they_were_read_in(self, owner: Person) -> None:
        person_update(person=owner, change=PersonChange(locale="de-AT"), now=NOW)
        assert (answer(owner).language, answer(owner).wording) == ("de", "2026-11")

    def test_without_consent_are_not_stored(self) -> None:
        with pytest.raises(Forbidden) as refusal:
            answer(make_person(consent=False))
        assert refusal.value.code == "consent_required"
        assert not GateAnswers.objects.exists()

    def test_under_another_persons_id_find_nothing(self, owner: Person, stranger: Person) -> None:
        theirs = answer(owner, "fall")
        with pytest.raises(NotFound):
            answer(stranger, "fall", key=theirs.pk)
        assert (stands(owner), stands(stranger)) == ("blocked", "due")

    def test_given_late_keep_the_wording_that_was_asked(
        self, owner: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A newer version has come since, which asks one question less."""
        text = (wording.FOLDER / "2026-11.toml").read_text(encoding="utf-8")
        (tmp_path / "2026-11.toml").write_text(text, encoding="utf-8")
        newer = text.replace('id = "fall"', 'id = "fall_outdoors"')
        (tmp_path / "2027-02.toml").write_text(newer, encoding="utf-8")
        monkeypatch.setattr(wording, "FOLDER", tmp_path)
        wording.wording.cache_clear()
        with pytest.raises(Invalid) as refusal:
            answer(owner, "fall")
        late = answer(owner, "fall", wording="2026-11")
        wording.wording.cache_clear()
        assert list(refusal.value.fields) == ["yes"]
        assert (late.wording, late.yes) == ("2026-11", ["fall"])


@pytest.mark.usefixtures("clock")
class TestAClearance:
    def test_opens_the_gate_and_says_who_agreed(self, owner: Person, as_owner: APIClient) -> None:
        answer(owner, "fall", now=NOW - HOUR)
        key, body = str(uuid.uuid4()), {"clinician": "doctor", "seen_on": "2026-06-03"}
        told = put(as_owner, clearance_url(key), status=201, **body)
        assert (told["state"], told["causes"]) == ("open", [])
        assert told["clearance"] == {"id": key, "at": "2026-06-03T10:00:00Z"} | body

    def test_said_again_corrects_who_and_when_but_covers_no_more(self, owner: Person) -> None:
        answer(owner, "fall")
        made = clear(owner)
        answer(owner, "dizziness", now=NOW + 2 * HOUR)
        again = clear(owner, NOW + DAY, key=made.pk, clinician="other", seen_on=date(2026, 6, 2))
        assert (again.at, again.clinician, again.seen_on) == (
            made.at,
            "other",
            date(2026, 6, 2),
        )
        assert stands(owner, NOW + DAY) == "blocked"
        assert Clearance.objects.count() == 1

    def test_taken_back_answers_204_and_then_404(self, owner: Person, as_owner: APIClient) -> None:
        answer(owner, "fall", now=NOW - HOUR)
        url = clearance_url(clear(owner, NOW).pk)
        assert as_owner.delete(url).status_code == 204
        assert as_owner.get(GATE).json()["state"] == "blocked"
        assert as_owner.delete(url).status_code == 404

    @pytest.mark.parametrize(
        ("values", "field"),
        [
            ({"clinician": "pharmacist"}, "clinician"),
            ({"clinician": "neighbour"}, "clinician"),
            ({"clinician": ""}, "clinician"),
            ({"seen_on": date(2026, 6, 4)}, "seen_on"),
            ({"seen_on": date(2025, 12, 2)}, "seen_on"),
            ({"at": NOW + HOUR + 6 * MINUTE}, "at"),
        ],
        ids=str,
    )
    def test_that_makes_no_sense_lifts_nothing(
        self, owner: Person, values: dict[str, Any], field: str
    ) -> None:
        answer(owner, "fall")
        with pytest.raises(Invalid) as refusal:
            clear(owner, **values)
        assert list(refusal.value.fields) == [field]
        assert stands(owner) == "blocked"

    @pytest.mark.parametrize("seen_on", [date(2025, 12, 3), date(2026, 5, 1), TODAY])
    def test_may_be_older_than_the_answers(self, owner: Person, seen_on: date) -> None:
        """What is ticked may have been talked about long before it was asked here."""
        answer(owner, "osteoporosis")
        clear(owner, seen_on=seen_on)
        assert stands(owner) == "open"

    def test_is_not_older_than_a_check_that_it_covers(self, owner: Person) -> None:
        answer(owner, "osteoporosis")
        tick(owner, "fever")
        with pytest.raises(Invalid) as refusal:
            clear(owner, seen_on=date(2026, 6, 1))
        assert list(refusal.value.fields) == ["seen_on"]
        clear(owner, seen_on=date(2026, 6, 2))  # it may have been the day before, in another zone
        assert stands(owner) == "open"

    def test_may_be_older_than_a_check_that_another_one_covers(self, owner: Person) -> None:
        tick(owner, "fever")
        clear(owner)
        answer(owner, "osteoporosis", now=NOW + 2 * HOUR)
        clear(owner, NOW + 3 * HOUR, seen_on=date(2026, 5, 1))
        assert stands(owner) == "open"

    def test_corrected_is_still_not_older_than_what_it_covers(self, owner: Person) -> None:
        tick(owner, "fever")
        made = clear(owner)
        with pytest.raises(Invalid):
            clear(owner, NOW + DAY, key=made.pk, seen_on=date(2026, 6, 1))
        clear(owner, NOW + DAY, key=made.pk, seen_on=date(2026, 6, 4))
        assert Clearance.objects.get().seen_on == date(2026, 6, 4)

    def test_told_late_need_not_know_of_a_check_after_it(self, owner: Person) -> None:
        answer(owner, "osteoporosis")
        tick(owner, "fever", now=NOW + 3 * DAY)
        clear(owner, NOW + 4 * DAY, at=NOW + HOUR, seen_on=TODAY)
        assert stands(owner, NOW + 4 * DAY) == "blocked"  # by the fever

    def test_can_be_corrected_as_long_as_it_counts(self, owner: Person) -> None:
        made = clear(owner, seen_on=date(2026, 1, 5))
        again = clear(
            owner, NOW + 90 * DAY, key=made.pk, clinician="other", seen_on=date(2026, 1, 5)
        )
        assert again.clinician == "other"

    def test_without_consent_is_not_stored(self) -> None:
        with pytest.raises(Forbidden):
            clear(make_person(consent=False))
        assert not Clearance.objects.exists()

    def test_under_another_persons_id_finds_nothing(self, owner: Person, stranger: Person) -> None:
        answer(stranger, "fall")
        theirs = clear(owner)
        with pytest.raises(NotFound):
            clear(stranger, key=theirs.pk)
        assert stands(stranger) == "blocked"

    def test_of_a_fast_clock_is_of_now(self, owner: Person) -> None:
        assert clear(owner, NOW, at=NOW + 4 * MINUTE).at == NOW


@pytest.mark.usefixtures("clock")
class TestReading:
    def test_a_stranger_sees_a_gate_of_their_own(
        self, owner: Person, as_stranger: APIClient
    ) -> None:
        answer(owner, "fall")
        told = as_stranger.get(GATE).json()
        assert (told["state"], told["answers"], told["causes"]) == ("due", None, [])

    def test_all_of_it_can_be_told(self, owner: Person, as_owner: APIClient) -> None:
        answer(owner, "fall", now=NOW - 5 * HOUR)
        tick(owner, "fever", now=NOW - 4 * HOUR)
        emergency = tick(owner, "chest_pain", now=NOW - 3 * HOUR)
        soon = tick(owner, "worsening", now=NOW - 2 * HOUR)
        told = as_owner.get(GATE).json()
        assert (told["state"], told["due"]) == ("blocked", "emergency")
        assert [one["cause"] for one in told["causes"]] == ["emergency", "same_day", "answers"]
        assert told["causes"][0]["check"] == str(emergency.pk)
        assert (
            told["causes"][0]["block"] == as_owner.get("/api/v1/safety/block").json()["block"]["id"]
        )
        assert told["soon"] == {"check": str(soon.pk), "at": "2026-06-03T08:00:00Z"}

    def test_a_long_history_costs_no_more_queries(self, owner: Person) -> None:
        few = cost(lambda: gate_at(owner))
        for number in range(8):
            answer(owner, "fall", now=NOW + number * HOUR)
            clear(owner, NOW + number * HOUR)
            tick(owner, "fever", "worsening", now=NOW + number * HOUR)
        assert cost(lambda: gate_at(owner)) == few == 5

    def test_saving_costs_no_more_queries_after_a_long_history(self, owner: Person) -> None:
        before = cost(lambda: (answer(owner, "fall"), clear(owner)))
        for _ in range(8):
            tick(owner, "fever")
        assert cost(lambda: (answer(owner, "fall"), clear(owner))) == before
