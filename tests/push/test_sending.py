"""Encryption, headers and order, checked by decrypting what left the house."""

import asyncio
import uuid
from datetime import timedelta
from typing import Any

import http_ece
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from py_vapid import Vapid02

from backend.push import keys, sending, vapid
from backend.push.results import Outcome, Result
from backend.push.sending import send_all
from tests.conftest import NOW, BrowserKeys
from tests.push.conftest import MESSAGE, MakeParcel
from tests.push.rude import Rude, status
from tests.push.sink import Sink, in_background


@pytest.fixture
def deliver(make_parcel: MakeParcel, settings: Any) -> Any:
    """Send one message to a sink; `changes` are made to the message or the device's keys."""

    def send(sink: Sink, **changes: Any) -> Result:
        with in_background(sink):
            settings.PUSH_ORIGINS = [sink.origin]
            (result,) = send_all([make_parcel(f"{sink.origin}/push/1", **changes)], now=NOW)
            return result

    return send


def test_the_browser_can_read_it_and_nobody_in_between(
    deliver: Any, browser_keys: BrowserKeys
) -> None:
    sink = Sink()
    assert deliver(sink).outcome is Outcome.SENT
    body = sink.received[0][2]
    assert MESSAGE.payload not in body
    read = http_ece.decrypt(
        body, private_key=browser_keys.private, auth_secret=browser_keys.secret, version="aes128gcm"
    )
    assert read == MESSAGE.payload


def test_the_headers_say_how_long_how_urgent_and_what_it_replaces(deliver: Any) -> None:
    sink = Sink()
    deliver(sink)
    headers = sink.received[0][1]
    names = ("TTL", "Urgency", "Topic", "Content-Encoding", "Content-Type")
    assert {name: headers[name] for name in names} == {
        "TTL": "3600",
        "Urgency": "normal",
        "Topic": MESSAGE.topic,
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
    }


@pytest.mark.parametrize("ttl", [timedelta(milliseconds=10), timedelta(0), -timedelta(hours=1)])
def test_a_ttl_never_says_drop_it_at_once(deliver: Any, ttl: timedelta) -> None:
    sink = Sink()
    deliver(sink, ttl=ttl)
    assert sink.received[0][1]["TTL"] == "1"


def test_the_server_proves_who_it_is_to_that_service_only(deliver: Any, settings: Any) -> None:
    sink = Sink()
    deliver(sink)
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
    make_parcel: MakeParcel, settings: Any
) -> None:
    with Rude() as service:
        settings.PUSH_ORIGINS = []
        (result,) = send_all([make_parcel(f"{service.origin}/push/1")], now=NOW)
    assert (result.outcome, result.detail) == (Outcome.REFUSED, "the address is not https")
    assert service.connections == 0


def test_a_message_that_is_too_long_is_refused(deliver: Any) -> None:
    sink = Sink()
    assert deliver(sink, payload=b"x" * 3994).outcome is Outcome.REFUSED
    assert sink.received == []


def test_the_longest_message_fits(deliver: Any) -> None:
    assert deliver(Sink(), payload=b"x" * 3993).outcome is Outcome.SENT


def test_nothing_to_send_is_no_trouble() -> None:
    assert send_all([], now=NOW) == []


def test_results_come_in_the_order_of_the_parcels(make_parcel: MakeParcel, settings: Any) -> None:
    async def slow(service: Rude, writer: Any) -> None:
        await asyncio.sleep(0.2)
        await status(410)(service, writer)

    with Rude({"/slow": slow, "/bad": status(400)}) as service:
        settings.PUSH_ORIGINS = [service.origin]
        parcels = [make_parcel(f"{service.origin}/{path}") for path in ("slow", "bad", "fine")]
        parcels.insert(1, make_parcel("https://evil.test/push"))
        results = send_all(parcels, now=NOW)
    assert [result.status for result in results] == [410, 0, 400, 201]


def test_a_bad_key_stops_nobody_else(make_parcel: MakeParcel, settings: Any) -> None:
    with Rude() as service:
        settings.PUSH_ORIGINS = [service.origin]
        url = f"{service.origin}/push/1"
        parcels = [make_parcel(url, p256dh="AAAA"), make_parcel(url), make_parcel(url, p256dh="!")]
        outcomes = [result.outcome for result in send_all(parcels, now=NOW)]
    assert outcomes == [Outcome.REFUSED, Outcome.SENT, Outcome.REFUSED]


def test_a_service_in_trouble_is_left_alone_and_the_others_are_not(
    make_parcel: MakeParcel, settings: Any
) -> None:
    """Three people were turned away, so the rest of the batch does not even knock."""
    with Rude({"/push": status(503, "Retry-After: 120")}) as ill, Rude() as well:
        settings.PUSH_ORIGINS = [ill.origin, well.origin]
        parcels = [make_parcel(f"{ill.origin}/push") for _ in range(60)]
        parcels += [make_parcel(f"{well.origin}/push") for _ in range(60)]
        results = send_all(parcels, now=NOW)
        again = send_all(parcels[:1], now=NOW + timedelta(seconds=119))
        knocked = len(ill.posts)
        send_all(parcels[:1], now=NOW + timedelta(seconds=125))
    assert {result.outcome for result in results[:60]} == {Outcome.RETRY}
    assert {result.outcome for result in results[60:]} == {Outcome.SENT}
    assert knocked < 20
    assert (again[0].status, again[0].detail) == (0, "this push service rests")
    assert again[0].retry_after is not None
    assert again[0].retry_after <= timedelta(seconds=6)
    assert len(ill.posts) == knocked + 1


def test_one_persons_devices_do_not_make_a_service_rest(
    make_parcel: MakeParcel, settings: Any
) -> None:
    person = uuid.uuid4()
    with Rude({"/bad": status(503)}) as service:
        settings.PUSH_ORIGINS = [service.origin]
        bad = [make_parcel(f"{service.origin}/bad", owner_id=person) for _ in range(20)]
        send_all(bad, now=NOW)
        (result,) = send_all([make_parcel(f"{service.origin}/good")], now=NOW)
    assert result.outcome is Outcome.SENT


def test_a_batch_gives_up_before_somebody_else_takes_it_over(
    make_parcel: MakeParcel, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def slow(service: Rude, writer: Any) -> None:
        await asyncio.sleep(0.3)
        await status(201)(service, writer)

    monkeypatch.setattr(sending, "BATCH_SECONDS", 0.2)
    with Rude({"/push": slow}) as service:
        settings.PUSH_ORIGINS = [service.origin]
        results = send_all([make_parcel(f"{service.origin}/push") for _ in range(40)], now=NOW)
    assert results[0].outcome is Outcome.SENT
    assert results[-1].detail == "this batch takes too long"


@pytest.mark.parametrize("p256dh", ["AAAA", "!", "", "BA" + "A" * 85])
def test_a_key_that_went_bad_is_an_answer_not_a_crash(deliver: Any, p256dh: str) -> None:
    assert deliver(Sink(), p256dh=p256dh).outcome is Outcome.REFUSED


def test_one_signature_serves_an_origin_for_hours() -> None:
    first = vapid.authorization("https://one.example", now=NOW)
    assert vapid.authorization("https://one.example", now=NOW + timedelta(hours=9)) == first


def test_a_signature_is_renewed_before_it_ends() -> None:
    first = vapid.authorization("https://two.example", now=NOW)
    assert vapid.authorization("https://two.example", now=NOW + timedelta(hours=10)) != first


def test_each_origin_has_a_signature_of_its_own() -> None:
    one = vapid.authorization("https://three.example", now=NOW)
    assert vapid.authorization("https://four.example", now=NOW) != one
