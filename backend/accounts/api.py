"""`/session` and `/me`."""

from typing import Any

from django.contrib.auth import login
from django.middleware.csrf import get_token
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView

from backend.accounts import services
from backend.accounts.authentication import PersonWithoutCsrf, person_of, refuse_cross_site
from backend.accounts.models import Person
from backend.core.fields import WALL_CLOCK, WallClockField, WholeNumberField

BACKEND = "django.contrib.auth.backends.ModelBackend"


class QuietHoursSerializer(serializers.Serializer[Any]):
    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        return {"from": WallClockField(), "to": WallClockField()}  # `from` can't be an attribute


class PersonSerializer(serializers.Serializer[Person]):
    id = serializers.UUIDField(read_only=True)
    time_zone = serializers.CharField()
    locale = serializers.CharField()
    country = serializers.CharField()
    consent_at = serializers.DateTimeField(allow_null=True)
    quiet_hours = serializers.SerializerMethodField()
    evening_check_at = WallClockField()
    day_ends_at = serializers.IntegerField(min_value=0, max_value=services.LATEST_DAY_END)
    daily_cap = serializers.IntegerField()
    lock_screen_details = serializers.BooleanField()

    @extend_schema_field(QuietHoursSerializer(allow_null=True))
    def get_quiet_hours(self, person: Person) -> dict[str, str] | None:
        if person.quiet_from is None or person.quiet_to is None:
            return None
        return {
            "from": person.quiet_from.strftime(WALL_CLOCK),
            "to": person.quiet_to.strftime(WALL_CLOCK),
        }


class SessionInput(serializers.Serializer[Any]):
    time_zone = serializers.CharField(max_length=64)
    locale = serializers.CharField(max_length=35)
    country = serializers.CharField(max_length=2, required=False, default="", allow_blank=True)
    consent = serializers.BooleanField(required=False, default=False)


class PersonInput(serializers.Serializer[Any]):
    time_zone = serializers.CharField(max_length=64, required=False)
    locale = serializers.CharField(max_length=35, required=False)
    country = serializers.CharField(max_length=2, required=False, allow_blank=True)
    consent = serializers.BooleanField(required=False)
    quiet_hours = QuietHoursSerializer(required=False, allow_null=True)
    evening_check_at = WallClockField(required=False)
    day_ends_at = WholeNumberField(required=False, min_value=0, max_value=services.LATEST_DAY_END)
    daily_cap = WholeNumberField(required=False, min_value=0, max_value=services.MOST_A_DAY)
    lock_screen_details = serializers.BooleanField(required=False)

    def change(self) -> services.PersonChange:
        values = dict(self.validated_data)
        cleared = "quiet_hours" in values and values["quiet_hours"] is None
        quiet = values.pop("quiet_hours", None)
        hours = services.QuietHours(start=quiet["from"], end=quiet["to"]) if quiet else None
        return services.PersonChange(quiet_hours=hours, clear_quiet_hours=cleared, **values)


class SessionSerializer(serializers.Serializer[Any]):
    person = PersonSerializer()
    csrf_token = serializers.CharField()


class KnownSessionSerializer(serializers.Serializer[Any]):
    person = PersonSerializer(allow_null=True)
    csrf_token = serializers.CharField(allow_blank=True)


def _session(request: Request, person: Person) -> dict[str, Any]:
    return {"person": PersonSerializer(person).data, "csrf_token": get_token(request._request)}


def _renew(request: Request) -> None:
    """Stored and sent again, the cookie's age starts anew: it never ends while the app is used."""
    request.session.modified = True


class SessionView(APIView):
    """The anonymous account: is there one, and start one."""

    permission_classes = (AllowAny,)
    authentication_classes = (PersonWithoutCsrf,)
    throttle_scope = "session"

    def get_throttles(self) -> list[BaseThrottle]:
        """Only making accounts is limited: opening the app often must never lock somebody out."""
        making = self.request.method == "POST" and not isinstance(self.request.user, Person)
        return super().get_throttles() if making else []

    @extend_schema(auth=[], responses=KnownSessionSerializer)
    def get(self, request: Request) -> Response:
        """What the app asks first at each opening. Nobody yet is an answer, not an error."""
        if not isinstance(request.user, Person):
            return Response({"person": None, "csrf_token": ""})
        _renew(request)
        return Response(_session(request, request.user))

    @extend_schema(
        auth=[], request=SessionInput, responses={200: SessionSerializer, 201: SessionSerializer}
    )
    def post(self, request: Request) -> Response:
        refuse_cross_site(request)
        given = SessionInput(data=request.data)
        given.is_valid(raise_exception=True)
        values, now = given.validated_data, timezone.now()
        if isinstance(request.user, Person):
            country = values.pop("country") or None
            change = services.PersonChange(country=country, **values)
            person = services.person_update(person=request.user, change=change, now=now)
            _renew(request)
            return Response(_session(request, person))
        person = services.person_create(now=now, **values)
        login(request._request, person, backend=BACKEND)
        return Response(_session(request, person), status=status.HTTP_201_CREATED)


class MeView(APIView):
    throttle_scope = "write"

    @extend_schema(request=PersonInput, responses=PersonSerializer)
    def patch(self, request: Request) -> Response:
        given = PersonInput(data=request.data)
        given.is_valid(raise_exception=True)
        person = services.person_update(
            person=person_of(request), change=given.change(), now=timezone.now()
        )
        return Response(PersonSerializer(person).data)
