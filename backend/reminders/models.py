"""The row is the queue: what is due stands in the database, workers only carry it out."""

import uuid

from django.db import models
from django.db.models import Q

from backend.core.models import OwnedModel
from backend.push.models import PushSubscription
from backend.push.results import Outcome
from backend.reminders import registry, rules


class Reminder(OwnedModel):
    """A time a person set. `next_due_at` is empty while it is off."""

    kind = models.CharField(max_length=32)
    schedule = models.JSONField()
    enabled = models.BooleanField(default=True)
    next_due_at = models.DateTimeField(null=True, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["next_due_at"],
                condition=Q(next_due_at__isnull=False),
                name="reminder_due",
            ),
            models.Index(fields=["owner"], name="reminder_owner"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} reminder {self.pk}"

    @property
    def rule(self) -> rules.Schedule:
        return rules.parse_schedule(self.schedule)


class DeliveryState(models.TextChoices):
    PENDING = "pending"
    SENT = "sent"
    SKIPPED = "skipped"
    FAILED = "failed"


class Delivery(OwnedModel):
    """One message to one person, for one slot or one occasion.

    While it is pending, `next_try_at` says when somebody may take it: the due time at first, then
    the end of the lease of whoever took it, or the end of a back-off. `lease` counts the takers: a
    worker that comes back late finds that the number has moved on, and leaves the row alone.
    """

    reminder = models.ForeignKey(Reminder, null=True, on_delete=models.SET_NULL, related_name="+")
    kind = models.CharField(max_length=32)
    subject_id = models.UUIDField(null=True, blank=True)
    due_at = models.DateTimeField()
    dedupe_key = models.CharField(max_length=120, unique=True)
    state = models.CharField(max_length=8, choices=DeliveryState, default=DeliveryState.PENDING)
    reason = models.CharField(max_length=40, blank=True)
    next_try_at = models.DateTimeField(null=True, blank=True)
    lease = models.PositiveSmallIntegerField(default=0)
    retries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["next_try_at"], condition=Q(state="pending"), name="delivery_waiting"
            ),
            models.Index(fields=["owner", "-due_at"], name="delivery_history"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="pending", next_try_at__isnull=False, ended_at__isnull=True)
                | (~Q(state="pending") & Q(next_try_at__isnull=True, ended_at__isnull=False)),
                name="a_pending_delivery_has_a_next_try",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} due {self.due_at:%Y-%m-%d %H:%M} UTC, {self.state}"

    @property
    def what(self) -> registry.Kind:
        return registry.get(self.kind)


class Attempt(models.Model):
    """What one device's push service last said about one delivery."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="attempts")
    subscription = models.ForeignKey(
        PushSubscription, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    outcome = models.CharField(max_length=8, choices=[(o.value, o.value) for o in Outcome])
    status = models.PositiveSmallIntegerField(default=0)
    detail = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["delivery", "subscription"], name="one_attempt_row_a_device"
            )
        ]

    def __str__(self) -> str:
        return f"{self.outcome} ({self.status})"
