"""`/pain/chart`: what the diary's curve is drawn from."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.accounts.authentication import person_of
from backend.pain import chart
from backend.pain.days import Day
from backend.pain.models import WORST, EpisodeEnd


class SpanInput(serializers.Serializer[Any]):
    span = serializers.ChoiceField(choices=list(chart.Span), required=False, default="month")


class DaySerializer(serializers.Serializer[Day]):
    date = serializers.DateField()
    low = serializers.IntegerField(min_value=0, max_value=WORST)
    high = serializers.IntegerField(min_value=0, max_value=WORST)
    typical = serializers.FloatField(help_text="The middle one of the day's scores.")
    count = serializers.IntegerField(min_value=1)


class MarkedSerializer(serializers.Serializer[chart.Marked]):
    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """`from` can't be an attribute."""
        first = serializers.DateField(source="first")
        last = serializers.DateField(source="last", allow_null=True, help_text="null: goes on")
        return {"from": first, "to": last} | super().get_fields()


class EpisodeSpanSerializer(MarkedSerializer):
    closed_as = serializers.ChoiceField(choices=EpisodeEnd.values, allow_blank=True)


class FlareSpanSerializer(MarkedSerializer):
    """A flare's days."""


class ChartSerializer(serializers.Serializer[chart.Chart]):
    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """`from` can't be an attribute."""
        return {
            "span": serializers.ChoiceField(choices=[str(span) for span in chart.Span]),
            "from": serializers.DateField(source="stretch.first"),
            "to": serializers.DateField(source="stretch.last", help_text="Today in the diary."),
            "days": DaySerializer(many=True, help_text="Only days that have scores."),
            "episodes": EpisodeSpanSerializer(many=True),
            "flares": FlareSpanSerializer(many=True),
            "walks": serializers.ListField(
                child=serializers.DateField(), help_text="Days with a walk."
            ),
        }


class ChartView(APIView):
    @extend_schema(parameters=[SpanInput], responses=ChartSerializer)
    def get(self, request: Request) -> Response:
        wanted = SpanInput(data=request.query_params)
        wanted.is_valid(raise_exception=True)
        span = chart.Span(wanted.validated_data["span"])
        found = chart.chart(person_of(request), span=span, now=timezone.now())
        return Response(ChartSerializer(found).data)
