"""`/pain/entries`: the diary."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.accounts.authentication import person_of
from backend.core.fields import MomentField, TextUUIDField, WholeNumberField
from backend.pain import selectors, services
from backend.pain.models import LONGEST_NOTE, WORST, Better, Place, Sleep, WalkMoment, Worse
from backend.pain.serializers import EntrySerializer

PAGE = 50
LONGEST_PAGE = 200
DETAILS = ("places", "worse", "better", "sleep", "note")
OF_WALK = ("walk", "walk_moment")


def _some_of(choices: type[models.TextChoices]) -> serializers.ListField:
    one = serializers.ChoiceField(choices=choices.choices)
    return serializers.ListField(child=one, required=False, max_length=len(choices))


class EntryInput(serializers.Serializer[Any]):
    """What is left out is empty: a PUT says the whole truth about an entry."""

    score = WholeNumberField(min_value=0, max_value=WORST)
    at = MomentField(required=False)
    began_on = serializers.DateField(required=False, allow_null=True, default=None)
    places = _some_of(Place)
    worse = _some_of(Worse)
    better = _some_of(Better)
    sleep = serializers.ChoiceField(choices=Sleep.choices, required=False, allow_blank=True)
    note = serializers.CharField(max_length=LONGEST_NOTE, required=False, allow_blank=True)
    walk = TextUUIDField(required=False, allow_null=True)
    walk_moment = serializers.ChoiceField(
        choices=WalkMoment.choices, required=False, allow_blank=True
    )

    def values(self, now: datetime) -> dict[str, Any]:
        given: dict[str, Any] = {"at": now} | self.validated_data
        details = {name: given.pop(name) for name in DETAILS if name in given}
        of_walk = {name: given.pop(name) for name in OF_WALK if name in given}
        return given | {
            "details": services.Details(**details),
            "of_walk": services.OfWalk(**of_walk),
        }


class PageInput(serializers.Serializer[Any]):
    limit = serializers.IntegerField(
        required=False, default=PAGE, min_value=1, max_value=LONGEST_PAGE
    )
    before = MomentField(required=False, default=None)


class EntryListSerializer(serializers.Serializer[selectors.Page]):
    results = EntrySerializer(many=True, source="entries")
    next_before = serializers.DateTimeField(allow_null=True)


class EntryListView(APIView):
    @extend_schema(parameters=[PageInput], responses=EntryListSerializer)
    def get(self, request: Request) -> Response:
        page = PageInput(data=request.query_params)
        page.is_valid(raise_exception=True)
        found = selectors.page_before(person_of(request).pk, **page.validated_data)
        return Response(EntryListSerializer(found).data)


class EntryView(APIView):
    throttle_scope = "write"

    @extend_schema(request=EntryInput, responses={200: EntrySerializer, 201: EntrySerializer})
    def put(self, request: Request, id: UUID) -> Response:  # noqa: A002
        given, now = EntryInput(data=request.data), timezone.now()
        given.is_valid(raise_exception=True)
        entry, created = services.entry_save(
            id=id, owner=person_of(request), now=now, **given.values(now)
        )
        code = status.HTTP_201_CREATED if created else status.HTTP_200_OK
        return Response(EntrySerializer(entry).data, status=code)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, id: UUID) -> Response:  # noqa: A002
        services.entry_delete(id=id, owner=person_of(request), now=timezone.now())
        return Response(status=status.HTTP_204_NO_CONTENT)
