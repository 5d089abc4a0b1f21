"""`/reminders` and the test message."""

from typing import Any
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.accounts.authentication import person_of
from backend.core.errors import NotFound
from backend.core.fields import TextUUIDField
from backend.reminders import services
from backend.reminders.models import Reminder
from backend.reminders.serializers import (
    DeliverySerializer,
    ReminderSerializer,
    ScheduleSerializer,
)


class ReminderInput(serializers.Serializer[Any]):
    kind = serializers.CharField(max_length=32)
    schedule = serializers.JSONField()  # `rules.parse_schedule` says what is wrong with it
    enabled = serializers.BooleanField(default=True)


class ReminderInputSchema(ReminderInput):
    """What the field holds, for OpenAPI."""

    schedule = ScheduleSerializer()  # type: ignore[assignment]


class ReminderListSerializer(serializers.Serializer[Any]):
    results = ReminderSerializer(many=True)


class TestPushInput(serializers.Serializer[Any]):
    device = TextUUIDField(required=False, allow_null=True, default=None)


class ReminderListView(APIView):
    @extend_schema(responses=ReminderListSerializer)
    def get(self, request: Request) -> Response:
        mine = Reminder.objects.filter(owner=person_of(request)).order_by("created_at")
        return Response(ReminderListSerializer({"results": mine}).data)


class ReminderView(APIView):
    throttle_scope = "write"

    @extend_schema(responses=ReminderSerializer)
    def get(self, request: Request, id: UUID) -> Response:  # noqa: A002
        reminder = Reminder.objects.filter(pk=id, owner=person_of(request)).first()
        if reminder is None:
            raise NotFound
        return Response(ReminderSerializer(reminder).data)

    @extend_schema(
        request=ReminderInputSchema, responses={200: ReminderSerializer, 201: ReminderSerializer}
    )
    def put(self, request: Request, id: UUID) -> Response:  # noqa: A002
        given = ReminderInput(data=request.data)
        given.is_valid(raise_exception=True)
        reminder, created = services.reminder_save(
            id=id, owner=person_of(request), now=timezone.now(), **given.validated_data
        )
        code = status.HTTP_201_CREATED if created else status.HTTP_200_OK
        return Response(ReminderSerializer(reminder).data, status=code)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, id: UUID) -> Response:  # noqa: A002
        services.reminder_delete(id=id, owner=person_of(request))
        return Response(status=status.HTTP_204_NO_CONTENT)


class TestPushView(APIView):
    throttle_scope = "test_push"

    @extend_schema(request=TestPushInput, responses={202: DeliverySerializer})
    def post(self, request: Request) -> Response:
        given = TestPushInput(data=request.data)
        given.is_valid(raise_exception=True)
        delivery = services.test_push(
            person=person_of(request),
            device_id=given.validated_data["device"],
            now=timezone.now(),
        )
        return Response(DeliverySerializer(delivery).data, status=status.HTTP_202_ACCEPTED)
