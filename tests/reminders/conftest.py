"""A push service that may misbehave, the owner's devices at it, and a way to send what is due."""

import json
from datetime import datetime
from typing import Any

import http_ece
import pytest

from backend.accounts.models import Person
from backend.push.models import PushSubscription
from backend.reminders import claims, sending
from backend.reminders.models import Delivery
from tests.conftest import BrowserKeys, MakeDevice, MakeReminder
from tests.push.sink import Sink, in_background


@pytest.fixture
def sink(settings: Any) -> Any:
    """A push service that the host trusts; `sink.statuses` says what it answers."""
    with in_background(Sink()) as running:
        settings.PUSH_ORIGINS = [running.origin]
        yield running


@pytest.fixture
def phone(owner: Person, make_device: MakeDevice, sink: Sink) -> PushSubscription:
    return make_device(owner, endpoint=f"{sink.origin}/phone")


@pytest.fixture
def tablet(owner: Person, make_device: MakeDevice, sink: Sink) -> PushSubscription:
    return make_device(owner, endpoint=f"{sink.origin}/tablet")


@pytest.fixture
def claim(owner: Person, make_reminder: MakeReminder, due_at: datetime) -> claims.Claim:
    make_reminder(owner)
    (found,) = claims.claim_reminders(now=due_at)
    return found


def send(*batch: claims.Claim, at: datetime) -> Delivery:
    sending.send_claims(batch, clock=lambda: at)
    return Delivery.objects.get(pk=batch[0].delivery_id)


def send_due(at: datetime) -> list[Delivery]:
    """What a tick and its workers do at `at`; answers what they took, in the order of due times."""
    batch = [*claims.claim_reminders(now=at), *claims.claim_deliveries(now=at)]
    sending.send_claims(batch, clock=lambda: at)
    taken = Delivery.objects.filter(pk__in=[claim.delivery_id for claim in batch])
    return list(taken.order_by("due_at"))


def decrypted(body: bytes, keys: BrowserKeys) -> dict[str, Any]:
    """What the browser of `keys` reads."""
    read = http_ece.decrypt(
        body, private_key=keys.private, auth_secret=keys.secret, version="aes128gcm"
    )
    found: dict[str, Any] = json.loads(read)
    return found


def ended(delivery: Delivery) -> tuple[str, str]:
    return (delivery.state, delivery.reason)
