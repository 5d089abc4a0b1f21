"""Every route of the API: nothing without a session, and nothing of somebody else's."""

import json
from typing import Any

import pytest
from django.http import HttpResponse
from rest_framework.test import APIClient

from backend.accounts.models import Person
from backend.core import personal
from tests.contract.operations import (
    BODIES,
    BY_TOKEN,
    ID,
    OBJECTS,
    OPERATIONS,
    PRIVATE,
    PUBLIC,
    Operation,
)
from tests.privacy.factories import FACTORIES, device

pytestmark = [pytest.mark.service, pytest.mark.django_db]

ON_OBJECTS = [one for one in OPERATIONS if ID in one.path]
READS = [one for one in PRIVATE if one.method == "get" and one not in ON_OBJECTS]


def code_of(answer: HttpResponse) -> tuple[int, str]:
    body: dict[str, Any] = json.loads(answer.content)
    return answer.status_code, body["code"]


def test_every_route_is_listed_with_a_body_and_no_listed_one_is_gone() -> None:
    assert sorted(one.key for one in OPERATIONS) == sorted(BODIES)


def test_every_route_with_an_id_has_an_object_to_try_it_on() -> None:
    assert {one.route for one in ON_OBJECTS} == set(OBJECTS)


@pytest.mark.parametrize("operation", PRIVATE, ids=str)
def test_without_a_session_there_is_nothing(
    operation: Operation, visitor: APIClient, db: None
) -> None:
    answer = operation.send(visitor, json.dumps(operation.body))
    assert code_of(answer) == (401, "no_session")
    assert not Person.objects.exists()


@pytest.mark.parametrize("operation", ON_OBJECTS, ids=str)
def test_a_strangers_request_finds_nothing_and_changes_nothing(
    operation: Operation, owner: Person, as_stranger: APIClient
) -> None:
    row = OBJECTS[operation.route](owner)
    kept = type(row)._default_manager.filter(pk=row.pk)
    before = kept.values().get()
    answer = operation.send(as_stranger, json.dumps(operation.body), id=row.pk)
    assert code_of(answer) == (404, "not_found")
    assert kept.values().get() == before


@pytest.mark.parametrize("operation", ON_OBJECTS, ids=str)
def test_the_owners_request_finds_it(
    operation: Operation, owner: Person, as_owner: APIClient
) -> None:
    row = OBJECTS[operation.route](owner)
    answer = operation.send(as_owner, json.dumps(operation.body), id=row.pk)
    assert answer.status_code in {200, 204}


@pytest.mark.parametrize("operation", READS, ids=str)
def test_a_stranger_reads_nothing_of_the_owners(
    operation: Operation, owner: Person, as_stranger: APIClient
) -> None:
    keys = {str(FACTORIES[entry.label](owner).pk) for entry in personal.registered()}
    answer = operation.send(as_stranger)
    assert answer.status_code == 200
    assert not [key for key in keys if key in answer.content.decode()]


def test_a_strangers_device_is_no_device(owner: Person, as_stranger: APIClient) -> None:
    answer = as_stranger.post("/api/v1/push/test", {"device": device(owner).pk}, format="json")
    assert code_of(answer) == (409, "no_device")


@pytest.mark.parametrize("key", sorted(BY_TOKEN), ids=" ".join)
def test_these_routes_open_to_their_secret_only(
    key: tuple[str, str], as_owner: APIClient, visitor: APIClient
) -> None:
    operation = next(one for one in OPERATIONS if one.key == key)
    for client in (visitor, as_owner):
        answer = operation.send(client, json.dumps(operation.body) if operation.body else None)
        assert code_of(answer) in {(403, "token_invalid"), (404, "not_found")}


@pytest.mark.parametrize("key", sorted(PUBLIC), ids=" ".join)
def test_these_routes_are_open_to_everybody(key: tuple[str, str], visitor: APIClient) -> None:
    operation = next(one for one in OPERATIONS if one.key == key)
    answer = operation.send(visitor, json.dumps(operation.body) if operation.body else None)
    # 302 leads to the built content; where nothing is built yet, that is 503.
    assert answer.status_code in {200, 201, 302, 503}
