"""Reminders that have gone out, and the buttons of their notifications.

Chromium's are pressed in the worker: headless there is no notification to press on. Firefox is told
what its system would tell it.
"""

import json
import uuid
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import BrowserContext, Page

from tests.browser.stack import Stack
from tests.ops.processes import until

API = "/api/v1"
SENT = """
import json, uuid
from datetime import timedelta
from unittest import mock
from django.utils import timezone
from backend.accounts.models import Person
from backend.reminders import tokens
from backend.reminders.models import Delivery
now = timezone.now()
owner = Person.objects.get(pk={owner!r})
made = [
    Delivery.objects.create(
        owner=owner, kind=kind, due_at=now - timedelta(minutes=5), dedupe_key=str(uuid.uuid4()),
        state="sent", sent_at=now, ended_at=now, answer=answer, answered_at=now if answer else None,
    )
    for kind, answer in {wanted!r}
]
with mock.patch("time.time", return_value=(now - timedelta(hours={age})).timestamp()):
    tickets = [
        tokens.make(tokens.Ticket(delivery_id=one.pk, owner_id=owner.pk, device_id=uuid.uuid4()))
        for one in made
    ]
print(json.dumps([[str(one.pk), token] for one, token in zip(made, tickets)]))
"""
# Only the browser's own events may be waited for; this one is waited for by hand.
PRESS = """async (action) => {
    const [notification] = await self.registration.getNotifications();
    const event = new NotificationEvent("notificationclick", { notification, action });
    const waits = [];
    Object.defineProperty(event, "waitUntil", { value: (work) => waits.push(work) });
    self.dispatchEvent(event);
    await Promise.all(waits);
}"""
OUTBOX = """() => new Promise((resolve, reject) => {
    const request = indexedDB.open("backstep");
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
        const rows = request.result.transaction("outbox").objectStore("outbox").getAll();
        rows.onsuccess = () => { request.result.close(); resolve(rows.result); };
    };
})"""


@dataclass(frozen=True)
class Sent:
    """A reminder that has reached a phone."""

    id: str
    token: str
    kind: str = "walk"

    @property
    def path(self) -> str:
        return f"/answer/{self.id}?kind={self.kind}"

    def message(self, url: str, **data: object) -> str:
        notification = {
            "title": "Backstep",
            "body": "Time for your walk",
            "navigate": url + self.path,
            "tag": self.id,
            "data": {"delivery": self.id, "kind": self.kind, "token": self.token} | data,
            "actions": [
                {"action": "done", "title": "Done"},
                {"action": "snooze_15", "title": "In 15 minutes"},
            ],
        }
        return json.dumps({"web_push": 8030, "notification": notification})


def become_somebody(context: BrowserContext, url: str, *, language: str = "en") -> str:
    """Start a session for `context`; answers the person's id."""
    answer = context.request.post(
        f"{url}{API}/session",
        data={"time_zone": "Europe/Berlin", "locale": language, "consent": True},
    )
    assert answer.ok, answer.text()
    return str(answer.json()["person"]["id"])


def send(stack: Stack, owner: str, *wanted: tuple[str, str], token_hours: int = 0) -> list[Sent]:
    """Reminders as they stand after sending: (kind, answer or ""). Their tokens are so old."""
    done = stack.python(SENT.format(owner=owner, wanted=wanted, age=token_hours))
    assert done.returncode == 0, done.stdout
    rows = json.loads(done.stdout)
    return [
        Sent(id=id_, token=token, kind=kind)
        for (id_, token), (kind, _) in zip(rows, wanted, strict=True)
    ]


def on_server(context: BrowserContext, url: str, sent: Sent) -> dict[str, Any]:
    answer = context.request.get(f"{url}{API}/reminders/deliveries/{sent.id}")
    assert answer.ok, answer.text()
    found: dict[str, Any] = answer.json()
    return found


def nobody() -> str:
    """The address of a reminder that nobody ever had."""
    return f"/answer/{uuid.uuid4()}?kind=walk"


def press(page: Page, action: str) -> None:
    """Press a button of the notification on the screen. Returns when the worker is done with it."""
    (worker, *_) = until("the worker to be there", lambda: page.context.service_workers)
    worker.evaluate(PRESS, action)


def outbox(page: Page) -> list[dict[str, Any]]:
    """What waits on this phone."""
    rows: list[dict[str, Any]] = page.evaluate(OUTBOX)
    return rows
