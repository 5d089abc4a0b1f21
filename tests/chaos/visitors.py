"""People who use the app while the server breaks: they ask again until it answers, as phones do."""

import http.client
import http.cookiejar
import json
import threading
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Callable
from typing import Any

from tests.chaos.phones import Phone

AGAIN_AFTER = 0.3
PATIENCE = 60.0
PAUSE = 3.0
REMINDER = {"kind": "walk", "enabled": True}
BUSY = (429, *range(500, 600))


class Visitor(threading.Thread):
    """Starts a session, saves a device and a reminder, then sends itself test messages.

    `problem` is what went wrong in the end; `repeated` counts what had to be asked again.
    """

    def __init__(self, url: str, phone: Phone, until: float, schedule: dict[str, Any]) -> None:
        super().__init__(name=f"visitor {phone.person}", daemon=True)
        self.phone = phone
        self.reminder = str(uuid.uuid4())
        self.problem = ""
        self.repeated = 0
        self.asked_for = 0
        self._url = f"{url}/api/v1"
        self._until = until
        self._schedule = schedule
        self._token = ""
        jar = http.cookiejar.CookieJar()
        self._open: Callable[..., Any] = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(jar)
        ).open

    def run(self) -> None:
        try:
            self._settle_in()
            while time.monotonic() < self._until:
                self._ask("POST", "/push/test", {"device": self.phone.id})
                self.asked_for += 1
                time.sleep(PAUSE)
        except Exception as problem:  # noqa: BLE001 - told by the run, which waits for us
            self.problem = f"{self.name}: {problem!r}"

    def _settle_in(self) -> None:
        person = {"time_zone": "UTC", "locale": "en", "consent": True}
        self._token = self._ask("POST", "/session", person)["csrf_token"]
        device = {"endpoint": self.phone.endpoint, "keys": self.phone.keys}
        self._ask("PUT", f"/push/subscriptions/{self.phone.id}", device)
        reminder = {**REMINDER, "schedule": self._schedule}
        self._ask("PUT", f"/reminders/{self.reminder}", reminder)

    def _ask(self, method: str, path: str, body: dict[str, Any]) -> dict[str, Any]:
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                return self._once(method, path, body)
            except urllib.error.HTTPError as answer:
                if answer.code not in BUSY or time.monotonic() > deadline:
                    raise AssertionError(f"{path} {answer.code} {answer.read()!r}") from None
            except (OSError, http.client.HTTPException):
                if time.monotonic() > deadline:
                    raise
            self.repeated += 1
            time.sleep(AGAIN_AFTER)

    def _once(self, method: str, path: str, body: dict[str, Any]) -> dict[str, Any]:
        headers = {"Content-Type": "application/json", "X-CSRFToken": self._token}
        request = urllib.request.Request(
            self._url + path, json.dumps(body).encode(), headers, method=method
        )
        with self._open(request, timeout=10) as answer:
            found: dict[str, Any] = json.loads(answer.read() or b"{}")
        return found
