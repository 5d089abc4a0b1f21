"""`/push`: the server's key, and this person's devices."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.accounts.authentication import person_of
from backend.push import keys, services
from backend.push.models import DeviceState, PushSubscription


class KeySerializer(serializers.Serializer[Any]):
    public_key = serializers.CharField()


class SubscriptionKeysInput(serializers.Serializer[Any]):
    p256dh = serializers.CharField(max_length=120)
    auth = serializers.CharField(max_length=40)


class SubscriptionInput(serializers.Serializer[Any]):
    """What `PushSubscription.toJSON()` gives."""

    endpoint = serializers.CharField(max_length=4000)
    expirationTime = serializers.FloatField(required=False, allow_null=True)  # noqa: N815
    keys = SubscriptionKeysInput()


class DeviceSerializer(serializers.Serializer[PushSubscription]):
    id = serializers.UUIDField()
    name = serializers.CharField()
    created_at = serializers.DateTimeField()
    last_seen_at = serializers.DateTimeField()
    last_sent_at = serializers.DateTimeField(allow_null=True)
    last_heard_at = serializers.DateTimeField()
    silent = serializers.SerializerMethodField()
    state = serializers.ChoiceField(choices=DeviceState.values)

    def get_silent(self, device: PushSubscription) -> bool:
        return device.is_silent(now=timezone.now())


class DeviceListSerializer(serializers.Serializer[Any]):
    results = DeviceSerializer(many=True)


class KeyView(APIView):
    permission_classes = (AllowAny,)
    authentication_classes = ()

    @extend_schema(responses=KeySerializer)
    def get(self, request: Request) -> Response:
        return Response({"public_key": keys.public_point(settings.VAPID_KEY)})


class DeviceListView(APIView):
    @extend_schema(responses=DeviceListSerializer)
    def get(self, request: Request) -> Response:
        devices = PushSubscription.objects.filter(owner=person_of(request)).order_by("created_at")
        return Response(DeviceListSerializer({"results": devices}).data)


class DeviceView(APIView):
    throttle_scope = "write"

    @extend_schema(
        request=SubscriptionInput, responses={200: DeviceSerializer, 201: DeviceSerializer}
    )
    def put(self, request: Request, id: UUID) -> Response:  # noqa: A002
        given = SubscriptionInput(data=request.data)
        given.is_valid(raise_exception=True)
        device, created = services.subscription_save(
            id=id,
            owner=person_of(request),
            endpoint=given.validated_data["endpoint"],
            user_agent=request.headers.get("User-Agent", ""),
            origin=request.build_absolute_uri("/").rstrip("/"),
            now=timezone.now(),
            **given.validated_data["keys"],
        )
        code = status.HTTP_201_CREATED if created else status.HTTP_200_OK
        return Response(DeviceSerializer(device).data, status=code)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, id: UUID) -> Response:  # noqa: A002
        services.subscription_delete(id=id, owner=person_of(request))
        return Response(status=status.HTTP_204_NO_CONTENT)
