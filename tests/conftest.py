"""The cast: an owner, whose data it is, and a stranger, who must never get near it."""

import base64
import os
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import hypothesis
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.core.cache import cache
from rest_framework.test import APIClient

from backend.accounts import services as accounts
from backend.accounts.models import Person
from backend.pain import services as pain
from backend.pain.models import PainEntry
from backend.push import services as push
from backend.push.models import PushSubscription
from backend.reminders import services as reminders
from backend.reminders.models import Reminder


def pytest_addoption(parser: pytest.Parser) -> None:
    """Read by tests/settings.py, which comes before this; here it only gets its help text."""
    parser.addoption("--database", choices=["sqlite", "postgres"], default="sqlite")


hypothesis.settings.register_profile("steady", deadline=None, derandomize=True)
hypothesis.settings.load_profile("steady")

NOW = datetime(2026, 6, 3, 10, 0, tzinfo=UTC)  # a Wednesday, noon in Berlin
ENDPOINT = "https://updates.push.services.mozilla.com/wpush/v2/"


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    """Rate limits count in Redis, which outlives a test."""
    cache.clear()


@pytest.fixture
def now() -> datetime:
    return NOW


def make_person(**values: Any) -> Person:
    given: dict[str, Any] = {
        "time_zone": "Europe/Berlin", "locale": "en", "country": "", "consent": True, "now": NOW,
    }  # fmt: skip
    return accounts.person_create(**(given | values))


@pytest.fixture
def owner(db: None) -> Person:
    return make_person()


@pytest.fixture
def stranger(db: None) -> Person:
    return make_person()


def client_of(person: Person) -> APIClient:
    client = APIClient()
    client.force_login(person)
    return client


@pytest.fixture
def visitor() -> APIClient:
    """Somebody without a session."""
    return APIClient()


@pytest.fixture
def as_owner(owner: Person) -> APIClient:
    return client_of(owner)


@pytest.fixture
def as_stranger(stranger: Person) -> APIClient:
    return client_of(stranger)


@dataclass(frozen=True)
class BrowserKeys:
    """The keys a browser makes for a subscription; the private one decrypts what arrives."""

    private: ec.EllipticCurvePrivateKey
    secret: bytes

    @property
    def p256dh(self) -> str:
        public = self.private.public_key()
        return _encode(public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))

    @property
    def auth(self) -> str:
        return _encode(self.secret)


def _encode(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


@pytest.fixture
def browser_keys() -> BrowserKeys:
    return BrowserKeys(private=ec.generate_private_key(ec.SECP256R1()), secret=os.urandom(16))


MakeDevice = Callable[..., PushSubscription]


@pytest.fixture
def make_device(browser_keys: BrowserKeys) -> MakeDevice:
    def make(owner: Person, **values: Any) -> PushSubscription:
        given: dict[str, Any] = {
            "id": uuid.uuid4(),
            "endpoint": f"{ENDPOINT}{uuid.uuid4().hex}",
            "p256dh": browser_keys.p256dh,
            "auth": browser_keys.auth,
            "user_agent": "Mozilla/5.0 (Android 15; Mobile; rv:153.0) Gecko/153.0 Firefox/153.0",
            "origin": "https://back.example.org",
            "now": NOW,
        }
        device, _ = push.subscription_save(owner=owner, **(given | values))
        return device

    return make


MakeReminder = Callable[..., Reminder]
EVERY_DAY = [0, 1, 2, 3, 4, 5, 6]


@pytest.fixture
def make_reminder() -> MakeReminder:
    def make(owner: Person, *times: str, **values: Any) -> Reminder:
        """Every day at 17:30 in the owner's zone, planned at NOW."""
        given: dict[str, Any] = {
            "id": uuid.uuid4(),
            "kind": "walk",
            "schedule": {"days": EVERY_DAY, "times": list(times) or ["17:30"]},
            "enabled": True,
            "now": NOW,
        }
        reminder, _ = reminders.reminder_save(owner=owner, **(given | values))
        return reminder

    return make


@pytest.fixture
def due_at() -> datetime:
    """17:30 in Berlin on the day of NOW: when `make_reminder` is due first."""
    return NOW + timedelta(hours=5, minutes=30)


@pytest.fixture
def save_score() -> Callable[..., PainEntry]:
    def save(owner: Person, score: int = 4, **values: Any) -> PainEntry:
        given: dict[str, Any] = {"id": uuid.uuid4(), "at": NOW, "began_on": None, "now": NOW}
        entry, _ = pain.entry_save(owner=owner, score=score, **(given | values))
        return entry

    return save
