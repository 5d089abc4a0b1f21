"""`/symptom-checks`, and `/safety`: what an emergency answer forbids."""

from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.accounts.authentication import person_of
from backend.core.fields import MomentField, TextUUIDField
from backend.safety import selectors, services
from backend.safety.models import Clinician, Occasion
from backend.safety.serializers import BlockSerializer, CheckMadeSerializer, CheckSerializer

MOST_FACTS = 100


class CheckInput(serializers.Serializer[Any]):
    """`symptoms` are ids of what was ticked; an empty list means none of these. With an `id` of
    the client's own, a replay finds the first result."""

    id = TextUUIDField(required=False)
    symptoms = serializers.ListField(
        child=serializers.CharField(max_length=64), max_length=MOST_FACTS
    )
    wording = serializers.CharField(max_length=16, required=False)
    occasion = serializers.ChoiceField(choices=Occasion.choices, required=False)
    at = MomentField(required=False)
    corrects = TextUUIDField(required=False, allow_null=True)


class CheckListSerializer(serializers.Serializer[Any]):
    results = CheckSerializer(many=True)


class CheckListView(APIView):
    throttle_scope = "write"

    @extend_schema(responses=CheckListSerializer)
    def get(self, request: Request) -> Response:
        """The latest fifty, newest first."""
        found = selectors.checks_of(person_of(request).pk)
        return Response(CheckListSerializer({"results": found}).data)

    @extend_schema(
        request=CheckInput, responses={200: CheckMadeSerializer, 201: CheckMadeSerializer}
    )
    def post(self, request: Request) -> Response:
        """Not a diagnosis: what to do, by the highest level of what was ticked."""
        given = CheckInput(data=request.data)
        given.is_valid(raise_exception=True)
        values = {"id": uuid4()} | given.validated_data
        check, created = services.check_save(owner=person_of(request), now=timezone.now(), **values)
        code = status.HTTP_201_CREATED if created else status.HTTP_200_OK
        return Response(CheckMadeSerializer(check).data, status=code)


class CheckView(APIView):
    @extend_schema(responses=CheckSerializer)
    def get(self, request: Request, id: UUID) -> Response:  # noqa: A002
        return Response(CheckSerializer(selectors.check_of(person_of(request), id)).data)


class ClearanceInput(serializers.Serializer[Any]):
    clinician = serializers.ChoiceField(choices=Clinician.choices)
    seen_on = serializers.DateField()


class StandingSerializer(serializers.Serializer[Any]):
    block = BlockSerializer(allow_null=True)


class BlockView(APIView):
    @extend_schema(responses=StandingSerializer)
    def get(self, request: Request) -> Response:
        """The block that stands now, if any."""
        found = selectors.open_block(person_of(request).pk)
        return Response(StandingSerializer({"block": found}).data)


class ClearanceView(APIView):
    throttle_scope = "write"

    @extend_schema(request=ClearanceInput, responses=BlockSerializer)
    def put(self, request: Request, id: UUID) -> Response:  # noqa: A002
        """A clinician has seen the person and agreed to walking and exercise."""
        given = ClearanceInput(data=request.data)
        given.is_valid(raise_exception=True)
        block = services.clearance_save(
            id=id, owner=person_of(request), now=timezone.now(), **given.validated_data
        )
        return Response(BlockSerializer(block).data)

    @extend_schema(responses=BlockSerializer)
    def delete(self, request: Request, id: UUID) -> Response:  # noqa: A002
        """It was recorded by mistake."""
        block = services.clearance_undo(id=id, owner=person_of(request), now=timezone.now())
        return Response(BlockSerializer(block).data)
