"""What the API says about reminders, deliveries and holds."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from backend.reminders.models import Delivery, DeliveryState, Hold, HoldReason, Reminder


class ScheduleSerializer(serializers.Serializer[Any]):
    """Wall-clock times on weekdays (Monday 0), in the person's zone.

    Either `times`, or a window: `from`, `to`, `every_minutes` and `except`.
    """

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """`from` and `except` can't be attributes."""
        return {
            "days": serializers.ListField(child=serializers.IntegerField(min_value=0, max_value=6)),
            "times": serializers.ListField(child=_clock(), required=False),
            "from": _clock(required=False),
            "to": _clock(required=False),
            "every_minutes": serializers.IntegerField(required=False),
            "except": serializers.ListField(
                child=serializers.ListField(child=_clock(), min_length=2, max_length=2),
                required=False,
            ),
        }


def _clock(*, required: bool = True) -> serializers.CharField:
    return serializers.CharField(help_text="HH:MM", required=required)


class ReminderSerializer(serializers.Serializer[Reminder]):
    id = serializers.UUIDField()
    kind = serializers.CharField()
    schedule = serializers.SerializerMethodField()
    enabled = serializers.BooleanField()
    resting = serializers.BooleanField()
    next_due_at = serializers.DateTimeField(allow_null=True)
    created_at = serializers.DateTimeField()

    @extend_schema_field(ScheduleSerializer)
    def get_schedule(self, reminder: Reminder) -> Any:
        return reminder.schedule


class DeliverySerializer(serializers.Serializer[Delivery]):
    id = serializers.UUIDField()
    reminder = serializers.UUIDField(source="reminder_id", allow_null=True)
    kind = serializers.CharField()
    due_at = serializers.DateTimeField()
    state = serializers.ChoiceField(choices=DeliveryState.values)
    reason = serializers.CharField(allow_blank=True)
    question = serializers.BooleanField(help_text="It asked whether another time is better.")
    sent_at = serializers.DateTimeField(allow_null=True)
    shown_at = serializers.DateTimeField(allow_null=True)
    opened_at = serializers.DateTimeField(allow_null=True)
    dismissed_at = serializers.DateTimeField(allow_null=True)
    answer = serializers.CharField(allow_blank=True)
    answered_at = serializers.DateTimeField(allow_null=True)
    answers = serializers.ListField(child=serializers.CharField(), source="what.answers")
    path = serializers.CharField(source="what.path")


class HoldSerializer(serializers.Serializer[Hold]):
    id = serializers.UUIDField()
    kinds = serializers.ListField(
        child=serializers.CharField(), allow_null=True, help_text="null: every kind"
    )
    reason = serializers.ChoiceField(choices=HoldReason.values)
    until = serializers.DateTimeField(allow_null=True)
    liftable = serializers.BooleanField()
    created_at = serializers.DateTimeField()
