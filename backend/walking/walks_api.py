"""`/walks`: every walk there was."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.accounts.authentication import person_of
from backend.accounts.models import Person
from backend.core.errors import NotFound
from backend.core.fields import MomentField, WholeNumberField
from backend.walking import standing, walks
from backend.walking.backward_rules import CHECKLIST
from backend.walking.models import LONGEST_NOTE, Purpose, Stopped, Walk, WalkSource
from backend.walking.serializers import WalkSerializer

PAGE, LONGEST_PAGE = 20, 100
A_MILLION = 10**6


@extend_schema_field({"type": "array", "items": {"type": "array", "items": {"type": "number"}}})
class TrackField(serializers.Field[Any, Any, Any, Any]):
    """A list of lists. What stands in them the service looks at, once, for there are thousands."""

    default_error_messages = {"invalid": "A track is a list of points."}  # noqa: RUF012

    def to_internal_value(self, data: Any) -> list[list[Any]]:
        if not isinstance(data, list) or not all(isinstance(point, list) for point in data):
            self.fail("invalid")
        return data


def _amount(most: int = A_MILLION) -> WholeNumberField:
    return WholeNumberField(min_value=0, max_value=most, required=False, allow_null=True)


class WalkInput(serializers.Serializer[Any]):
    """What is left out is empty: a PUT says the whole truth about a walk."""

    started_at = MomentField()
    ended_at = MomentField()
    seconds = _amount()
    backward_seconds = WholeNumberField(min_value=0, max_value=A_MILLION, required=False)
    planned_minutes = _amount()
    chosen_minutes = _amount()
    purpose = serializers.ChoiceField(choices=Purpose.choices, required=False)
    source = serializers.ChoiceField(  # type: ignore[assignment] # DRF's attribute of that name
        choices=WalkSource.choices, required=False
    )
    stopped = serializers.ChoiceField(choices=Stopped.choices, required=False, allow_blank=True)
    distance_m = _amount()
    steps = _amount()
    track = TrackField(required=False, allow_null=True)
    checklist = serializers.ListField(
        child=serializers.ChoiceField(choices=list(CHECKLIST)),
        required=False,
        max_length=len(CHECKLIST),
    )
    note = serializers.CharField(max_length=LONGEST_NOTE, required=False, allow_blank=True)


class WalkPageInput(serializers.Serializer[Any]):
    limit = serializers.IntegerField(
        required=False, default=PAGE, min_value=1, max_value=LONGEST_PAGE
    )
    before = MomentField(required=False, default=None)


class WalkListSerializer(serializers.Serializer[Any]):
    results = WalkSerializer(many=True)
    next_before = serializers.DateTimeField(allow_null=True)


@dataclass(frozen=True)
class Page:
    """`next_before` asks for the walks that follow; None on the last page."""

    results: list[Walk]
    next_before: datetime | None


def page_before(person: Person, *, before: datetime | None, limit: int) -> Page:
    """Newest first. No two of a person start together, so a time can be the cursor."""
    found = Walk.objects.filter(owner=person).order_by("-started_at")
    if before is not None:
        found = found.filter(started_at__lt=before)
    rows = list(found[: limit + 1])
    more = len(rows) > limit
    return Page(rows[:limit], rows[limit - 1].started_at if more else None)


def _context(rows: list[Walk], person: Person) -> dict[str, Any]:
    return {"stories": standing.scores_of(rows, person, now=timezone.now())}


def _answered(walk: Walk, person: Person) -> dict[str, Any]:
    return dict(WalkSerializer(walk, context=_context([walk], person)).data)


class WalkListView(APIView):
    @extend_schema(parameters=[WalkPageInput], responses=WalkListSerializer)
    def get(self, request: Request) -> Response:
        """Newest first."""
        wanted, person = WalkPageInput(data=request.query_params), person_of(request)
        wanted.is_valid(raise_exception=True)
        page = page_before(person, **wanted.validated_data)
        context = _context(page.results, person)
        return Response(WalkListSerializer(page, context=context).data)


class WalkView(APIView):
    @property
    def throttle_scope(self) -> str | None:
        return None if self.request.method == "GET" else "write"

    @extend_schema(responses=WalkSerializer)
    def get(self, request: Request, id: UUID) -> Response:  # noqa: A002
        person = person_of(request)
        walk = Walk.objects.filter(pk=id, owner=person).first()
        if walk is None:
            raise NotFound
        return Response(_answered(walk, person))

    @extend_schema(request=WalkInput, responses={200: WalkSerializer, 201: WalkSerializer})
    def put(self, request: Request, id: UUID) -> Response:  # noqa: A002
        """409 `walk_overlaps`, `gate_blocked`, and with steps backward `gate_due` or
        `backward_locked`."""
        given, person = WalkInput(data=request.data), person_of(request)
        given.is_valid(raise_exception=True)
        walk, created = walks.walk_save(
            id=id, owner=person, values=walks.Values(**given.validated_data), now=timezone.now()
        )
        code = status.HTTP_201_CREATED if created else status.HTTP_200_OK
        return Response(_answered(walk, person), status=code)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, id: UUID) -> Response:  # noqa: A002
        walks.walk_delete(id=id, owner=person_of(request))
        return Response(status=status.HTTP_204_NO_CONTENT)
