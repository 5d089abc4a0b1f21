"""`/walking/follow-ups`: the questions hours after a walk."""

from typing import Any
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.accounts.authentication import person_of
from backend.core.fields import MomentField
from backend.pain.models import WORST
from backend.walking import followups
from backend.walking.models import Felt, Walk, Which


class WalkAskedSerializer(serializers.Serializer[Walk]):
    id = serializers.UUIDField()
    started_at = serializers.DateTimeField()
    seconds = serializers.IntegerField()


class FollowUpSerializer(serializers.Serializer[followups.Asked]):
    """`before`: the score before the walk. `open`: there is no answer yet, and still time for one;
    a score in the diary is an answer, too."""

    id = serializers.UUIDField(source="row.id")
    walk = WalkAskedSerializer(source="row.walk")
    which = serializers.ChoiceField(source="row.which", choices=Which.choices)
    due_at = serializers.DateTimeField(source="row.due_at")
    before = serializers.IntegerField(min_value=0, max_value=WORST, allow_null=True)
    felt = serializers.ChoiceField(source="row.felt", choices=Felt.choices, allow_blank=True)
    answered_at = serializers.DateTimeField(source="row.answered_at", allow_null=True)
    open = serializers.BooleanField()


class FeltInput(serializers.Serializer[Any]):
    felt = serializers.ChoiceField(choices=Felt.choices)
    at = MomentField(required=False, default=None, allow_null=True)


class FollowUpView(APIView):
    @extend_schema(responses=FollowUpSerializer)
    def get(self, request: Request, id: UUID) -> Response:  # noqa: A002
        owner, now = person_of(request), timezone.now()
        found = followups.follow_up_of(owner, id)
        return Response(FollowUpSerializer(followups.asked(found, owner, now=now)).data)


class FollowUpAnswerView(APIView):
    throttle_scope = "write"

    @extend_schema(request=FeltInput, responses=FollowUpSerializer)
    def put(self, request: Request, id: UUID) -> Response:  # noqa: A002
        """The same answer again changes nothing; of two answers the one tapped last counts."""
        given, owner, now = FeltInput(data=request.data), person_of(request), timezone.now()
        given.is_valid(raise_exception=True)
        found = followups.answer_save(id=id, owner=owner, now=now, **given.validated_data)
        return Response(FollowUpSerializer(followups.asked(found, owner, now=now)).data)
