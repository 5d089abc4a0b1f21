"""`/reminders/holds`: pauses, and whatever else keeps reminders quiet."""

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
from backend.core.fields import MomentField
from backend.reminders import holds
from backend.reminders.serializers import HoldSerializer


class HoldListSerializer(serializers.Serializer[Any]):
    results = HoldSerializer(many=True)


class PauseInput(serializers.Serializer[Any]):
    """`for` says how long from now on; `until`, in its place, brings back one that was ended."""

    until = MomentField(required=False)
    kinds = serializers.ListField(
        child=serializers.CharField(max_length=32),
        max_length=50,
        required=False,
        allow_null=True,
        default=None,
        help_text="null: every kind",
    )

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        # `for` can't be an attribute
        span = serializers.ChoiceField(choices=list(holds.Span), required=False)
        return {"for": span} | super().get_fields()

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("for" in attrs) == ("until" in attrs):
            raise serializers.ValidationError({"for": ["Say for how long, or until when."]})
        return attrs

    @property
    def span(self) -> holds.Span | datetime:
        given = self.validated_data
        return given["until"] if "until" in given else holds.Span(given["for"])


class HoldListView(APIView):
    @extend_schema(responses=HoldListSerializer)
    def get(self, request: Request) -> Response:
        """Those that hold now."""
        found = holds.active_holds(owner_id=person_of(request).pk, now=timezone.now())
        return Response(HoldListSerializer({"results": found}).data)


class HoldView(APIView):
    throttle_scope = "write"

    @extend_schema(request=PauseInput, responses={200: HoldSerializer, 201: HoldSerializer})
    def put(self, request: Request, id: UUID) -> Response:  # noqa: A002
        given = PauseInput(data=request.data)
        given.is_valid(raise_exception=True)
        hold, created = holds.pause_save(
            id=id,
            owner=person_of(request),
            span=given.span,
            kinds=given.validated_data["kinds"],
            now=timezone.now(),
        )
        code = status.HTTP_201_CREATED if created else status.HTTP_200_OK
        return Response(HoldSerializer(hold).data, status=code)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, id: UUID) -> Response:  # noqa: A002
        holds.hold_lift(id=id, owner=person_of(request))
        return Response(status=status.HTTP_204_NO_CONTENT)
