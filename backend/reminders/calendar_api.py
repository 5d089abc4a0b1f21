"""`/reminders/calendar`: the person's secret address; `/calendar/<secret>.ics`: what is there."""

import hashlib
from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.permissions import AllowAny
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView

from backend.accounts.authentication import person_of
from backend.reminders import calendar
from backend.reminders.models import CalendarFeed

CONTENT_TYPE = "text/calendar; charset=utf-8"


class CalendarSerializer(serializers.Serializer[Any]):
    url = serializers.CharField(allow_null=True, help_text="Secret: who has it reads the feed.")


def _address(request: Request, feed: CalendarFeed | None) -> dict[str, str | None]:
    path = reverse("calendar-feed", args=[feed.secret]) if feed else None
    return {"url": request.build_absolute_uri(path) if path else None}


class CalendarView(APIView):
    throttle_scope = "write"

    def get_throttles(self) -> list[BaseThrottle]:
        return [] if self.request.method == "GET" else super().get_throttles()

    @extend_schema(responses=CalendarSerializer)
    def get(self, request: Request) -> Response:
        feed = calendar.feed_of(owner=person_of(request))
        return Response(CalendarSerializer(_address(request, feed)).data)

    @extend_schema(request=None, responses={200: CalendarSerializer, 201: CalendarSerializer})
    def put(self, request: Request) -> Response:
        feed, created = calendar.feed_open(owner=person_of(request))
        code = status.HTTP_201_CREATED if created else status.HTTP_200_OK
        return Response(CalendarSerializer(_address(request, feed)).data, status=code)

    @extend_schema(responses={204: None})
    def delete(self, request: Request) -> Response:
        calendar.feed_close(owner=person_of(request))
        return Response(status=status.HTTP_204_NO_CONTENT)


class WhateverTheyAccept(BaseContentNegotiation):
    """Calendar apps accept text/calendar, which is what they get; errors are JSON all the same."""

    def select_renderer(
        self,
        request: Request,
        renderers: Iterable[BaseRenderer],
        format_suffix: str | None = None,
    ) -> tuple[BaseRenderer, str]:
        first = next(iter(renderers))
        return first, first.media_type


class CalendarFeedView(APIView):
    """For calendar apps: they have no session, the address is all they know."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    content_negotiation_class = WhateverTheyAccept
    throttle_scope = "calendar"

    @extend_schema(auth=[], responses={(200, "text/calendar"): OpenApiTypes.STR})
    def get(self, request: Request, secret: str) -> HttpResponse:
        feed = calendar.feed_at(secret=secret)
        origin = request.build_absolute_uri("/").rstrip("/")
        text = calendar.feed_text(feed=feed, origin=origin, now=timezone.now())
        return _unless_known(request, text)


def _unless_known(request: Request, text: bytes) -> HttpResponse:
    """The whole calendar, or 304. No Last-Modified: a reminder that is gone has left no date."""
    etag = f'"{hashlib.sha256(text).hexdigest()}"'
    full = HttpResponse(text, content_type=CONTENT_TYPE)
    full.headers["Content-Disposition"] = 'inline; filename="backstep.ics"'
    full.headers["ETag"] = etag
    answer = get_conditional_response(request._request, etag=etag, response=full) or full
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer
