"""Parcels for devices that need no database row."""

import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from backend.push import transport
from backend.push.models import PushSubscription
from backend.push.sending import Message, Parcel, Urgency
from tests.conftest import BrowserKeys
from tests.push import certificate
from tests.push.certificate import Certificate
from tests.settings import free_port

MESSAGE = Message(
    payload="Zeit für deinen Weg".encode(),
    ttl=timedelta(hours=1),
    urgency=Urgency.NORMAL,
    topic="0123456789abcdef0123456789abcdef",
)
MakeParcel = Callable[..., Parcel]


@pytest.fixture
def make_parcel(browser_keys: BrowserKeys) -> MakeParcel:
    """A parcel for a person of their own, unless `owner_id` says whose it is."""

    def make(endpoint: str, *, owner_id: uuid.UUID | None = None, **changes: Any) -> Parcel:
        device = PushSubscription(
            owner_id=owner_id or uuid.uuid4(),
            endpoint=endpoint,
            p256dh=changes.pop("p256dh", browser_keys.p256dh),
            auth=browser_keys.auth,
        )
        return Parcel(device=device, message=Message(**(vars(MESSAGE) | changes)))

    return make


@pytest.fixture(autouse=True)
def fresh_connections() -> Iterator[None]:
    """Kept connections, and what was learnt about services, outlive a test otherwise."""
    transport._idle.clear()
    yield
    transport._idle.clear()


@pytest.fixture(scope="session")
def certified(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    return certificate.make(tmp_path_factory.mktemp("certificate"))


@pytest.fixture
def trusted_authority(certified: Certificate, monkeypatch: pytest.MonkeyPatch) -> Certificate:
    """This computer trusts who signed `certified`."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certified.public))
    return certified


@dataclass(frozen=True)
class ModernService:
    """A push service with TLS and HTTP/2 in a process of its own; see modern_sink.py."""

    port: int

    @property
    def origin(self) -> str:
        return f"https://127.0.0.1:{self.port}"


@pytest.fixture(scope="session")
def modern_service(certified: Certificate) -> Iterator[ModernService]:
    port = free_port()
    arguments = [
        "--interface", "rsgi", "--host", "127.0.0.1", "--port", str(port), "--no-ws", "--log-level",
        "error", "--ssl-certificate", str(certified.public), "--ssl-keyfile",
        str(certified.private), "tests.push.modern_sink:answer",
    ]  # fmt: skip
    granian = str(Path(sys.executable).with_name("granian"))
    with subprocess.Popen([granian, *arguments]) as process:
        _wait_for(port)
        yield ModernService(port)
        process.terminate()


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + 20
    with socket.socket() as probe:
        while probe.connect_ex(("127.0.0.1", port)):
            assert time.monotonic() < deadline
            time.sleep(0.05)
