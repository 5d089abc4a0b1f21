"""The model of a phone that the chaos test trusts: what it would show, and what not."""

import json
from collections.abc import Iterator

import http_ece
import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from tests.chaos.phones import Phone, arrivals
from tests.support import vapid
from tests.support.push_service import Post, PushService


@pytest.fixture
def service() -> Iterator[PushService]:
    with PushService() as service:
        yield service


@pytest.fixture
def phone(service: PushService) -> Phone:
    return Phone.make(0, service, b"")


def post(phone: Phone, delivery: str, tag: str, *, at: float, status: int = 201) -> Post:
    said = {"tag": tag, "data": {"delivery": delivery, "due_at": "2026-06-03T10:00:00+00:00"}}
    body = http_ece.encrypt(
        json.dumps({"notification": said}).encode(),
        private_key=ec.generate_private_key(ec.SECP256R1()),
        dh=vapid.decode(phone.keys["p256dh"]),
        auth_secret=phone.secret,
        version="aes128gcm",
    )
    return Post(phone.endpoint.rpartition("/")[2], {"topic": tag}, body, status, at)


def test_a_repeat_takes_the_place_of_the_first(phone: Phone) -> None:
    came = arrivals([phone], [post(phone, "a", "t", at=1), post(phone, "a", "t", at=2)])
    assert len(came) == 2
    assert [one.delivery for one in phone.screen.values()] == ["a"]


def test_another_tag_for_the_same_slot_stands_beside_it(phone: Phone) -> None:
    arrivals([phone], [post(phone, "a", "t", at=1), post(phone, "a", "u", at=2)])
    assert [one.delivery for one in phone.screen.values()] == ["a", "a"]


def test_what_the_push_service_refused_is_not_shown(phone: Phone) -> None:
    assert arrivals([phone], [post(phone, "a", "t", at=1, status=500)]) == []
    assert phone.screen == {}
