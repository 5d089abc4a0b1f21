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
from backend.pain.flares_api import FlareSerializer
from backend.pain.models import MeasureKind
from backend.pain.serializers import EntrySerializer, EpisodeSerializer, PromptSerializer
from backend.reminders.serializers import ReminderSerializer
from backend.safety.serializers import BlockSerializer, CheckSummarySerializer
from backend.walking.followups_api import FollowUpSerializer
from backend.walking.gate_serializers import STATES
from backend.walking.serializers import LEFT_OUT, PlanChangeSerializer


class SlotSerializer(serializers.Serializer[selectors.Slot]):
    reminder = serializers.UUIDField(source="reminder.id")
    kind = serializers.CharField(source="reminder.kind")
    due_at = serializers.DateTimeField()


class TodayWalkSerializer(serializers.Serializer[selectors.WalkPart]):
    """`why`: what last changed the dose. `days`: chosen weekdays, 0 is Monday."""

    gate = serializers.ChoiceField(choices=STATES)
    minutes = serializers.IntegerField(source="plan.minutes")
    walked_seconds = serializers.IntegerField(source="today.walked_seconds")
    planned = serializers.BooleanField(source="today.planned")
    left_out = serializers.ChoiceField(source="today.left_out", choices=LEFT_OUT, allow_blank=True)
    why = PlanChangeSerializer(source="plan.why")
    days = serializers.ListField(
        source="plan.days", child=serializers.IntegerField(min_value=0, max_value=6)
    )


class TodaySerializer(serializers.Serializer[selectors.Today]):
    date = serializers.DateField()
    latest_entry = EntrySerializer(allow_null=True)
    next_reminder = ReminderSerializer(allow_null=True)
    reminders_today = SlotSerializer(many=True)
    episode = EpisodeSerializer(allow_null=True)
    prompt = PromptSerializer(allow_null=True)
    block = BlockSerializer(allow_null=True)
    flare = FlareSerializer(allow_null=True)
    check = CheckSummarySerializer(allow_null=True)
    measures_due = serializers.ListField(child=serializers.ChoiceField(choices=MeasureKind.choices))
    walk = TodayWalkSerializer(allow_null=True)
    follow_ups = FollowUpSerializer(many=True)


class TodayView(APIView):
    @extend_schema(responses=TodaySerializer)
    def get(self, request: Request) -> Response:
        found: Any = selectors.today(person_of(request), now=timezone.now())
        return Response(TodaySerializer(found).data)
