"""Whatever goes wrong, the API answers `{"code", "detail", "fields"}` with the right status."""

import uuid
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpResponse
from rest_framework import exceptions
from rest_framework.test import APIClient

from backend.accounts.models import Person
from backend.core.api_errors import exception_handler
from backend.core.errors import Conflict, DomainError, Forbidden, Invalid, NotFound
from backend.overview import selectors
from backend.pain.models import PainEntry

pytestmark = [pytest.mark.service, pytest.mark.django_db]

ENTRY = f"/api/v1/pain/entries/{uuid.uuid4()}"


def code_of(answer: HttpResponse, status: int) -> str:
    assert answer.status_code == status, answer.content
    body: dict[str, Any] = answer.json()  # type: ignore[attr-defined]
    assert sorted(body) == ["code", "detail", "fields"]
    assert body["detail"]
    return str(body["code"])


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (DomainError("No."), 400, "invalid"),
        (Invalid("No.", fields={"at": ["Late."]}), 400, "invalid"),
        (Invalid("No.", code="push_endpoint_refused"), 400, "push_endpoint_refused"),
        (Forbidden("No.", code="consent_required"), 403, "consent_required"),
        (NotFound(), 404, "not_found"),
        (Conflict("No."), 409, "conflict"),
        (Http404(), 404, "not_found"),
        (PermissionDenied(), 403, "forbidden"),
        (exceptions.NotAuthenticated(), 401, "no_session"),
        (exceptions.AuthenticationFailed(), 401, "no_session"),
        (exceptions.ParseError(), 400, "malformed"),
        (exceptions.MethodNotAllowed("PUT"), 405, "method_not_allowed"),
        (exceptions.NotAcceptable(), 406, "not_acceptable"),
        (exceptions.UnsupportedMediaType("text/plain"), 415, "unsupported_media_type"),
        (exceptions.Throttled(wait=3.2), 429, "rate_limited"),
        (exceptions.ValidationError("No."), 400, "invalid"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else "",
)
def test_every_refusal_has_its_status_and_code(error: Exception, status: int, code: str) -> None:
    answer = exception_handler(error, {})
    assert answer is not None
    assert (answer.status_code, answer.data["code"]) == (status, code)
    assert set(answer.data) == {"code", "detail", "fields"}


def test_a_fault_of_ours_is_left_to_django() -> None:
    assert exception_handler(ZeroDivisionError(), {}) is None


@pytest.mark.parametrize(
    ("detail", "fields"),
    [
        ("No.", {"body": ["No."]}),
        ({"score": ["Too high."]}, {"score": ["Too high."]}),
        ({"keys": {"auth": ["Short."]}}, {"keys.auth": ["Short."]}),
        ({"times": [{}, {"at": ["Late."]}]}, {"times.1.at": ["Late."]}),
        ([{"at": ["Late."]}], {"0.at": ["Late."]}),
    ],
)
def test_nested_problems_become_one_level(detail: Any, fields: dict[str, list[str]]) -> None:
    answer = exception_handler(exceptions.ValidationError(detail), {})
    assert answer is not None
    assert answer.data["fields"] == fields


def test_an_unknown_address_of_the_api(visitor: APIClient) -> None:
    assert code_of(visitor.get("/api/v1/nothing"), 404) == "not_found"


def test_an_unknown_object(as_owner: APIClient) -> None:
    assert code_of(as_owner.delete(ENTRY), 404) == "not_found"


def test_malformed_json(as_owner: APIClient) -> None:
    answer = as_owner.put(ENTRY, b'{"score": ', content_type="application/json")
    assert code_of(answer, 400) == "malformed"


def test_another_content_type(as_owner: APIClient) -> None:
    answer = as_owner.put(ENTRY, "score=4", content_type="application/x-www-form-urlencoded")
    assert code_of(answer, 415) == "unsupported_media_type"


def test_a_method_that_an_address_does_not_have(as_owner: APIClient) -> None:
    assert code_of(as_owner.post(ENTRY, {}, format="json"), 405) == "method_not_allowed"


def test_a_person_who_asks_too_often_is_told_how_long_to_wait(
    as_owner: APIClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    allowed = "backend.core.throttling.FailOpenScopedThrottle.THROTTLE_RATES"
    monkeypatch.setattr(allowed, {"write": "1/hour", "session": "30/hour", "test_push": "20/hour"})
    as_owner.put(ENTRY, {"score": 4}, format="json")
    answer = as_owner.put(ENTRY, {"score": 5}, format="json")
    assert code_of(answer, 429) == "rate_limited"
    assert 3590 <= int(answer["Retry-After"]) <= 3600
    assert PainEntry.objects.get().score == 4


def test_a_fault_of_ours_is_one_clear_answer(
    owner: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("the password is hunter2")

    monkeypatch.setattr(selectors, "today", fail)
    client = APIClient(raise_request_exception=False)
    client.force_login(owner)
    answer = client.get("/api/v1/today")
    assert code_of(answer, 500) == "server_error"
    assert b"hunter2" not in answer.content


def test_a_host_name_that_is_not_ours(visitor: APIClient) -> None:
    answer = visitor.get("/api/v1/session", headers={"host": "evil.test"})
    assert code_of(answer, 400) == "malformed"


def test_a_browser_gets_a_plain_sentence(visitor: APIClient) -> None:
    answer = visitor.get("/missing.png")
    assert (answer.status_code, answer["Content-Type"]) == (404, "text/plain; charset=utf-8")


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_a_database_that_is_away_is_a_503_to_try_again_and_one_line_for_the_host(
    as_owner: APIClient,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    error: type[Exception],
) -> None:
    def away(*_: object, **__: object) -> None:
        raise error("connection refused\nIs the server running?")

    monkeypatch.setattr(selectors, "today", away)
    answer = as_owner.get("/api/v1/today")
    assert code_of(answer, 503) == "unavailable"
    assert answer.headers["Retry-After"] == "5"
    lines = [record.getMessage() for record in caplog.records if "database" in record.getMessage()]
    assert lines == ["the database does not answer: connection refused"]
