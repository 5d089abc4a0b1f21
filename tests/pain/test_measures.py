"""Questionnaires: saved once, corrected, and compared with the first."""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from backend.accounts.models import Person
from backend.core.errors import Conflict, Forbidden, Invalid
from backend.pain import measures
from backend.pain.kinds import MEASURE
from backend.pain.models import Episode, Measure
from backend.reminders import registry
from tests.conftest import NOW, make_person

pytestmark = [pytest.mark.service, pytest.mark.django_db]

WEEK = timedelta(weeks=1)
SECOND = timedelta(seconds=1)
PEG = {"pain": 6, "enjoyment": 5, "activity": 4}
NAMES = ("Climbing stairs", "Sitting at work", "Sleeping through")


@pytest.fixture(autouse=True)
def at_now() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def peg(*scores: int) -> dict[str, Any]:
    return dict(zip(PEG, scores, strict=True))


def psfs(*scores: int, names: tuple[str, ...] = NAMES) -> dict[str, Any]:
    pairs = zip(names, scores, strict=True)
    return {"activities": [{"name": name, "score": score} for name, score in pairs]}


def save(owner: Person, answers: object = PEG, **values: Any) -> Measure:
    kind = "psfs" if isinstance(answers, dict) and "activities" in answers else "peg"
    given: dict[str, Any] = {"id": uuid.uuid4(), "kind": kind, "at": NOW, "now": NOW}
    measure, _ = measures.measure_save(owner=owner, answers=answers, **(given | values))
    return measure


def put(client: APIClient, id: object = None, **body: Any) -> Any:  # noqa: A002
    return client.put(f"/api/v1/pain/measures/{id or uuid.uuid4()}", body, format="json")


def hurts(owner: Person) -> None:
    Episode.objects.create(owner=owner, onset_at=NOW, began_on=NOW.date())


def changes(owner: Person, kind: str) -> list[tuple[float | None, str]]:
    """Oldest first."""
    found = measures.histories(owner, now=NOW)[kind].results[::-1]
    return [(None if one.change is None else float(one.change), one.matters) for one in found]


def test_a_peg_is_answered_with_its_mean(as_owner: APIClient) -> None:
    key = uuid.uuid4()
    answer = put(as_owner, key, kind="peg", answers=peg(6, 5, 5))
    assert answer.status_code == 201
    assert answer.json() == {
        "id": str(key),
        "kind": "peg",
        "at": "2026-06-03T10:00:00Z",
        "answers": {"pain": 6, "enjoyment": 5, "activity": 5},
        "mean": 5.3,
        "change": None,
        "matters": "",
    }


def test_a_psfs_keeps_its_activities(as_owner: APIClient) -> None:
    answer = put(as_owner, kind="psfs", answers=psfs(2, 5, 9)).json()
    assert (answer["answers"], answer["mean"]) == (psfs(2, 5, 9), 5.3)


def test_sending_it_again_is_the_same_measure_and_changed_it_is_a_correction(
    as_owner: APIClient,
) -> None:
    key, body = uuid.uuid4(), {"kind": "peg", "at": "2026-06-03T09:00:00Z"}
    first = put(as_owner, key, **body, answers=PEG)
    again = put(as_owner, key, **body, answers=PEG)
    corrected = put(as_owner, key, **body, answers=peg(1, 1, 1))
    assert [one.status_code for one in (first, again, corrected)] == [201, 200, 200]
    assert again.json() == first.json()
    assert Measure.objects.get().mean == 1


def test_an_id_stands_for_one_questionnaire(owner: Person, as_owner: APIClient) -> None:
    measure = save(owner)
    answer = put(as_owner, measure.pk, kind="psfs", answers=psfs(1, 2, 3))
    assert (answer.status_code, answer.json()["code"]) == (409, "conflict")
    with pytest.raises(Conflict):
        save(owner, psfs(1, 2, 3), id=measure.pk)
    assert Measure.objects.get().answers == PEG


def test_a_strangers_measure_is_not_found_and_not_touched(
    owner: Person, as_stranger: APIClient
) -> None:
    measure = save(owner)
    assert put(as_stranger, measure.pk, kind="peg", answers=peg(0, 0, 0)).status_code == 404
    assert as_stranger.delete(f"/api/v1/pain/measures/{measure.pk}").status_code == 404
    assert as_stranger.get("/api/v1/pain/measures").json()["peg"]["results"] == []
    assert Measure.objects.get().answers == PEG


def test_deleting_it_is_undone_by_sending_it_again(owner: Person, as_owner: APIClient) -> None:
    path = f"/api/v1/pain/measures/{save(owner).pk}"
    assert [as_owner.delete(path).status_code for _ in range(2)] == [204, 404]
    assert as_owner.put(path, {"kind": "peg", "answers": PEG}, format="json").status_code == 201


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({"kind": "peg", "answers": PEG | {"pain": 11}}, ["answers.pain"]),
        ({"kind": "peg", "answers": psfs(1, 2, 3)}, [f"answers.{item}" for item in PEG]),
        ({"kind": "psfs", "answers": PEG}, ["answers.activities"]),
        ({"kind": "odi", "answers": PEG}, ["kind"]),
        ({"answers": PEG}, ["kind"]),
        ({"kind": "peg"}, ["answers"]),
        ({"kind": "peg", "answers": None}, ["answers"]),
        ({"kind": "peg", "answers": PEG, "at": "2026-06-03T10:05:01Z"}, ["at"]),
        ({"kind": "peg", "answers": PEG, "at": "2025-06-02T09:59:59Z"}, ["at"]),
    ],
)
def test_what_makes_no_sense_is_named(
    as_owner: APIClient, body: dict[str, Any], fields: list[str]
) -> None:
    answer = put(as_owner, **body)
    assert (answer.status_code, list(answer.json()["fields"])) == (400, fields)
    assert not Measure.objects.exists()


def test_the_service_refuses_it_too(owner: Person) -> None:
    with pytest.raises(Invalid):
        save(owner, peg(0, 0, 11))
    with pytest.raises(Invalid):
        save(owner, at=NOW + timedelta(minutes=5) + SECOND)


def test_nothing_is_saved_without_consent() -> None:
    with pytest.raises(Forbidden):
        save(make_person(consent=False))
    assert not Measure.objects.exists()


def test_each_is_compared_with_the_first(owner: Person) -> None:
    for weeks, scores in enumerate([(6, 6, 6), (6, 6, 4), (5, 5, 5), (7, 7, 7)]):
        save(owner, peg(*scores), at=NOW - (4 - weeks) * WEEK)
    assert changes(owner, "peg") == [(None, ""), (-0.7, ""), (-1.0, "better"), (1.0, "worse")]


def test_the_first_is_the_first_in_time_whenever_it_was_sent(owner: Person) -> None:
    save(owner, peg(4, 4, 4))
    save(owner, peg(6, 6, 6), at=NOW - WEEK)
    assert changes(owner, "peg") == [(None, ""), (-2.0, "better")]


def test_the_two_questionnaires_do_not_mix(owner: Person) -> None:
    save(owner, psfs(2, 2, 2), at=NOW - WEEK)
    save(owner, peg(8, 8, 8), at=NOW - WEEK)
    save(owner, psfs(4, 4, 4))
    assert changes(owner, "psfs") == [(None, ""), (2.0, "better")]
    assert changes(owner, "peg") == [(None, "")]


def test_other_activities_can_only_be_compared_among_themselves(owner: Person) -> None:
    other = ("Gardening", *NAMES[1:])
    save(owner, psfs(2, 2, 2), at=NOW - 4 * WEEK)
    save(owner, psfs(9, 9, 9, names=other), at=NOW - 3 * WEEK)
    save(owner, psfs(6, 6, 6, names=NAMES[::-1]), at=NOW - 2 * WEEK)  # the order is no matter
    save(owner, psfs(7, 7, 7, names=other), at=NOW - WEEK)
    assert changes(owner, "psfs") == [(None, ""), (None, ""), (4.0, "better"), (-2.0, "worse")]


def test_saving_answers_with_the_same_comparison_as_the_list(
    owner: Person, as_owner: APIClient
) -> None:
    save(owner, peg(6, 6, 6), at=NOW - WEEK)
    saved = put(as_owner, kind="peg", answers=peg(4, 4, 4)).json()
    assert (saved["change"], saved["matters"]) == (-2.0, "better")
    assert as_owner.get("/api/v1/pain/measures").json()["peg"]["results"][0] == saved


def test_the_list_begins_with_the_newest_and_offers_the_last_activities(
    owner: Person, as_owner: APIClient
) -> None:
    save(owner, psfs(2, 2, 2), at=NOW - WEEK)
    last = save(owner, psfs(1, 2, 3, names=("Gardening", "Driving", "Lifting")))
    found = as_owner.get("/api/v1/pain/measures").json()["psfs"]
    assert found["results"][0]["id"] == str(last.pk)
    assert found["activities"] == ["Gardening", "Driving", "Lifting"]


def test_a_new_person_sees_an_empty_list_and_is_not_asked(as_owner: APIClient) -> None:
    assert as_owner.get("/api/v1/pain/measures").json() == {
        "peg": {"due": False, "results": []},
        "psfs": {"due": False, "results": [], "activities": []},
    }


def test_while_a_back_hurts_both_are_due_at_once(owner: Person, stranger: Person) -> None:
    hurts(owner)
    assert measures.due(owner, now=NOW) == ["peg", "psfs"]
    assert measures.due(stranger, now=NOW) == []


def test_pain_that_is_over_is_no_reason_to_ask(owner: Person) -> None:
    hurts(owner)
    Episode.objects.update(closed_at=NOW, closed_as="gone")
    assert measures.due(owner, now=NOW) == []


def test_a_week_is_counted_in_the_persons_days(owner: Person) -> None:
    """Filled in on Wednesday evening, it is time again from Wednesday morning on."""
    evening = datetime(2026, 6, 3, 20, tzinfo=UTC)
    for answers in (PEG, psfs(1, 2, 3)):
        save(owner, answers, at=evening, now=evening)
    midnight = datetime(2026, 6, 9, 22, tzinfo=UTC)  # in Berlin
    assert measures.due(owner, now=midnight - SECOND) == []
    assert measures.due(owner, now=midnight) == ["peg"]


def test_the_latest_counts_whenever_it_was_sent(owner: Person) -> None:
    for weeks in (0, 3):
        save(owner, at=NOW - weeks * WEEK)
        save(owner, psfs(1, 2, 3), at=NOW - weeks * WEEK)
    assert measures.due(owner, now=NOW) == []


def queries(work: Any) -> int:
    with CaptureQueriesContext(connection) as found:
        work()
    return len(found)


def test_asking_what_is_due_takes_one_query_and_the_list_two(owner: Person) -> None:
    hurts(owner)
    for weeks in range(5):
        save(owner, at=NOW - weeks * WEEK)
        save(owner, psfs(1, 2, 3), at=NOW - weeks * WEEK)
    assert queries(lambda: measures.due(owner, now=NOW)) == 1
    assert queries(lambda: measures.histories(owner, now=NOW)) == 2


def test_the_reminder_is_done_with_a_measure_of_either_kind(
    owner: Person, stranger: Person
) -> None:
    save(owner, at=NOW - SECOND)
    save(owner, psfs(1, 2, 3))
    assert MEASURE.done({owner.pk, stranger.pk}, NOW - SECOND) == {owner.pk: [NOW]}


def test_people_can_plan_it_and_it_goes_on_in_a_flare() -> None:
    assert registry.get("measure") is MEASURE
    assert "measure" in registry.settable()
    assert MEASURE.in_flare


def test_a_measure_says_what_it_is(owner: Person) -> None:
    assert str(save(owner)) == "peg at 2026-06-03"
