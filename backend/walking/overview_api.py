"""`/walking`: all of it at a glance, its weeks, and the look back."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.accounts.authentication import person_of
from backend.walking import backward, followups, gates, lookback, overview, plans, standing
from backend.walking.followups_api import FollowUpSerializer
from backend.walking.gate_serializers import GateSerializer
from backend.walking.serializers import (
    BackwardSerializer,
    ConsistencySerializer,
    TestWalkSerializer,
    WalkedDaySerializer,
    WalkPlanSerializer,
    WalkTodaySerializer,
    WalkWeekSerializer,
)


class WalkingSerializer(serializers.Serializer[Any]):
    """`week`: the present one. `tests`: up to three test walks of the last fourteen days, newest
    first. `follow_ups`: the questions that wait for an answer. `warm`: there is none yet."""

    gate = GateSerializer()
    plan = WalkPlanSerializer(allow_null=True)
    today = WalkTodaySerializer()
    week = WalkWeekSerializer(allow_null=True)
    consistency = ConsistencySerializer()
    follow_ups = FollowUpSerializer(many=True)
    backward = BackwardSerializer()
    tests = TestWalkSerializer(many=True)
    warm = serializers.CharField(allow_null=True)


class WalkingView(APIView):
    @extend_schema(responses=WalkingSerializer)
    def get(self, request: Request) -> Response:
        person, now = person_of(request), timezone.now()
        situation, gate = standing.situation_of(person, now=now), gates.gate_of(person, now=now)
        found: Any = {
            "gate": gate,
            "plan": overview.plan_shown(situation),
            "today": overview.today_part(situation),
            "week": overview.this_week(situation),
            "consistency": overview.consistency(situation),
            "follow_ups": followups.open_of(person, now=now, told=situation.told),
            "backward": backward.backward_of(person, situation, gate=gate.state),
            "tests": plans.tests_of(person, now=now),
            "warm": None,
        }
        return Response(WalkingSerializer(found).data)


class WeeksInput(serializers.Serializer[Any]):
    before = serializers.DateField(
        required=False, default=None, help_text="Weeks whose Monday is earlier."
    )


class WeekListSerializer(serializers.Serializer[overview.WeeksPage]):
    results = WalkWeekSerializer(many=True, source="weeks")
    next_before = serializers.DateField(allow_null=True)


class WeekListView(APIView):
    @extend_schema(parameters=[WeeksInput], responses=WeekListSerializer)
    def get(self, request: Request) -> Response:
        """Eight weeks of the plan that counts, newest first."""
        wanted = WeeksInput(data=request.query_params)
        wanted.is_valid(raise_exception=True)
        situation = standing.situation_of(person_of(request), now=timezone.now())
        page = overview.weeks_page(situation, **wanted.validated_data)
        return Response(WeekListSerializer(page).data)


class LookBackInput(serializers.Serializer[Any]):
    span = serializers.ChoiceField(choices=list(lookback.Span), required=False, default="week")


class WalkSumSerializer(serializers.Serializer[lookback.Sum]):
    minutes = serializers.IntegerField()
    days_walked = serializers.IntegerField()


class WalkChangedSerializer(serializers.Serializer[lookback.Changed]):
    """`pain`: "" where too few days have scores."""

    code = serializers.ChoiceField(choices=[one.value for one in lookback.Code])
    minutes = serializers.IntegerField()
    minutes_before = serializers.IntegerField()
    pain = serializers.ChoiceField(choices=[one.value for one in lookback.Pain], allow_blank=True)


class LookBackSerializer(serializers.Serializer[lookback.LookBack]):
    """`days`: each of the stretch. `before`: as many days right before it."""

    span = serializers.ChoiceField(choices=[one.value for one in lookback.Span])
    first = serializers.DateField()
    last = serializers.DateField()
    days = WalkedDaySerializer(many=True)
    minutes = serializers.IntegerField()
    days_walked = serializers.IntegerField()
    backward_minutes = serializers.IntegerField()
    before = WalkSumSerializer()
    changed = WalkChangedSerializer()


class LookBackView(APIView):
    @extend_schema(parameters=[LookBackInput], responses=LookBackSerializer)
    def get(self, request: Request) -> Response:
        wanted = LookBackInput(data=request.query_params)
        wanted.is_valid(raise_exception=True)
        span = lookback.Span(wanted.validated_data["span"])
        found = lookback.look_back(person_of(request), span=span, now=timezone.now())
        return Response(LookBackSerializer(found).data)
