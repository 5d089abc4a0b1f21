"""A score can say which walk it was given for, and who else wants to know of it is told."""

import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from rest_framework.test import APIClient

from backend.accounts.models import Person
from backend.core import personal
from backend.core.errors import Invalid
from backend.pain.models import PainEntry, WalkMoment
from backend.pain.services import OfWalk, entry_delete, entry_save
from backend.pain.signals import Stood, scores_changed
from tests.conftest import NOW

pytestmark = [pytest.mark.service, pytest.mark.django_db]

WALK = UUID("5f0d6c1e-2b84-4f0a-8f0e-6f6a1d2c9b31")
HOUR = timedelta(hours=1)


@pytest.fixture
def told() -> Iterator[list[list[Stood]]]:
    found: list[list[Stood]] = []

    def listen(*, places: list[Stood], **_: Any) -> None:
        found.append(places)

    scores_changed.connect(listen)
    yield found
    scores_changed.disconnect(listen)


def save(owner: Person, key: UUID, at: datetime = NOW, **of_walk: Any) -> PainEntry:
    entry, _ = entry_save(
        id=key, owner=owner, score=4, at=at, began_on=None, of_walk=OfWalk(**of_walk), now=NOW
    )
    return entry


def put(client: APIClient, key: UUID, **body: object) -> Any:
    with time_machine.travel(NOW, tick=False):
        return client.put(f"/api/v1/pain/entries/{key}", {"score": 4} | body, format="json")


@pytest.mark.parametrize("moment", WalkMoment.values)
def test_it_is_kept_with_its_moment(as_owner: APIClient, moment: str) -> None:
    found = put(as_owner, uuid.uuid4(), walk=str(WALK), walk_moment=moment).json()
    assert (found["walk"], found["walk_moment"]) == (str(WALK), moment)


def test_a_walk_that_is_not_there_is_no_obstacle(as_owner: APIClient) -> None:
    assert put(as_owner, uuid.uuid4(), walk=str(WALK), walk_moment="later").status_code == 201


def test_sent_again_without_it_it_belongs_to_none(as_owner: APIClient) -> None:
    key = uuid.uuid4()
    put(as_owner, key, walk=str(WALK), walk_moment="later")
    found = put(as_owner, key).json()
    assert (found["walk"], found["walk_moment"]) == (None, "")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"walk": str(WALK)}, "walk_moment"),
        ({"walk": str(WALK), "walk_moment": ""}, "walk_moment"),
        ({"walk_moment": "later"}, "walk"),
        ({"walk": None, "walk_moment": "later"}, "walk"),
        ({"walk": str(WALK), "walk_moment": "noon"}, "walk_moment"),
        ({"walk": "nonsense", "walk_moment": "later"}, "walk"),
        ({"walk": 5, "walk_moment": "later"}, "walk"),
    ],
)
def test_a_walk_and_its_moment_come_together(
    as_owner: APIClient, body: dict[str, object], field: str
) -> None:
    refused = put(as_owner, uuid.uuid4(), **body)
    assert (refused.status_code, list(refused.json()["fields"])) == (400, [field])
    assert not PainEntry.objects.exists()


def test_the_service_knows_its_moments_too(owner: Person) -> None:
    with pytest.raises(Invalid):
        save(owner, uuid.uuid4(), walk=WALK, walk_moment="noon")


def test_an_export_has_both(owner: Person) -> None:
    save(owner, uuid.uuid4(), walk=WALK, walk_moment="later")
    (entries,) = (one for one in personal.registered() if one.model is PainEntry)
    (row,) = entries.rows(owner.pk)
    assert (row["walk_id"], row["walk_moment"]) == (WALK, "later")


class TestWhoWantsToKnow:
    def test_hears_of_a_new_one(self, owner: Person, told: list[list[Stood]]) -> None:
        save(owner, uuid.uuid4(), walk=WALK, walk_moment="later")
        assert told == [[Stood(NOW, WALK)]]

    def test_hears_where_it_was_before(self, owner: Person, told: list[list[Stood]]) -> None:
        key = uuid.uuid4()
        save(owner, key, NOW - HOUR, walk=WALK, walk_moment="later")
        save(owner, key)
        assert told[1] == [Stood(NOW - HOUR, WALK), Stood(NOW, None)]

    def test_hears_of_one_that_goes(self, owner: Person, told: list[list[Stood]]) -> None:
        key = save(owner, uuid.uuid4(), walk=WALK, walk_moment="later").pk
        entry_delete(id=key, owner=owner, now=NOW)
        assert told[1] == [Stood(NOW, WALK)]

    def test_hears_nothing_of_what_was_refused(
        self, owner: Person, told: list[list[Stood]]
    ) -> None:
        with pytest.raises(Invalid):
            save(owner, uuid.uuid4(), walk=WALK)
        assert told == []
