"""`/today`: one answer for the first screen."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.accounts.authentication import person_of
from backend.overview import selectors
from backend.pain.serializers import EntrySerializer
from backend.reminders.serializers import ReminderSerializer


class SlotSerializer(serializers.Serializer[selectors.Slot]):
    reminder = serializers.UUIDField(source="reminder.id")
    kind = serializers.CharField(source="reminder.kind")
    due_at = serializers.DateTimeField()


class TodaySerializer(serializers.Serializer[selectors.Today]):
    date = serializers.DateField()
    latest_entry = EntrySerializer(allow_null=True)
    next_reminder = ReminderSerializer(allow_null=True)
    reminders_today = SlotSerializer(many=True)


class TodayView(APIView):
    @extend_schema(responses=TodaySerializer)
    def get(self, request: Request) -> Response:
        found: Any = selectors.today(person_of(request), now=timezone.now())
        return Response(TodaySerializer(found).data)
