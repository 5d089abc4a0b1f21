"""The row is the queue: what is due stands in the database, workers only carry it out."""

import uuid
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from backend.core.models import OwnedModel
from backend.push.models import PushSubscription
from backend.push.results import Outcome
from backend.reminders import planner, registry, rules


class Reminder(OwnedModel):
    """A time a person set. `next_due_at` is empty while it is off.

    `turn` counts its slots, so that the wording changes from one to the next.
    `ignored` counts what was sent since somebody last reacted to it, or did the thing unasked.
    """

    kind = models.CharField(max_length=32)
    schedule = models.JSONField()
    enabled = models.BooleanField(default=True)
    next_due_at = models.DateTimeField(null=True, blank=True)
    turn = models.PositiveIntegerField(default=0)
    ignored = models.PositiveSmallIntegerField(default=0)
    last_sent_at = models.DateTimeField(null=True, blank=True)
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

    @property
    def resting(self) -> bool:
        """It asked whether another time is better, got no answer, and is quiet for now."""
        return self.ignored > planner.MOST_IGNORED


class DeliveryState(models.TextChoices):
    PENDING = "pending"
    SENT = "sent"
    SKIPPED = "skipped"
    FAILED = "failed"


class Delivery(OwnedModel):
    """One message to one person, for one slot or one occasion.

    While it is pending, `next_try_at` says when somebody may take it: the due time at first, then
    the end of the lease of whoever took it, or the end of a back-off or of quiet hours. `lease`
    counts the takers: a worker that comes back late finds that the number has moved on, and leaves
    the row alone. `begun` counts how often a worker set to work on it, `retries` how often one put
    it back on purpose: the difference are workers that died of it.
    """

    # Two indexes begin with it already, and inserting is what a tick does most.
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    reminder = models.ForeignKey(Reminder, null=True, on_delete=models.SET_NULL, related_name="+")
    kind = models.CharField(max_length=32)
    subject_id = models.UUIDField(null=True, blank=True)
    due_at = models.DateTimeField()
    dedupe_key = models.CharField(max_length=120)
    turn = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=8, choices=DeliveryState, default=DeliveryState.PENDING)
    reason = models.CharField(max_length=40, blank=True)
    next_try_at = models.DateTimeField(null=True, blank=True)
    deferred_until = models.DateTimeField(null=True, blank=True)
    lease = models.PositiveSmallIntegerField(default=0)
    begun = models.PositiveSmallIntegerField(default=0)
    retries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    # Whether it is the app's idea and so counts against the day's cap, and the person's local day
    # on which it took its place there.
    capped = models.BooleanField(default=False)
    capped_on = models.DateField(null=True, blank=True)
    # Asks whether another time is better, after several without an answer.
    question = models.BooleanField(default=False)

    # What the person made of it.
    shown_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    dismissed_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=20, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["next_try_at"], condition=Q(state="pending"), name="delivery_waiting"
            ),
            models.Index(fields=["owner", "-due_at"], name="delivery_history"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["owner", "dedupe_key"], name="planned_once"),
            models.CheckConstraint(
                condition=Q(state="pending", next_try_at__isnull=False, ended_at__isnull=True)
                | (~Q(state="pending") & Q(next_try_at__isnull=True, ended_at__isnull=False)),
                name="a_pending_delivery_has_a_next_try",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} due {self.due_at:%Y-%m-%d %H:%M} UTC, {self.state}"

    @property
    def what(self) -> registry.Kind:
        return registry.get(self.kind)

    @property
    def expires_at(self) -> datetime:
        """After this nobody wants it any more. Time spent waiting for quiet hours is forgiven."""
        return max(self.due_at, self.deferred_until or self.due_at) + self.what.ttl


class Attempt(models.Model):
    """What one device's push service last said about one delivery."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # Its index is the first half of the constraint's.
    delivery = models.ForeignKey(
        Delivery, on_delete=models.CASCADE, related_name="attempts", db_index=False
    )
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


class HoldReason(models.TextChoices):
    PAUSE = "pause"
    SKIP_TODAY = "skip_today"
    NOT_NOW = "not_now"
    FLARE = "flare"
    EMERGENCY = "emergency"


class Hold(OwnedModel):
    """Keeps kinds of reminders quiet for a while. Written together with its cause."""

    OWN = (HoldReason.PAUSE, HoldReason.SKIP_TODAY, HoldReason.NOT_NOW)

    kinds = models.JSONField(null=True, blank=True)  # a list of names; null means every kind
    reason = models.CharField(max_length=12, choices=HoldReason)
    until = models.DateTimeField(null=True, blank=True)  # null: until its cause is gone

    class Meta:
        indexes = [models.Index(fields=["owner", "until"], name="hold_owner")]

    def __str__(self) -> str:
        return f"{self.reason} until {self.until}"

    @property
    def liftable(self) -> bool:
        """A person lifts their own pauses; a block goes when its cause does."""
        return self.reason in self.OWN

    def covers(self, kind: str, *, now: datetime) -> bool:
        if self.until is not None and self.until <= now:
            return False
        # An emergency also stops what a later version of the app has thought of since.
        kinds = registry.moving() if self.reason == HoldReason.EMERGENCY else self.kinds
        return kinds is None or kind in kinds


class CalendarFeed(OwnedModel):
    """The secret address at which a calendar reads a person's reminders."""

    secret = models.CharField(max_length=64, unique=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner"], name="one_feed_a_person")]

    def __str__(self) -> str:
        return f"calendar feed {self.pk}"
