"""Where a person's messages go."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone

from backend.core.models import OwnedModel

UNHEARD_BEFORE_SILENT = 5
SILENT_AFTER = timedelta(days=7)


class DeviceState(models.TextChoices):
    ACTIVE = "active"
    QUARANTINED = "quarantined", "refused three times in a row"
    RETIRED = "retired", "gone, says its push service"


class PushSubscription(OwnedModel):
    """One browser on one device."""

    name = models.CharField(max_length=60)
    endpoint = models.CharField(max_length=2000, unique=True)
    p256dh = models.CharField(max_length=120)
    auth = models.CharField(max_length=40)
    # Safari follows `navigate` without our worker, so a message needs the address the app was
    # opened at, not only a path.
    origin = models.CharField(max_length=300)
    state = models.CharField(max_length=12, choices=DeviceState, default=DeviceState.ACTIVE)
    refusals = models.PositiveSmallIntegerField(default=0)
    last_seen_at = models.DateTimeField()
    last_sent_at = models.DateTimeField(null=True, blank=True)
    # Signs of life: the app was opened there, or its worker sent a receipt for what it showed.
    last_heard_at = models.DateTimeField(default=timezone.now)
    unheard = models.PositiveIntegerField(default=0)  # messages sent since then

    class Meta:
        indexes = [
            models.Index(
                fields=["owner"], condition=Q(state=DeviceState.ACTIVE), name="device_active"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def is_silent(self, *, now: datetime) -> bool:
        """Its push service takes our messages, and nothing comes back: the person should know."""
        return self.unheard >= UNHEARD_BEFORE_SILENT and now - self.last_heard_at > SILENT_AFTER
