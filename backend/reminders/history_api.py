"""What was sent and what came of it: one delivery, and the last seven days."""

from typing import Any
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.accounts.authentication import person_of
from backend.reminders import selectors
from backend.reminders.serializers import DeliverySerializer


class HistorySerializer(serializers.Serializer[Any]):
    results = DeliverySerializer(many=True)


class HistoryView(APIView):
    @extend_schema(responses=HistorySerializer)
    def get(self, request: Request) -> Response:
        """The last seven local days, today among them, newest first."""
        found = selectors.history(person_of(request), now=timezone.now())
        return Response(HistorySerializer({"results": found}).data)


class DeliveryView(APIView):
    @extend_schema(responses=DeliverySerializer)
    def get(self, request: Request, id: UUID) -> Response:  # noqa: A002
        return Response(DeliverySerializer(selectors.delivery_of(person_of(request), id)).data)
