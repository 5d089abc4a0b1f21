"""`/symptom-checks`, and `/safety`: what is suspended, and who has cleared it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.accounts.authentication import person_of
from backend.core.fields import MomentField, TextUUIDField
from backend.safety import selectors, services
from backend.safety.models import Clinician, Occasion, SymptomCheck
from backend.safety.serializers import BlockSerializer, CheckSerializer

MOST_FACTS = 100
LONGEST_ID = 64


class CheckInput(serializers.Serializer[Any]):
    id = TextUUIDField(required=False)
    symptoms = serializers.ListField(
        child=serializers.CharField(max_length=LONGEST_ID), max_length=MOST_FACTS
    )
    wording = serializers.CharField(max_length=16, required=False)
    occasion = serializers.ChoiceField(choices=Occasion.choices, required=False)
    at = MomentField(required=False)
    corrects = TextUUIDField(required=False, allow_null=True)


class ClearanceInput(serializers.Serializer[Any]):
    clinician = serializers.ChoiceField(choices=Clinician.choices)
    seen_on = serializers.DateField()
    at = MomentField(required=False)


class CheckListSerializer(serializers.Serializer[Any]):
    results = CheckSerializer(many=True)


class OpenBlockSerializer(serializers.Serializer[Any]):
    block = BlockSerializer(allow_null=True)


def _context(owner_id: UUID) -> dict[str, Any]:
    return {"block": selectors.open_block(owner_id)}


def _answered(check: SymptomCheck) -> dict[str, Any]:
    return dict(CheckSerializer(check, context=_context(check.owner_id)).data)


class CheckListView(APIView):
    @property
    def throttle_scope(self) -> str | None:
        return "write" if self.request.method == "POST" else None

    @extend_schema(responses=CheckListSerializer)
    def get(self, request: Request) -> Response:
        person = person_of(request)
        found: Any = {"results": selectors.recent_checks(person.pk)}
        return Response(CheckListSerializer(found, context=_context(person.pk)).data)

    @extend_schema(request=CheckInput, responses={200: CheckSerializer, 201: CheckSerializer})
    def post(self, request: Request) -> Response:
        given = CheckInput(data=request.data)
        given.is_valid(raise_exception=True)
        values = dict(given.validated_data)
        check, created = services.check_save(
            id=values.pop("id", None),
            owner=person_of(request),
            answers=services.Answers(**values),
            now=timezone.now(),
        )
        code = status.HTTP_201_CREATED if created else status.HTTP_200_OK
        return Response(_answered(check), status=code)


class CheckView(APIView):
    @extend_schema(responses=CheckSerializer)
    def get(self, request: Request, id: UUID) -> Response:  # noqa: A002
        return Response(_answered(selectors.check_of(person_of(request).pk, id)))


class BlockView(APIView):
    @extend_schema(responses=OpenBlockSerializer)
    def get(self, request: Request) -> Response:
        found: Any = {"block": selectors.open_block(person_of(request).pk)}
        return Response(OpenBlockSerializer(found).data)


class ClearanceView(APIView):
    throttle_scope = "write"

    @extend_schema(request=ClearanceInput, responses=BlockSerializer)
    def put(self, request: Request, id: UUID) -> Response:  # noqa: A002
        given = ClearanceInput(data=request.data)
        given.is_valid(raise_exception=True)
        block = services.clearance_save(
            id=id, owner=person_of(request), now=timezone.now(), **given.validated_data
        )
        return Response(BlockSerializer(block).data)

    @extend_schema(responses=BlockSerializer)
    def delete(self, request: Request, id: UUID) -> Response:  # noqa: A002
        now: datetime = timezone.now()
        block = services.clearance_undo(id=id, owner=person_of(request), now=now)
        return Response(BlockSerializer(block).data)
