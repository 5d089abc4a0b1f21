"""Whatever a client sends: the right status, the envelope, and nothing stored."""

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpResponse
from django.utils import timezone
from rest_framework.test import APIClient

from backend.accounts.models import Person, PersonSession
from backend.core import personal
from backend.pain.models import Episode
from backend.walking.models import GateAnswers
from tests.conftest import NOW, MakeDevice
from tests.contract.operations import (
    BY_TOKEN,
    DEVICE,
    EPISODE,
    ID,
    OBJECTS,
    OPERATIONS,
    WRITES,
    Operation,
)

pytestmark = [pytest.mark.service, pytest.mark.django_db]

KIB = 1024
MISSING = object()
ON_WHAT_IS_THERE = {
    "answer",
    "flare-end",
    "episode",
    "episode-reopen",
    "prompt-answer",
    "clearance",
    "walk-plan-days",
    "follow-up-answer",
}  # these writes do not make what they are about
Path = tuple[str | int, ...]

every_write = pytest.mark.parametrize("operation", WRITES, ids=str)


def stored() -> dict[str, list[dict[str, Any]]]:
    """Every row about anybody, but for their sessions, which the cast brings along."""
    models = [one.model for one in personal.registered() if one.model is not PersonSession]
    return {
        model._meta.label: list(model._default_manager.order_by("pk").values()) for model in models
    }


def code_of(answer: HttpResponse, status: int) -> str:
    assert answer.status_code == status, answer.content
    body: dict[str, Any] = json.loads(answer.content)
    assert sorted(body) == ["code", "detail", "fields"]
    assert body["detail"]
    return str(body["code"])


@pytest.fixture
def client(owner: Person, as_owner: APIClient, make_device: MakeDevice) -> APIClient:
    """The owner, who has the device that a test message goes to, pain that can be gone, and an open
    gate before walking."""
    make_device(owner, id=DEVICE)
    GateAnswers.objects.create(owner=owner, wording="2026-11", language="en", at=timezone.now())
    Episode.objects.create(pk=EPISODE, owner=owner, onset_at=NOW, began_on=NOW.date())
    return as_owner


def refused(operation: Operation, client: APIClient, body: str | bytes, status: int) -> str:
    before = stored()
    sender = APIClient() if operation.route == "session" else client
    code = code_of(operation.send(sender, body), status)
    assert stored() == before
    return code


def leaves(value: Any, path: Path = ()) -> Iterator[Path]:
    if isinstance(value, dict | list):
        items = value.items() if isinstance(value, dict) else enumerate(value)
        for key, item in items:
            yield from leaves(item, (*path, key))
    else:
        yield path


def changed(body: Any, path: Path, value: object) -> Any:
    """A copy of `body` with another value at `path`, or none."""
    copied = copy.deepcopy(body)
    place = copied
    for key in path[:-1]:
        place = place[key]
    if value is MISSING:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return copied


LEAVES = [(one, path) for one in WRITES for path in leaves(one.body)]
every_leaf = pytest.mark.parametrize(
    ("operation", "path"), LEAVES, ids=[f"{one} {'.'.join(map(str, path))}" for one, path in LEAVES]
)


@every_write
def test_the_bodies_that_these_tests_spoil_are_right(
    operation: Operation, owner: Person, client: APIClient
) -> None:
    existing = OBJECTS[operation.route](owner).pk if operation.route in ON_WHAT_IS_THERE else None
    answer = operation.send(client, json.dumps(operation.body), id=existing)
    expected = {403} if operation.key in BY_TOKEN else {200, 201, 202}
    assert answer.status_code in expected


@every_write
@pytest.mark.parametrize(
    "body",
    [
        b"{", b"nonsense", b"{'a': 1}", b'{"a": 1}}', b"\xff\xfe", b'"\xff"', b'{"a": NaN}',
        b'{"a": -Infinity}', b'{"a": 1e999}', b'{"a": ' + b"9" * 400 + b"}", rb'{"\ud800": 1}',
        b"[" * 60_000, b'{"a":' * 900 + b"1" + b"}" * 900,
    ],
    ids=lambda body: repr(body[:16]),
)  # fmt: skip
def test_what_is_no_json_is_malformed(operation: Operation, body: bytes, client: APIClient) -> None:
    assert refused(operation, client, body, 400) == "malformed"


@every_write
@pytest.mark.parametrize("body", ["[]", '"text"', "null", "5", "true", "[{}]"])
def test_json_of_another_type_is_invalid(
    operation: Operation, body: str, client: APIClient
) -> None:
    assert refused(operation, client, body, 400) == "invalid"


@every_write
def test_a_huge_body_is_too_large(operation: Operation, client: APIClient) -> None:
    body = json.dumps(operation.body).ljust(64 * KIB + 1)
    assert refused(operation, client, body, 413) == "too_large"


@every_write
@pytest.mark.parametrize(
    "content_type",
    ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x",
     "application/xml", "application/json-patch+json", "nonsense"],
)  # fmt: skip
def test_another_content_type_is_unsupported(
    operation: Operation, content_type: str, client: APIClient
) -> None:
    before = stored()
    sender = APIClient() if operation.route == "session" else client
    answer = operation.send(sender, json.dumps(operation.body), content_type=content_type)
    assert code_of(answer, 415) == "unsupported_media_type"
    assert stored() == before


@every_leaf
@pytest.mark.parametrize(
    "value", [[], {}, "a\0b", "\0", "x" * 60_000, "half \ud800"], ids=lambda value: repr(value)[:9]
)
def test_no_value_may_be_of_a_wrong_kind(
    operation: Operation, path: Path, value: object, client: APIClient
) -> None:
    body = json.dumps(changed(operation.body, path, value))
    assert refused(operation, client, body, 400) in {
        "invalid",
        "malformed",
        "push_endpoint_refused",
    }


REQUIRED = [
    ("session", "time_zone"), ("session", "locale"), ("pain-entry", "score"),
    ("reminder", "kind"), ("reminder", "schedule"), ("reminder", "schedule.days"),
    ("reminder", "schedule.times"), ("device", "endpoint"), ("device", "keys"),
    ("device", "keys.p256dh"), ("device", "keys.auth"), ("me", "quiet_hours.from"),
    ("me", "quiet_hours.to"), ("gate-answers", "yes"), ("gate-clearance", "clinician"),
    ("gate-clearance", "seen_on"), ("follow-up-answer", "felt"),
]  # fmt: skip


@pytest.mark.parametrize(("route", "field"), REQUIRED)
@pytest.mark.parametrize("value", [MISSING, None], ids=["missing", "null"])
def test_what_is_needed_is_asked_for_by_its_name(
    route: str, field: str, value: object, client: APIClient
) -> None:
    operation = next(one for one in WRITES if one.route == route)
    sender = APIClient() if route == "session" else client
    before = stored()
    body = changed(operation.body, tuple(field.split(".")), value)
    answer = operation.send(sender, json.dumps(body))
    assert code_of(answer, 400) == "invalid"
    assert list(json.loads(answer.content)["fields"]) == [field]
    assert stored() == before


WRONG: list[tuple[str, str, list[object]]] = [
    ("reminder", "kind", ["", "run", "test", "Walk", "walk ' OR 1=1", 5]),
    ("reminder", "enabled", ["perhaps", None, 2]),
    (
        "reminder", "schedule",
        ["daily", 5, True, {"every": 5}, {"days": [0], "times": ["08:00"], "x": 1}],
    ),
    (
        "reminder", "schedule.days",
        [[7], [-1], [True], [False], [0.5], [1.0], ["0"], [[0]], [None], 3, "0"],
    ),
    (
        "reminder", "schedule.times",
        [["25:00"], ["24:00"], ["08:60"], ["8:00"], ["0800"], ["08:00:00"], ["08:00 "], ["-8:00"],
         ["٠٨:00"], [8], [None], [["08:00"]], "08:00", ["08:00"] * 25],
    ),
    ("me", "time_zone", ["Mars/Olympus", "localtime", ""]),
    ("me", "country", ["XX", "de", "DEU"]),
    ("me", "quiet_hours", ["22:00-07:00", 5, True]),
    ("me", "evening_check_at", ["25:00", "8:00", "19:30:00", "", None, 19]),
    ("device", "expirationTime", ["soon", "Infinity", "NaN"]),
    ("push-test", "device", ["nonsense", "", 1.5]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("route", "field", "value"),
    [(route, field, value) for route, field, values in WRONG for value in values],
    ids=lambda value: repr(value)[:20],
)
def test_a_value_that_makes_no_sense_is_named(
    route: str, field: str, value: object, client: APIClient
) -> None:
    operation = next(one for one in WRITES if one.route == route)
    before = stored()
    answer = operation.send(
        client, json.dumps(changed(operation.body, tuple(field.split(".")), value))
    )
    assert code_of(answer, 400) == "invalid"
    assert all(name.startswith(field) for name in json.loads(answer.content)["fields"])
    assert stored() == before


@pytest.mark.parametrize("operation", [one for one in OPERATIONS if ID in one.path], ids=str)
@pytest.mark.parametrize(
    "key", ["nonsense", "0", "%00", "D6F0C3A4-5B1E-4C8F-9A27-3E81B6A90C55", "{}", "..", "a" * 3000,
            "d6f0c3a45b1e4c8f9a273e81b6a90c55", "%ED%A0%80", "'; DROP TABLE--"],
)  # fmt: skip
def test_an_id_that_is_none_is_not_found(operation: Operation, key: str, client: APIClient) -> None:
    before = stored()
    answer = operation.send(client, json.dumps(operation.body), id=key)
    assert code_of(answer, 404) == "not_found"
    assert stored() == before


@pytest.mark.parametrize("key", ["half", "\ud83d", "x" * 50_000])
def test_an_unknown_part_of_a_schedule_is_named_as_far_as_it_can_be(
    key: str, client: APIClient
) -> None:
    operation = next(one for one in WRITES if one.route == "reminder")
    body = json.dumps(changed(operation.body, ("schedule", key), 1))
    assert refused(operation, client, body, 400) in {"invalid", "malformed"}
