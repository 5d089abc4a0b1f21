"""`/pain/flares`: starting one, taking it back, ending it."""

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
from backend.pain import flares


class FlareInput(serializers.Serializer[Any]):
    at = MomentField(required=False, help_text="absent: now")


class FlareSerializer(serializers.Serializer[flares.FlareState]):
    id = serializers.UUIDField()
    began_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(allow_null=True)
    resume_percent = serializers.IntegerField(
        allow_null=True, help_text="Where plans start again, of what was done before."
    )
    day = serializers.IntegerField(allow_null=True, help_text="The first is 1; null when over.")


class FlareListSerializer(serializers.Serializer[Any]):
    results = FlareSerializer(many=True)


class FlareListView(APIView):
    @extend_schema(responses=FlareListSerializer)
    def get(self, request: Request) -> Response:
        """The last ones, newest first."""
        found = flares.recent_flares(person_of(request), now=timezone.now())
        return Response(FlareListSerializer({"results": found}).data)


class FlareView(APIView):
    throttle_scope = "write"

    @extend_schema(request=FlareInput, responses={200: FlareSerializer, 201: FlareSerializer})
    def put(self, request: Request, id: UUID) -> Response:  # noqa: A002
        """The same id again is 200 with the flare as it stands; 409 `flare_on` for a second."""
        given, now, person = FlareInput(data=request.data), timezone.now(), person_of(request)
        given.is_valid(raise_exception=True)
        flare, created = flares.flare_start(
            id=id, owner=person, now=now, **({"at": now} | given.validated_data)
        )
        code = status.HTTP_201_CREATED if created else status.HTTP_200_OK
        state = flares.flare_state(flare, tz=person.tz, now=now)
        return Response(FlareSerializer(state).data, status=code)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, id: UUID) -> Response:  # noqa: A002
        flares.flare_delete(id=id, owner=person_of(request))
        return Response(status=status.HTTP_204_NO_CONTENT)


class FlareEndView(APIView):
    throttle_scope = "write"

    @extend_schema(request=FlareInput, responses=FlareSerializer)
    def put(self, request: Request, id: UUID) -> Response:  # noqa: A002
        given, now, person = FlareInput(data=request.data), timezone.now(), person_of(request)
        given.is_valid(raise_exception=True)
        flare = flares.flare_end(
            id=id, owner=person, now=now, **({"at": now} | given.validated_data)
        )
        return Response(FlareSerializer(flares.flare_state(flare, tz=person.tz, now=now)).data)
