"""The tests' push service keeps to its protocols, so that what passes here passes out there."""

import json
import uuid
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import requests
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.utils import timezone
from py_vapid import Vapid02
from websockets.sync.client import ClientConnection, connect

from tests.support import vapid
from tests.support.push_service import PushService

ENCRYPTED = b"\x01\x02 what only a browser can read"
HEADERS = {"TTL": "60", "Content-Encoding": "aes128gcm"}


class Browser:
    """The browser's side of the WebSocket."""

    def __init__(self, socket: ClientConnection, uaid: str = "") -> None:
        self.socket = socket
        self.uaid = uaid

    def hello(self) -> None:
        self.say(messageType="hello", use_webpush=True, uaid=self.uaid)
        self.uaid = self.hears()["uaid"]

    def register(self, key: bytes = b"") -> tuple[str, str]:
        channel = str(uuid.uuid4())
        extra = {"key": vapid.encode(key)} if key else {}
        self.say(messageType="register", channelID=channel, **extra)
        return channel, self.hears()["pushEndpoint"]

    def say(self, **message: Any) -> None:
        self.socket.send(json.dumps(message))

    def hears(self) -> Any:
        return json.loads(self.socket.recv(timeout=5))

    def hears_nothing(self) -> bool:
        self.say()  # a ping: what comes before its answer was on its way already
        return bool(self.hears() == {})


@pytest.fixture
def service() -> Iterator[PushService]:
    with PushService() as service:
        yield service


@pytest.fixture
def browser(service: PushService) -> Iterator[Browser]:
    with connect(service.websocket) as socket:
        browser = Browser(socket)
        browser.hello()
        yield browser


def post(endpoint: str, body: bytes = ENCRYPTED, **headers: str) -> requests.Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return requests.post(endpoint, data=body, headers=HEADERS | named, timeout=5)


def test_a_post_reaches_the_browser_that_subscribed(service: PushService, browser: Browser) -> None:
    channel, endpoint = browser.register()
    answer = post(endpoint)
    heard = browser.hears()
    assert answer.status_code == 201
    assert answer.headers["Location"].startswith(service.origin)
    assert (heard["messageType"], heard["channelID"]) == ("notification", channel)
    assert heard["headers"] == {"encoding": "aes128gcm"}
    assert vapid.decode(heard["data"]) == ENCRYPTED


def test_a_message_waits_for_a_browser_that_is_away(service: PushService) -> None:
    with connect(service.websocket) as socket:
        away = Browser(socket)
        away.hello()
        channel, endpoint = away.register()
    assert post(endpoint).status_code == 201
    with connect(service.websocket) as socket:
        back = Browser(socket, away.uaid)
        back.hello()
        assert back.hears()["channelID"] == channel


def test_a_message_comes_again_until_it_is_confirmed(
    service: PushService, browser: Browser
) -> None:
    _, endpoint = browser.register()
    post(endpoint)
    version = browser.hears()["version"]
    with connect(service.websocket) as socket:
        again = Browser(socket, browser.uaid)
        again.hello()
        assert again.hears()["version"] == version
        again.say(messageType="ack", updates=[{"channelID": "", "version": version}])
        assert again.hears_nothing()
    service.wait_until_confirmed()


def test_a_topic_replaces_what_still_waits(service: PushService) -> None:
    with connect(service.websocket) as socket:
        away = Browser(socket)
        away.hello()
        _, endpoint = away.register()
    post(endpoint, b"first", Topic="walk")
    post(endpoint, b"other", Topic="diary")
    post(endpoint, b"second", Topic="walk")
    with connect(service.websocket) as socket:
        back = Browser(socket, away.uaid)
        back.hello()
        assert [vapid.decode(back.hears()["data"]) for _ in range(2)] == [b"other", b"second"]
        assert back.hears_nothing()


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"TTL": ""}, 400),
        ({"TTL": "soon"}, 400),
        ({"Topic": "x" * 33}, 400),
        ({"Topic": "not base64url!"}, 400),
        ({"Content_Encoding": "aesgcm"}, 400),
    ],
)
def test_a_post_against_the_rfc_is_refused(
    browser: Browser, headers: dict[str, str], status: int
) -> None:
    _, endpoint = browser.register()
    assert post(endpoint, ENCRYPTED, **headers).status_code == status
    assert browser.hears_nothing()


def test_a_body_that_is_too_long_is_refused(browser: Browser) -> None:
    _, endpoint = browser.register()
    assert post(endpoint, b"x" * 4097).status_code == 413


def test_unknown_is_404_and_ended_is_410(service: PushService, browser: Browser) -> None:
    channel, endpoint = browser.register()
    browser.say(messageType="unregister", channelID=channel)
    browser.hears()
    assert post(endpoint).status_code == 410
    assert post(f"{service.origin}/push/unheard-of").status_code == 404


@pytest.fixture
def sender() -> Vapid02:
    sender = Vapid02()
    sender.generate_keys()
    return sender


def public_point(sender: Vapid02) -> bytes:
    point: bytes = sender.public_key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return point


def authorization(sender: Vapid02, service: PushService, **claims: Any) -> str:
    expires = timezone.now() + timedelta(hours=1)
    given = {"aud": service.origin, "sub": "mailto:a@example.org", "exp": int(expires.timestamp())}
    header: str = sender.sign(given | claims)["Authorization"]
    return header


def test_a_subscription_with_a_key_takes_only_its_owner(
    service: PushService, browser: Browser, sender: Vapid02
) -> None:
    _, endpoint = browser.register(public_point(sender))
    stranger = Vapid02()
    stranger.generate_keys()
    assert post(endpoint).status_code == 401
    assert post(endpoint, Authorization=authorization(stranger, service)).status_code == 403
    assert post(endpoint, Authorization=authorization(sender, service)).status_code == 201


@pytest.mark.parametrize(
    "claims",
    [
        {"aud": "https://elsewhere.example"},
        {"exp": int((timezone.now() - timedelta(minutes=1)).timestamp())},
        {"exp": int((timezone.now() + timedelta(days=2)).timestamp())},
    ],
)
def test_a_token_for_elsewhere_or_another_time_is_refused(
    service: PushService, browser: Browser, sender: Vapid02, claims: dict[str, Any]
) -> None:
    _, endpoint = browser.register(public_point(sender))
    header = authorization(sender, service, **claims)
    assert post(endpoint, Authorization=header).status_code == 403


def test_a_token_changed_on_the_way_is_refused(
    service: PushService, browser: Browser, sender: Vapid02
) -> None:
    _, endpoint = browser.register(public_point(sender))
    words, key = authorization(sender, service).split(",")
    token, _, signature = words.rpartition(".")
    changed = f"{token}.{signature[:-4]}{'AAAA' if signature[-4:] != 'AAAA' else 'BBBB'},{key}"
    assert post(endpoint, Authorization=changed).status_code == 403


def test_faults_come_as_often_as_asked_for_and_reach_nobody(
    service: PushService, browser: Browser
) -> None:
    _, endpoint = browser.register()
    service.fail(2, 503, {"Retry-After": "7"})
    answers = [post(endpoint) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [503, 503, 201]
    assert answers[0].headers["Retry-After"] == "7"
    browser.hears()
    assert browser.hears_nothing()


def test_a_held_post_reaches_the_browser_before_its_sender_hears(
    service: PushService, browser: Browser
) -> None:
    _, endpoint = browser.register()
    service.hold()
    with pytest.raises(requests.ReadTimeout):
        requests.post(endpoint, data=ENCRYPTED, headers=HEADERS, timeout=0.3)
    assert vapid.decode(browser.hears()["data"]) == ENCRYPTED
    service.release()
    assert service.wait_for_posts(1)[0].body == ENCRYPTED
