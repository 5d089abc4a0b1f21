"""Encryption and headers, checked by decrypting what left the house."""

import asyncio
from datetime import timedelta
from typing import Any

import http_ece
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from py_vapid import Vapid02

from backend.accounts.models import Person
from backend.push import keys, vapid
from backend.push.models import PushSubscription
from backend.push.results import Outcome, Result
from backend.push.sending import Message, Urgency, send
from backend.push.transport import Transport
from tests.conftest import NOW, BrowserKeys, MakeDevice
from tests.push.sink import Sink

pytestmark = [pytest.mark.service, pytest.mark.django_db]

MESSAGE = Message(
    payload="Zeit für deinen Weg".encode(),
    ttl=timedelta(hours=1),
    urgency=Urgency.NORMAL,
    topic="0123456789abcdef0123456789abcdef",
)


def deliver(device: PushSubscription, sink: Sink, settings: Any, **changes: Any) -> Result:
    message = Message(**(vars(MESSAGE) | changes))

    async def go() -> Result:
        async with sink.running():
            settings.PUSH_ORIGINS = [sink.origin]
            device.endpoint = f"{sink.origin}/push/1"
            async with Transport(trusted_origins=[sink.origin]) as transport:
                return await send(device, message, transport=transport, now=NOW)

    return asyncio.run(go())


@pytest.fixture
def device(owner: Person, make_device: MakeDevice) -> PushSubscription:
    return make_device(owner)


def test_the_browser_can_read_it_and_nobody_in_between(
    device: PushSubscription, browser_keys: BrowserKeys, settings: Any
) -> None:
    sink = Sink()
    assert deliver(device, sink, settings).outcome is Outcome.SENT
    body = sink.received[0][2]
    assert MESSAGE.payload not in body
    read = http_ece.decrypt(
        body, private_key=browser_keys.private, auth_secret=browser_keys.secret, version="aes128gcm"
    )
    assert read == MESSAGE.payload


def test_the_headers_say_how_long_how_urgent_and_what_it_replaces(
    device: PushSubscription, settings: Any
) -> None:
    sink = Sink()
    deliver(device, sink, settings)
    headers = sink.received[0][1]
    assert {name: headers[name] for name in ("TTL", "Urgency", "Topic", "Content-Encoding")} == {
        "TTL": "3600",
        "Urgency": "normal",
        "Topic": MESSAGE.topic,
        "Content-Encoding": "aes128gcm",
    }


def test_a_ttl_never_says_drop_it_at_once(device: PushSubscription, settings: Any) -> None:
    sink = Sink()
    deliver(device, sink, settings, ttl=timedelta(milliseconds=10))
    assert sink.received[0][1]["TTL"] == "1"


def test_the_server_proves_who_it_is_to_that_service_only(
    device: PushSubscription, settings: Any
) -> None:
    sink = Sink()
    deliver(device, sink, settings)
    authorization = sink.received[0][1]["Authorization"]
    scheme, _, rest = authorization.partition(" ")
    parts = dict(part.strip().split("=", 1) for part in rest.split(","))
    assert scheme == "vapid"
    assert parts["k"] == keys.public_point(settings.VAPID_KEY)
    public = settings.VAPID_KEY.public_key()
    point = public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    assert Vapid02.verify(authorization)
    assert keys.decode(parts["k"]) == point


def test_an_endpoint_that_is_no_longer_trusted_is_refused_without_a_request(
    device: PushSubscription,
) -> None:
    device.endpoint = "http://127.0.0.1:1/push/1"

    async def go() -> Result:
        async with Transport(trusted_origins=[]) as transport:
            return await send(device, MESSAGE, transport=transport, now=NOW)

    result = asyncio.run(go())
    assert (result.outcome, result.detail) == (Outcome.REFUSED, "the address is not https")


def test_a_message_that_is_too_long_is_refused(device: PushSubscription, settings: Any) -> None:
    sink = Sink()
    assert deliver(device, sink, settings, payload=b"x" * 3994).outcome is Outcome.REFUSED
    assert sink.received == []


def test_the_longest_message_fits(device: PushSubscription, settings: Any) -> None:
    assert deliver(device, Sink(), settings, payload=b"x" * 3993).outcome is Outcome.SENT


@pytest.mark.parametrize("p256dh", ["AAAA", "!", "", "BA" + "A" * 85])
def test_a_key_that_went_bad_is_an_answer_not_a_crash(
    device: PushSubscription, settings: Any, p256dh: str
) -> None:
    device.p256dh = p256dh
    assert deliver(device, Sink(), settings).outcome is Outcome.REFUSED


def test_one_signature_serves_an_origin_for_hours() -> None:
    first = vapid.authorization("https://one.example", now=NOW)
    assert vapid.authorization("https://one.example", now=NOW + timedelta(hours=9)) == first


def test_a_signature_is_renewed_before_it_ends() -> None:
    first = vapid.authorization("https://two.example", now=NOW)
    assert vapid.authorization("https://two.example", now=NOW + timedelta(hours=10)) != first


def test_each_origin_has_a_signature_of_its_own() -> None:
    one = vapid.authorization("https://three.example", now=NOW)
    assert vapid.authorization("https://four.example", now=NOW) != one
