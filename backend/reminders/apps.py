from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.apps import AppConfig

if TYPE_CHECKING:
    from datetime import datetime

    from backend.accounts.models import Person


class RemindersConfig(AppConfig):
    name = "backend.reminders"

    def ready(self) -> None:
        from backend.accounts.signals import time_zone_changed
        from backend.core import personal
        from backend.push.sending import Urgency
        from backend.reminders import models
        from backend.reminders.registry import Kind, register

        register(
            Kind(
                name="test",
                ttl=timedelta(minutes=10),
                urgency=Urgency.HIGH,
                path="/you/reminders",
                answers=(),
                quick=(),
                settable=False,
                one_device=True,
                on_request=True,
            )
        )
        time_zone_changed.connect(_replan, dispatch_uid="reminders")
        personal.register(
            models.Reminder,
            fields=(
                "id", "kind", "schedule", "enabled", "next_due_at", "ignored", "last_sent_at",
                "created_at", "updated_at",
            ),
        )  # fmt: skip
        personal.register(
            models.Delivery,
            fields=(
                "id", "reminder_id", "kind", "subject_id", "due_at", "state", "reason", "question",
                "sent_at", "ended_at", "shown_at", "opened_at", "dismissed_at", "answer",
                "answered_at", "created_at",
            ),
        )  # fmt: skip
        personal.register(models.Hold, fields=("id", "kinds", "reason", "until", "created_at"))
        # The secret is a credential: an export tells that there is a feed, not where.
        personal.register(models.CalendarFeed, fields=("id", "created_at"))
        personal.register(
            models.Attempt,
            owner="delivery__owner",
            fields=("id", "delivery_id", "subscription_id", "outcome", "status", "at"),
        )


def _replan(*, person: "Person", now: "datetime", **_: Any) -> None:
    from backend.reminders.services import replan

    replan(person=person, now=now)
