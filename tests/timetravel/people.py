"""Somebody with a phone, who talks to the server as the app does."""

import http.cookiejar
import json
import urllib.request
import uuid
from typing import Any
from urllib.parse import urlsplit

from tests.chaos.phones import Notification, Phone

PATIENCE = 30


class Somebody:
    """An account of its own, made at once, with one phone that gets its messages."""

    def __init__(self, url: str, phone: Phone, zone: str) -> None:
        self.phone = phone
        self._url = f"{url}/api/v1"
        jar = http.cookiejar.CookieJar()
        self._open = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar)).open
        self._token = ""
        session = self.ask("POST", "/session", time_zone=zone, locale="en", consent=True)
        self._token = session["csrf_token"]
        keys = phone.keys
        self.ask("PUT", f"/push/subscriptions/{phone.id}", endpoint=phone.endpoint, keys=keys)

    def hurts(self, score: int = 5) -> None:
        self.ask("PUT", f"/pain/entries/{uuid.uuid4()}", score=score)

    def is_well(self) -> None:
        """ "It is gone"."""
        self.ask("POST", "/pain/episodes/current/close")

    def moves_to(self, zone: str) -> None:
        self.ask("PATCH", "/me", time_zone=zone)

    def prefers(self, evening: str) -> None:
        self.ask("PATCH", "/me", evening_check_at=evening)

    def wants_quiet(self, begin: str, end: str) -> None:
        self.ask("PATCH", "/me", quiet_hours={"from": begin, "to": end})

    def question(self, notification: Notification) -> dict[str, Any]:
        """The evening question that a notification leads to."""
        room, _, prompt = urlsplit(notification.address).path.lstrip("/").partition("/")
        assert room == "evening", notification
        return self.ask("GET", f"/pain/prompts/{prompt}")

    def ask(self, method: str, path: str, **body: object) -> dict[str, Any]:
        headers = {"Content-Type": "application/json", "X-CSRFToken": self._token}
        data = None if method == "GET" else json.dumps(body).encode()
        request = urllib.request.Request(self._url + path, data, headers, method=method)
        with self._open(request, timeout=PATIENCE) as answer:
            found: dict[str, Any] = json.loads(answer.read() or b"{}")
        return found
