"""`/pain/episodes` and `/pain/prompts`: what lasts, and what is asked about it."""

from typing import Any
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.accounts.authentication import person_of
from backend.core.fields import MomentField, TextUUIDField
from backend.pain import prompts, selectors, services
from backend.pain.models import PromptAnswer
from backend.pain.serializers import EpisodeSerializer, PromptSerializer
from backend.safety.models import Clinician


class EpisodeListSerializer(serializers.Serializer[Any]):
    results = EpisodeSerializer(many=True)


class EpisodeInput(serializers.Serializer[Any]):
    """An empty `clinician` with `seen_on` null takes back that anybody has seen it."""

    began_on = serializers.DateField(required=False)
    clinician = serializers.ChoiceField(choices=Clinician.choices, required=False, allow_blank=True)
    seen_on = serializers.DateField(required=False, allow_null=True)

    def change(self) -> services.EpisodeChange:
        values = dict(self.validated_data)
        unseen = values.get("clinician") == "" and values.get("seen_on", "") is None
        return services.EpisodeChange(unseen=unseen, **values)


class CloseInput(serializers.Serializer[Any]):
    """Naming the episode makes a replay harmless: it closes that one and no later one."""

    episode = TextUUIDField(required=False)
    at = MomentField(required=False)


class PromptInput(serializers.Serializer[Any]):
    answer = serializers.ChoiceField(choices=PromptAnswer.choices)
    clinician = serializers.ChoiceField(choices=Clinician.choices, required=False)
    seen_on = serializers.DateField(required=False)
    at = MomentField(required=False)


class EpisodeListView(APIView):
    @extend_schema(responses=EpisodeListSerializer)
    def get(self, request: Request) -> Response:
        """The latest twenty, newest first."""
        found = selectors.episodes_of(person_of(request).pk)
        return Response(EpisodeListSerializer({"results": found}).data)


class EpisodeView(APIView):
    throttle_scope = "write"

    @extend_schema(request=EpisodeInput, responses=EpisodeSerializer)
    def patch(self, request: Request, id: UUID) -> Response:  # noqa: A002
        given = EpisodeInput(data=request.data)
        given.is_valid(raise_exception=True)
        episode = services.episode_update(
            id=id,
            owner=person_of(request),
            change=given.change(),
            now=timezone.now(),
        )
        return Response(EpisodeSerializer(episode).data)


class EpisodeCloseView(APIView):
    throttle_scope = "write"

    @extend_schema(request=CloseInput, responses=EpisodeSerializer)
    def post(self, request: Request) -> Response:
        """It is gone."""
        given = CloseInput(data=request.data)
        given.is_valid(raise_exception=True)
        episode = services.episode_close(
            owner=person_of(request),
            episode_id=given.validated_data.get("episode"),
            at=given.validated_data.get("at"),
            now=timezone.now(),
        )
        return Response(EpisodeSerializer(episode).data)


class EpisodeReopenView(APIView):
    throttle_scope = "write"

    @extend_schema(request=None, responses=EpisodeSerializer)
    def post(self, request: Request, id: UUID) -> Response:  # noqa: A002
        """It was not gone after all."""
        episode = services.episode_reopen(id=id, owner=person_of(request), now=timezone.now())
        return Response(EpisodeSerializer(episode).data)


class PromptView(APIView):
    @extend_schema(responses=PromptSerializer)
    def get(self, request: Request, id: UUID) -> Response:  # noqa: A002
        return Response(PromptSerializer(prompts.prompt_of(person_of(request), id)).data)


class PromptAnswerView(APIView):
    throttle_scope = "write"

    @extend_schema(request=PromptInput, responses=PromptSerializer)
    def put(self, request: Request, id: UUID) -> Response:  # noqa: A002
        given = PromptInput(data=request.data)
        given.is_valid(raise_exception=True)
        prompt = prompts.prompt_answer(
            id=id, owner=person_of(request), now=timezone.now(), **given.validated_data
        )
        return Response(PromptSerializer(prompt).data)
