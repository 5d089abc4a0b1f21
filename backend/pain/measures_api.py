"""`/pain/measures`: what the questionnaires came to."""

from typing import Any
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import PolymorphicProxySerializer, extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.accounts.authentication import person_of
from backend.core.fields import MomentField
from backend.pain import measures
from backend.pain.measure_rules import (
    FEWEST_ACTIVITIES,
    LONGEST_NAME,
    MOST,
    MOST_ACTIVITIES,
    PEG,
    PSFS,
)
from backend.pain.models import MeasureKind


class PegAnswers(serializers.Serializer[Any]):
    """The past week; higher is worse."""

    pain = serializers.IntegerField(min_value=0, max_value=MOST)
    enjoyment = serializers.IntegerField(min_value=0, max_value=MOST)
    activity = serializers.IntegerField(min_value=0, max_value=MOST)


class ActivitySerializer(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=LONGEST_NAME)
    score = serializers.IntegerField(
        min_value=0, max_value=MOST, help_text="0 cannot do it, 10 as well as before"
    )


class PsfsAnswers(serializers.Serializer[Any]):
    activities = serializers.ListField(
        child=ActivitySerializer(), min_length=FEWEST_ACTIVITIES, max_length=MOST_ACTIVITIES
    )


# For the document only: what answers must be is said once, in measure_rules.
Answers = PolymorphicProxySerializer(
    component_name="MeasureAnswers",
    serializers=[PegAnswers, PsfsAnswers],
    resource_type_field_name=None,
)


@extend_schema_field(Answers)
class AnswersField(serializers.JSONField):
    """Taken as it comes; the service reads it."""


class MeasureInput(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(choices=MeasureKind.values)
    at = MomentField(required=False, help_text="absent: now")
    answers = AnswersField()


class MeasureSerializer(serializers.Serializer[measures.Compared]):
    id = serializers.UUIDField(source="measure.pk")
    kind = serializers.ChoiceField(choices=MeasureKind.values, source="measure.kind")
    at = serializers.DateTimeField(source="measure.at")
    answers = AnswersField(source="measure.answers")
    mean = serializers.FloatField(source="measure.mean")
    change = serializers.FloatField(
        allow_null=True, help_text="Against the first; PSFS: the first with the same activities."
    )
    matters = serializers.ChoiceField(
        choices=["better", "worse"],
        allow_blank=True,
        help_text="The change is large enough for people to notice.",
    )


class PegSerializer(serializers.Serializer[measures.History]):
    due = serializers.BooleanField()
    results = MeasureSerializer(many=True)


class PsfsSerializer(PegSerializer):
    activities = serializers.ListField(
        child=serializers.CharField(), help_text="Those of the last time."
    )


class MeasureListSerializer(serializers.Serializer[Any]):
    peg = PegSerializer()
    psfs = PsfsSerializer()


class MeasureListView(APIView):
    @extend_schema(responses=MeasureListSerializer)
    def get(self, request: Request) -> Response:
        found = measures.histories(person_of(request), now=timezone.now())
        return Response(MeasureListSerializer({PEG: found[PEG], PSFS: found[PSFS]}).data)


class MeasureView(APIView):
    throttle_scope = "write"

    @extend_schema(request=MeasureInput, responses={200: MeasureSerializer, 201: MeasureSerializer})
    def put(self, request: Request, id: UUID) -> Response:  # noqa: A002
        given, now = MeasureInput(data=request.data), timezone.now()
        given.is_valid(raise_exception=True)
        measure, created = measures.measure_save(
            id=id, owner=person_of(request), now=now, **({"at": now} | given.validated_data)
        )
        code = status.HTTP_201_CREATED if created else status.HTTP_200_OK
        return Response(MeasureSerializer(measures.compared(measure)).data, status=code)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, id: UUID) -> Response:  # noqa: A002
        measures.measure_delete(id=id, owner=person_of(request))
        return Response(status=status.HTTP_204_NO_CONTENT)
