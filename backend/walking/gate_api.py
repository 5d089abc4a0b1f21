"""`/walking/gate`: the questions before walking, and that a clinician agreed."""

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
from backend.accounts.models import Person
from backend.core.fields import MomentField
from backend.safety.models import Clinician
from backend.walking import gates
from backend.walking.gate_serializers import GateSerializer

MOST_QUESTIONS = 50
LONGEST_ID = 64


class GateAnswersInput(serializers.Serializer[Any]):
    yes = serializers.ListField(
        child=serializers.CharField(max_length=LONGEST_ID),
        max_length=MOST_QUESTIONS,
        help_text='What applies; empty: "none of these".',
    )
    wording = serializers.CharField(max_length=16, required=False)
    at = MomentField(required=False)


class GateClearanceInput(serializers.Serializer[Any]):
    clinician = serializers.ChoiceField(choices=Clinician.choices)
    seen_on = serializers.DateField()
    at = MomentField(required=False)


def _answer(person: Person, *, now: datetime, created: bool = False) -> Response:
    """The gate as it stands now."""
    code = status.HTTP_201_CREATED if created else status.HTTP_200_OK
    return Response(GateSerializer(gates.gate_of(person, now=now)).data, status=code)


class GateView(APIView):
    @extend_schema(responses=GateSerializer)
    def get(self, request: Request) -> Response:
        return _answer(person_of(request), now=timezone.now())


class GateAnswersView(APIView):
    throttle_scope = "write"

    @extend_schema(request=GateAnswersInput, responses={200: GateSerializer, 201: GateSerializer})
    def put(self, request: Request, id: UUID) -> Response:  # noqa: A002
        """The same id again is 200 where it means the same, and 409 where it does not."""
        given, now, person = GateAnswersInput(data=request.data), timezone.now(), person_of(request)
        given.is_valid(raise_exception=True)
        ticked = gates.Ticked(**given.validated_data)
        _, created = gates.answers_save(id=id, owner=person, ticked=ticked, now=now)
        return _answer(person, now=now, created=created)


class GateClearanceView(APIView):
    throttle_scope = "write"

    @extend_schema(request=GateClearanceInput, responses={200: GateSerializer, 201: GateSerializer})
    def put(self, request: Request, id: UUID) -> Response:  # noqa: A002
        """The same id again corrects who has seen the person, and when."""
        given, now = GateClearanceInput(data=request.data), timezone.now()
        given.is_valid(raise_exception=True)
        person = person_of(request)
        _, created = gates.clearance_save(id=id, owner=person, now=now, **given.validated_data)
        return _answer(person, now=now, created=created)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, id: UUID) -> Response:  # noqa: A002
        """What it covered blocks again."""
        gates.clearance_undo(id=id, owner=person_of(request))
        return Response(status=status.HTTP_204_NO_CONTENT)
