"""Who is asking: the session cookie, with CSRF checked in the API's own words."""

from typing import Any

from django.http import HttpRequest
from rest_framework import exceptions
from rest_framework.authentication import SessionAuthentication
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from backend.accounts.models import Person
from backend.core.errors import CsrfFailed


class PersonAuthentication(SessionAuthentication):
    def enforce_csrf(self, request: HttpRequest | Request) -> None:
        try:
            super().enforce_csrf(request)  # type: ignore[arg-type]
        except exceptions.PermissionDenied:
            raise CsrfFailed from None

    def authenticate_header(self, request: Request) -> str:
        """Makes a missing session a 401: the client then knows that there is no account yet."""
        return "Session"


class PersonWithoutCsrf(PersonAuthentication):
    """For the one address that hands out the CSRF token."""

    def enforce_csrf(self, request: HttpRequest | Request) -> None:
        """Nothing to check yet; `refuse_cross_site` stands in."""


def refuse_cross_site(request: Request) -> None:
    """Refuse what a foreign page makes a browser send. Browsers set this header, pages can't."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") == "cross-site":
        raise CsrfFailed


class HasSession(BasePermission):
    message = "Start a session first: POST /api/v1/session."

    def has_permission(self, request: Request, view: Any) -> bool:
        return isinstance(request.user, Person)


def person_of(request: Request) -> Person:
    """The person behind a request that HasSession let through."""
    if not isinstance(request.user, Person):
        raise exceptions.NotAuthenticated
    return request.user
