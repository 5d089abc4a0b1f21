"""Every operation of the API, found in the URLconf, with a body that is right where it takes one.

A new route without an entry here fails tests/architecture.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import models
from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver
from rest_framework.test import APIClient

from backend.accounts.models import Person
from backend.walking.models import GateAnswers
from tests.conftest import ENDPOINT
from tests.privacy import factories

API = "api/v1/"
ID = "<uuid:id>"
SECRET = "<str:secret>"
LANGUAGE = "<str:language>"
DEVICE = UUID("d6f0c3a4-5b1e-4c8f-9a27-3e81b6a90c55")
EPISODE = UUID("0b6d1f5e-8a3c-4b7e-9c55-2f1de0a4c7b9")
SUBSCRIPTION = {
    "endpoint": f"{ENDPOINT}gAAAAABl",
    "expirationTime": None,
    "keys": {"p256dh": factories.P256DH, "auth": factories.AUTH},
}
REMINDER = {
    "kind": "walk",
    "schedule": {"days": [0, 4], "times": ["08:00", "17:30"]},
    "enabled": True,
}
PERSON = {
    "time_zone": "Europe/Vienna",
    "locale": "de-AT",
    "country": "AT",
    "consent": True,
    "quiet_hours": {"from": "22:00", "to": "07:00"},
    "evening_check_at": "20:15",
    "day_ends_at": 4,
    "daily_cap": 4,
    "lock_screen_details": True,
}
SESSION = {name: PERSON[name] for name in ("time_zone", "locale", "country", "consent")}
ENTRY = {
    "score": 4,
    "began_on": "2020-02-29",
    "places": ["low_back_left"],
    "worse": ["sitting"],
    "better": ["heat"],
    "sleep": "broken",
    "note": "Long drive.",
    "walk": "5f0d6c1e-2b84-4f0a-8f0e-6f6a1d2c9b31",
    "walk_moment": "later",
}
RECENTLY = datetime.now(UTC).isoformat()
A_WHILE_AGO = (datetime.now(UTC) - timedelta(minutes=20)).isoformat()
ACTIVITIES = [{"name": name, "score": 4} for name in ("Climbing stairs", "Sleeping", "Sitting")]
CHECK = {
    "id": "7b0f5c86-3f0e-4b8a-9d53-2f1f3a6f2c11",
    "symptoms": ["fever", "over_50"],
    "wording": "2026-11",
    "occasion": "new_symptom",
    "at": RECENTLY,
}
MEASURE = {"kind": "psfs", "at": RECENTLY, "answers": {"activities": ACTIVITIES}}
GATE_ANSWERS = {"yes": ["fall", "dizziness"], "wording": "2026-11", "at": RECENTLY}
GATE_CLEARANCE = {"clinician": "doctor", "seen_on": RECENTLY[:10], "at": RECENTLY}
WALK = {
    "started_at": A_WHILE_AGO,
    "ended_at": RECENTLY,
    "seconds": 700,
    "backward_seconds": 0,
    "planned_minutes": 12,
    "chosen_minutes": 10,
    "purpose": "test",
    "source": "manual",
    "stopped": "hurt",
    "distance_m": 800,
    "steps": 1100,
    "track": [[52.52, 13.405, 0], [52.521, 13.406, 30.5]],
    "checklist": ["flat", "dry"],
    "note": "Along the river.",
}
WALK_PLAN = {
    "tolerance": 15,
    "tolerance_from": "guess",
    "walks_already": False,
    "days": [0, 2, 4, 6],
    "at": RECENTLY,
}
UNLOCK = {
    "stand_seconds": 12,
    "over_65": True,
    "clinician": "physiotherapist",
    "seen_on": RECENTLY[:10],
    "at": RECENTLY,
}

BODIES: dict[tuple[str, str], dict[str, Any] | None] = {
    ("session", "post"): SESSION,
    ("session", "get"): None,
    ("me", "patch"): PERSON,
    ("push-key", "get"): None,
    ("devices", "get"): None,
    ("device", "put"): SUBSCRIPTION,
    ("device", "delete"): None,
    ("push-test", "post"): {"device": str(DEVICE)},
    ("reminders", "get"): None,
    ("reminder", "get"): None,
    ("reminder", "put"): REMINDER,
    ("reminder", "delete"): None,
    ("history", "get"): None,
    ("delivery", "get"): None,
    ("answer", "put"): {"answer": "done", "at": "2026-06-03T10:00:00Z"},
    ("opened", "put"): None,
    ("token-answer", "post"): {"token": "forged", "answer": "done", "at": None},
    ("receipt", "post"): {"token": "forged", "event": "shown"},
    ("calendar", "get"): None,
    ("calendar", "put"): None,
    ("calendar", "delete"): None,
    ("calendar-feed", "get"): None,
    ("holds", "get"): None,
    ("hold", "put"): {"for": "today", "kinds": ["walk"]},
    ("hold", "delete"): None,
    ("pain-entries", "get"): None,
    ("pain-entry", "put"): ENTRY,
    ("pain-entry", "delete"): None,
    ("episodes", "get"): None,
    ("episode", "patch"): {"clinician": "doctor", "seen_on": "2020-02-29"},
    ("episode-close", "post"): {"episode": str(EPISODE), "at": "2026-06-03T10:00:00Z"},
    ("episode-reopen", "post"): None,
    ("prompt", "get"): None,
    ("prompt-answer", "put"): {"answer": "seen", "clinician": "doctor", "seen_on": "2020-02-29"},
    ("flares", "get"): None,
    ("flare", "put"): {"at": RECENTLY},
    ("flare", "delete"): None,
    ("flare-end", "put"): {"at": RECENTLY},
    ("measures", "get"): None,
    ("measure", "put"): MEASURE,
    ("measure", "delete"): None,
    ("chart", "get"): None,
    ("helps", "get"): None,
    ("checks", "get"): None,
    ("checks", "post"): CHECK,
    ("check", "get"): None,
    ("block", "get"): None,
    ("clearance", "put"): {"clinician": "doctor", "seen_on": "2026-06-03", "at": RECENTLY},
    ("clearance", "delete"): None,
    ("gate", "get"): None,
    ("gate-answers", "put"): GATE_ANSWERS,
    ("gate-clearance", "put"): GATE_CLEARANCE,
    ("gate-clearance", "delete"): None,
    ("walking", "get"): None,
    ("walking-weeks", "get"): None,
    ("look-back", "get"): None,
    ("walk-plan", "put"): WALK_PLAN,
    ("walk-plan", "delete"): None,
    ("walk-plan-days", "put"): {"days": [1, 3, 5], "at": RECENTLY},
    ("follow-up", "get"): None,
    ("follow-up-answer", "put"): {"felt": "worse", "at": RECENTLY},
    ("walks", "get"): None,
    ("walk", "get"): None,
    ("walk", "put"): WALK,
    ("walk", "delete"): None,
    ("backward", "get"): None,
    ("backward-unlock", "put"): UNLOCK,
    ("content", "get"): None,
    ("today", "get"): None,
    ("schema", "get"): None,
}
PUBLIC = {
    ("session", "get"), ("session", "post"), ("push-key", "get"), ("schema", "get"),
    ("content", "get"),
}  # fmt: skip
# Open to whoever holds a secret that the server has signed or made.
BY_TOKEN = {("token-answer", "post"), ("receipt", "post"), ("calendar-feed", "get")}


def _answered(owner: Person) -> GateAnswers:
    """The same answers: an id stands for them for ever."""
    return GateAnswers.objects.create(owner=owner, language="en", **GATE_ANSWERS)


OBJECTS: dict[str, Callable[[Person], models.Model]] = {
    "device": factories.device,
    "reminder": factories.reminder,
    "delivery": factories.delivery,
    "answer": factories.delivery,
    "opened": factories.delivery,
    "hold": factories.hold,
    "pain-entry": factories.entry,
    "episode": factories.episode,
    "episode-reopen": factories.episode,
    "prompt": factories.evening_prompt,
    "prompt-answer": factories.evening_prompt,
    "flare": factories.flare,
    "flare-end": factories.flare,
    "measure": factories.measure,
    "check": factories.symptom_check,
    "clearance": factories.block,
    "gate-answers": _answered,
    "gate-clearance": factories.gate_clearance,
    "walk-plan": factories.walk_plan,
    "walk-plan-days": factories.walk_plan,
    "follow-up": factories.follow_up,
    "follow-up-answer": factories.follow_up,
    "walk": factories.walk,
    "backward-unlock": factories.backward_unlock,
}


@dataclass(frozen=True)
class Operation:
    route: str
    method: str
    path: str

    def __str__(self) -> str:
        return f"{self.method} {self.route}"

    @property
    def key(self) -> tuple[str, str]:
        return self.route, self.method

    @property
    def body(self) -> dict[str, Any] | None:
        return BODIES.get(self.key)

    def address(self, id: object = None) -> str:  # noqa: A002
        path = self.path.replace(SECRET, "guessed").replace(LANGUAGE, "en")
        return path.replace(ID, str(id or uuid4()))

    def send(
        self,
        client: APIClient,
        data: str | bytes | None = None,
        *,
        id: object = None,  # noqa: A002
        content_type: str = "application/json",
    ) -> HttpResponse:
        """Send `data` as it is. `client` raises what the server does not handle."""
        sent: Any = data or b""  # the stubs know of text only
        answer: HttpResponse = client.generic(
            self.method.upper(), self.address(id), sent, content_type=content_type
        )
        return answer


def _routes(
    patterns: Sequence[URLPattern | URLResolver], before: str = ""
) -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        path = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern.url_patterns, path)
        else:
            yield path, pattern


def operations() -> list[Operation]:
    """What the URLconf answers below /api/v1/."""
    found = []
    for path, pattern in _routes(get_resolver().url_patterns):
        if path.startswith(API):
            view: Any = pattern.callback
            methods = [name for name in view.cls.http_method_names if hasattr(view.cls, name)]
            found += [
                Operation(str(pattern.name), method, f"/{path}")
                for method in methods
                if method != "options"
            ]
    return found


OPERATIONS = operations()
PRIVATE = [one for one in OPERATIONS if one.key not in PUBLIC | BY_TOKEN]
WRITES = [one for one in OPERATIONS if one.body is not None]
