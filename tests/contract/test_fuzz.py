"""Arbitrary JSON, and right bodies with a part of them spoilt: never a 500, always the envelope."""

import copy
import json
from typing import Any

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rest_framework.test import APIClient

from backend.accounts.models import Person
from tests.conftest import MakeDevice
from tests.contract.operations import DEVICE, WRITES, Operation
from tests.contract.test_bad_input import Path, changed, leaves

pytestmark = [pytest.mark.service, pytest.mark.django_db]

REFUSALS = {400, 403, 404, 409}
SEED_TIMES = ["08:00", "25:00", "2026-06-03T10:00:00Z", "0001-01-01T00:00:00Z", "9999-12-31"]

texts = st.text(st.characters()) | st.sampled_from(SEED_TIMES)
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=8,
)


def branches(body: Any) -> list[Path]:
    """Every place in `body`: its leaves and what they hang on."""
    return sorted({path[:end] for path in leaves(body) for end in range(1, len(path) + 1)}, key=str)


def assert_answered(answer: HttpResponse) -> None:
    if answer.status_code >= 400:
        assert answer.status_code in REFUSALS
        assert sorted(json.loads(answer.content)) == ["code", "detail", "fields"]


@pytest.fixture
def client(owner: Person, as_owner: APIClient, make_device: MakeDevice) -> APIClient:
    make_device(owner, id=DEVICE)
    return as_owner


@pytest.mark.parametrize("operation", WRITES, ids=str)
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=anything)
def test_any_json_is_answered(operation: Operation, body: object, client: APIClient) -> None:
    cache.clear()
    assert_answered(operation.send(client, json.dumps(body), id=DEVICE))


@pytest.mark.parametrize("operation", WRITES, ids=str)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_right_body_with_one_odd_part_is_answered(
    operation: Operation, data: st.DataObject, client: APIClient
) -> None:
    cache.clear()
    path = data.draw(st.sampled_from(branches(operation.body)))
    body = changed(copy.deepcopy(operation.body), path, data.draw(anything))
    assert_answered(operation.send(client, json.dumps(body), id=DEVICE))


@pytest.mark.parametrize("operation", WRITES, ids=str)
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.binary(max_size=60))
def test_any_bytes_are_answered(operation: Operation, body: bytes, client: APIClient) -> None:
    cache.clear()
    assert_answered(operation.send(client, body, id=DEVICE))
