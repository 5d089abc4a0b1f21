"""One envelope for every error the API answers: `{"code", "detail", "fields"}`."""

import logging
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback

from backend.core.errors import UNUSABLE, CsrfFailed, DomainError, Fields

log = logging.getLogger(__name__)

UNAVAILABLE_SECONDS = 5
CODES: dict[type[exceptions.APIException], str] = {
    exceptions.ParseError: "malformed",
    exceptions.NotAuthenticated: "no_session",
    exceptions.AuthenticationFailed: "no_session",
    exceptions.PermissionDenied: "forbidden",
    exceptions.NotFound: "not_found",
    exceptions.MethodNotAllowed: "method_not_allowed",
    exceptions.NotAcceptable: "not_acceptable",
    exceptions.UnsupportedMediaType: "unsupported_media_type",
    exceptions.Throttled: "rate_limited",
}


def envelope(code: str, detail: str, fields: Fields | None = None) -> dict[str, Any]:
    return {"code": code, "detail": detail, "fields": dict(fields or {})}


def exception_handler(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's hook: whatever a view raises, answered in the envelope. None lets Django answer 500."""
    if isinstance(error, DomainError):
        set_rollback()
        return Response(envelope(error.code, error.detail, error.fields), status=error.status)
    if isinstance(error, OperationalError | InterfaceError):
        return _unavailable(error)
    if isinstance(error, Http404):
        error = exceptions.NotFound("There is nothing here.")
    elif isinstance(error, PermissionDenied):
        error = exceptions.PermissionDenied()
    if not isinstance(error, exceptions.APIException):
        return None
    set_rollback()
    headers = (
        {"Retry-After": str(_seconds(error))} if isinstance(error, exceptions.Throttled) else {}
    )
    return Response(_from_drf(error), status=error.status_code, headers=headers)


def _unavailable(error: Exception) -> Response:
    """The database is away, or too busy. One line tells the host; the app tries again by itself."""
    set_rollback()
    log.warning("the database does not answer: %s", str(error).partition("\n")[0])
    detail = "The server can't save or load just now. Try again in a moment."
    headers = {"Retry-After": str(UNAVAILABLE_SECONDS)}
    return Response(envelope("unavailable", detail), status=503, headers=headers)


def _from_drf(error: exceptions.APIException) -> dict[str, Any]:
    if isinstance(error, exceptions.ValidationError):
        fields = _flat(error.detail)
        return envelope("invalid", UNUSABLE, fields)
    return envelope(CODES.get(type(error), "error"), str(error.detail))


def _flat(detail: Any, path: str = "") -> dict[str, list[str]]:
    """Nested validation errors as one level: `{"schedule.times.0": ["…"]}`."""
    if isinstance(detail, dict):
        parts = [(f"{path}.{key}".strip("."), value) for key, value in detail.items()]
    elif isinstance(detail, list) and all(isinstance(item, str) for item in detail):
        return {path or "body": [str(item) for item in detail]}
    elif isinstance(detail, list):
        parts = [(f"{path}.{index}".strip("."), item) for index, item in enumerate(detail) if item]
    else:
        return {path or "body": [str(detail)]}
    found: dict[str, list[str]] = {}
    for name, value in parts:
        found |= _flat(value, name)
    return found


def _seconds(error: exceptions.Throttled) -> int:
    return max(1, int(getattr(error, "wait", None) or 1))


def _answer(request: HttpRequest, status: int, code: str, detail: str) -> HttpResponse:
    """Django's own error pages: the envelope for the API, one plain sentence for a browser."""
    if request.path.startswith("/api/"):
        return JsonResponse(envelope(code, detail), status=status)
    return HttpResponse(detail, status=status, content_type="text/plain; charset=utf-8")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(request, 400, "malformed", "The request can't be read.")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(request, 404, "not_found", "There is nothing here.")


def server_error(request: HttpRequest) -> HttpResponse:
    return _answer(request, 500, "server_error", "Something went wrong on the server. Try again.")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    refusal = CsrfFailed()
    return _answer(request, refusal.status, refusal.code, refusal.detail)
