"""What is refused before a view runs, and limits that must never lock anybody out."""

import uuid

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from pytest_django import Settings
from rest_framework.test import APIClient

from backend.core.middleware import BodyLimitMiddleware
from backend.pain.models import PainEntry
from tests.settings import free_port

LIMIT = 64 * 1024
ENTRY = f"/api/v1/pain/entries/{uuid.uuid4()}"


def answer_to(**headers: str) -> HttpResponse:
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse("seen")

    return BodyLimitMiddleware(view)(RequestFactory().post("/", **headers))  # type: ignore[arg-type]


@pytest.mark.parametrize("length", ["", "0", "1", str(LIMIT)])
def test_a_body_within_the_limit_is_let_through(length: str) -> None:
    assert answer_to(CONTENT_LENGTH=length).content == b"seen"


@pytest.mark.parametrize("length", [str(LIMIT + 1), "9" * 12])
def test_a_larger_one_is_refused_unread(length: str) -> None:
    answer = answer_to(CONTENT_LENGTH=length)
    assert (answer.status_code, b"too_large" in answer.content) == (413, True)


@pytest.mark.parametrize("length", ["-1", "many", "1.5", "+1"])
def test_a_length_that_is_none_is_malformed(length: str) -> None:
    answer = answer_to(CONTENT_LENGTH=length)
    assert (answer.status_code, b"malformed" in answer.content) == (400, True)


@pytest.mark.service
@pytest.mark.django_db
def test_a_score_is_saved_while_redis_is_away(as_owner: APIClient, settings: Settings) -> None:
    away = settings.CACHES["default"] | {"LOCATION": f"redis://127.0.0.1:{free_port()}/0"}
    settings.CACHES = {"default": away}
    answer = as_owner.put(ENTRY, {"score": 4}, format="json")
    assert answer.status_code == 201
    assert PainEntry.objects.count() == 1
