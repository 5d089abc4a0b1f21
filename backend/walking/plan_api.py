"""`/walking/plans`: starting a plan, choosing other days, taking a start back."""

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
from backend.walking import overview, plans, standing
from backend.walking.models import ToleranceFrom
from backend.walking.plans import LONGEST_TOLERANCE
from backend.walking.serializers import WalkPlanSerializer

DAYS = 7


def _days() -> serializers.ListField:
    one = WholeNumberField(min_value=0, max_value=DAYS - 1)
    return serializers.ListField(child=one, min_length=1, max_length=DAYS, help_text="0 is Monday.")


class PlanInput(serializers.Serializer[Any]):
    """`tolerance`: minutes in comfort; not needed where test walks say it."""

    tolerance = WholeNumberField(
        min_value=1, max_value=LONGEST_TOLERANCE, required=False, allow_null=True, default=None
    )
    tolerance_from = serializers.ChoiceField(choices=ToleranceFrom.choices)
    walks_already = serializers.BooleanField()
    days = _days()
    at = MomentField(required=False)


class PlanDaysInput(serializers.Serializer[Any]):
    """`at`: the moment of the change, for a phone that had no network since."""

    days = _days()
    at = MomentField(required=False)


def _answered(person: Person, now: datetime) -> dict[str, Any]:
    """The plan that counts, which is the one just saved, unless a later start is known already."""
    shown = overview.plan_shown(standing.situation_of(person, now=now))
    return dict(WalkPlanSerializer(shown).data)


class PlanView(APIView):
    throttle_scope = "write"

    @extend_schema(request=PlanInput, responses={200: WalkPlanSerializer, 201: WalkPlanSerializer})
    def put(self, request: Request, id: UUID) -> Response:  # noqa: A002
        """Start a plan, or correct a start. 409 `gate_due` or `gate_blocked`."""
        given, now, person = PlanInput(data=request.data), timezone.now(), person_of(request)
        given.is_valid(raise_exception=True)
        _, created = plans.plan_save(id=id, owner=person, now=now, **given.validated_data)
        code = status.HTTP_201_CREATED if created else status.HTTP_200_OK
        return Response(_answered(person, now), status=code)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, id: UUID) -> Response:  # noqa: A002
        """Take a start back; the one before it counts again."""
        plans.plan_delete(id=id, owner=person_of(request))
        return Response(status=status.HTTP_204_NO_CONTENT)


class PlanDaysView(APIView):
    throttle_scope = "write"

    @extend_schema(request=PlanDaysInput, responses=WalkPlanSerializer)
    def put(self, request: Request, id: UUID) -> Response:  # noqa: A002
        """Other days, from today on."""
        given, now, person = PlanDaysInput(data=request.data), timezone.now(), person_of(request)
        given.is_valid(raise_exception=True)
        plans.plan_days(id=id, owner=person, now=now, **given.validated_data)
        return Response(_answered(person, now))
