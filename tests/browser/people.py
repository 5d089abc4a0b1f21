"""What a person does in Firefox, step by step, and what the server is made to think of the time."""

import json
from typing import Any

from tests.browser.firefox import Firefox
from tests.browser.stack import Stack
from tests.support.push_service import PushService

LONG_PAST = "03:00"  # a time that a test does not wait for; `bring_forward` makes it now
NEWEST = """
from django.utils import timezone
from backend.reminders.models import Delivery, Reminder
reminder = Reminder.objects.latest("created_at")
"""
BRING_FORWARD = """
Reminder.objects.filter(pk=reminder.pk).update(next_due_at=timezone.now())
"""
CLAIM_AND_DIE = """
import os, signal
from backend.reminders.claims import claim_reminders
Reminder.objects.filter(pk=reminder.pk).update(next_due_at=timezone.now())
(claim,) = claim_reminders(now=timezone.now())
os.kill(os.getpid(), signal.SIGKILL)
"""
STATES = """
print(*Delivery.objects.filter(reminder=reminder).values_list("state", flat=True))
"""
SNOOZED = """
again = Delivery.objects.get(reminder=reminder, state="pending")
was = Delivery.objects.exclude(pk=again.pk).get(reminder=reminder)
print(int((again.due_at - was.answered_at).total_seconds()) // 60)
Delivery.objects.filter(pk=again.pk).update(due_at=timezone.now(), next_try_at=timezone.now())
"""
HISTORY = """
import json
fields = ("state", "reason", "answer", "shown_at", "opened_at", "dismissed_at")
rows = Delivery.objects.filter(reminder=reminder).order_by("created_at").values(*fields)
print(json.dumps(list(rows), default=str))
"""


def settle_in(firefox: Firefox, stack: Stack, push_service: PushService, at: str) -> None:
    """A first visit: say how the back is, set a daily walk `at`, let this phone have reminders."""
    firefox.open(stack.url)
    firefox.tap("score_of_ten", score=4)
    firefox.tap("consent_agree")
    firefox.sees("score_synced")
    firefox.tap("reminder_add")
    firefox.type_time(at)
    firefox.tap("save")
    firefox.sees("reminder_saved")
    firefox.tap("device_allow")
    firefox.allow_notifications()
    push_service.wait_for_subscriptions()
    firefox.sees("device_on_title")


def bring_forward(stack: Stack) -> None:
    """The newest reminder is due now: for tests that are not about the clock."""
    _run(stack, BRING_FORWARD)


def claim_and_die(stack: Stack) -> int:
    """A tick that is killed after its claim, before anybody hears of it. Answers how it ended."""
    return stack.python(NEWEST + CLAIM_AND_DIE).returncode


def states(stack: Stack) -> list[str]:
    """What has become of the newest reminder's deliveries."""
    return _run(stack, STATES).split()


def bring_snooze_forward(stack: Stack) -> int:
    """The reminder that was put off is due now. Answers by how many minutes it had been put off."""
    return int(_run(stack, SNOOZED))


def history(stack: Stack) -> list[dict[str, Any]]:
    """What has become of the newest reminder's deliveries, the oldest first."""
    rows: list[dict[str, Any]] = json.loads(_run(stack, HISTORY))
    return rows


def change_reminder(stack: Stack, **fields: object) -> None:
    _run(stack, f"Reminder.objects.filter(pk=reminder.pk).update(**{fields!r})")


def change_person(stack: Stack, **fields: object) -> None:
    """As they could in their settings."""
    _run(stack, f"type(reminder.owner).objects.filter(pk=reminder.owner_id).update(**{fields!r})")


def _run(stack: Stack, code: str) -> str:
    done = stack.python(NEWEST + code)
    assert done.returncode == 0, done.stdout
    return done.stdout
