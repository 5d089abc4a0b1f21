"""Answering a message: from the notification by its token, or in the app under the session."""

from typing import Any
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.accounts.authentication import person_of
from backend.core.fields import MomentField
from backend.reminders import answers, tokens
from backend.reminders.serializers import DeliverySerializer


class AnswerInput(serializers.Serializer[Any]):
    answer = serializers.CharField(max_length=20)
    at = MomentField(required=False, default=None, allow_null=True)


class TokenAnswerInput(AnswerInput):
    token = serializers.CharField(max_length=tokens.LONGEST)


class ReceiptInput(serializers.Serializer[Any]):
    token = serializers.CharField(max_length=tokens.LONGEST)
    event = serializers.ChoiceField(choices=list(answers.Event))


class AnswerView(APIView):
    throttle_scope = "write"

    @extend_schema(request=AnswerInput, responses=DeliverySerializer)
    def put(self, request: Request, id: UUID) -> Response:  # noqa: A002
        """The same answer again is 200 with the first result, another one 409."""
        given = AnswerInput(data=request.data)
        given.is_valid(raise_exception=True)
        delivery = answers.answer_save(
            delivery_id=id,
            owner_id=person_of(request).pk,
            now=timezone.now(),
            **given.validated_data,
        )
        return Response(DeliverySerializer(delivery).data)


class OpenedView(APIView):
    throttle_scope = "write"

    @extend_schema(request=None, responses={204: None})
    def put(self, request: Request, id: UUID) -> Response:  # noqa: A002
        answers.opened(delivery_id=id, owner_id=person_of(request).pk, now=timezone.now())
        return Response(status=status.HTTP_204_NO_CONTENT)


class TokenAnswerView(APIView):
    """For the service worker, which may have no session; the token is its right to answer."""

    permission_classes = (AllowAny,)
    authentication_classes = ()
    throttle_scope = "token"

    @extend_schema(auth=[], request=TokenAnswerInput, responses=DeliverySerializer)
    def post(self, request: Request) -> Response:
        given = TokenAnswerInput(data=request.data)
        given.is_valid(raise_exception=True)
        ticket = tokens.read(given.validated_data["token"])
        delivery = answers.answer_save(
            delivery_id=ticket.delivery_id,
            owner_id=ticket.owner_id,
            answer=given.validated_data["answer"],
            at=given.validated_data["at"],
            now=timezone.now(),
        )
        return Response(DeliverySerializer(delivery).data)


class ReceiptView(APIView):
    """What became of a message on the phone. No silent push tells us: iOS would end those."""

    permission_classes = (AllowAny,)
    authentication_classes = ()
    throttle_scope = "token"

    @extend_schema(auth=[], request=ReceiptInput, responses={204: None})
    def post(self, request: Request) -> Response:
        given = ReceiptInput(data=request.data)
        given.is_valid(raise_exception=True)
        answers.event_save(
            ticket=tokens.read(given.validated_data["token"]),
            event=answers.Event(given.validated_data["event"]),
            now=timezone.now(),
        )
        return Response(status=status.HTTP_204_NO_CONTENT)
