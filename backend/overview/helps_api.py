"""`/helps`: what went together with better days."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.accounts.authentication import person_of
from backend.overview import helps
from backend.overview.helps_selectors import what_helps
from backend.pain.models import Better


class CountSerializer(serializers.Serializer[helps.Count]):
    good = serializers.IntegerField(help_text="Days with no more pain than usual.")
    of = serializers.IntegerField()


class FindingSerializer(serializers.Serializer[helps.Finding]):
    """`walk`: on days after one; `sleep_good`, `sleep_bad`: on days after such a night."""

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """`with` can't be an attribute."""
        return {
            "factor": serializers.CharField(),
            "with": CountSerializer(source="present"),
            "without": CountSerializer(source="absent"),
        }


class NamedSerializer(serializers.Serializer[helps.Named]):
    better = serializers.ChoiceField(choices=Better.choices)
    days = serializers.IntegerField()
    of = serializers.IntegerField()


class HelpsSerializer(serializers.Serializer[helps.Helps]):
    """Counts of days that went together. No cause and no effect is claimed."""

    ready = serializers.BooleanField()
    days_so_far = serializers.IntegerField()
    days_needed = serializers.SerializerMethodField()
    findings = FindingSerializer(many=True)
    named = NamedSerializer(many=True)

    def get_days_needed(self, _found: helps.Helps) -> int:
        return helps.DAYS_NEEDED


class HelpsView(APIView):
    @extend_schema(responses=HelpsSerializer)
    def get(self, request: Request) -> Response:
        found: Any = what_helps(person_of(request), now=timezone.now())
        return Response(HelpsSerializer(found).data)
