"""`/walking/backward`: whether somebody may walk backward, and how much."""

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
from backend.core.fields import MomentField, WholeNumberField
from backend.safety.services import CLEARERS
from backend.walking import backward, gates, standing
from backend.walking.backward import LONGEST_STAND
from backend.walking.serializers import BackwardSerializer


class UnlockInput(serializers.Serializer[Any]):
    """`over_65`: 65 or older; then a clinician has to have agreed."""

    stand_seconds = WholeNumberField(min_value=0, max_value=LONGEST_STAND, help_text="On one leg.")
    over_65 = serializers.BooleanField()
    clinician = serializers.ChoiceField(choices=CLEARERS, required=False, allow_blank=True)
    seen_on = serializers.DateField(required=False, allow_null=True)
    at = MomentField(required=False)


def _answered(person: Person, now: datetime) -> dict[str, Any]:
    situation = standing.situation_of(person, now=now)
    gate = gates.gate_of(person, now=now).state
    found = backward.backward_of(person, situation, gate=gate)
    return dict(BackwardSerializer(found).data)


class BackwardView(APIView):
    @extend_schema(responses=BackwardSerializer)
    def get(self, request: Request) -> Response:
        return Response(_answered(person_of(request), timezone.now()))


class BackwardUnlockView(APIView):
    throttle_scope = "write"

    @extend_schema(
        request=UnlockInput, responses={200: BackwardSerializer, 201: BackwardSerializer}
    )
    def put(self, request: Request, id: UUID) -> Response:  # noqa: A002
        """There is one of a person: a second id changes it. 409 `gate_due` or `gate_blocked`."""
        given, now, person = UnlockInput(data=request.data), timezone.now(), person_of(request)
        given.is_valid(raise_exception=True)
        _, created = backward.unlock_save(id=id, owner=person, now=now, **given.validated_data)
        code = status.HTTP_201_CREATED if created else status.HTTP_200_OK
        return Response(_answered(person, now), status=code)
