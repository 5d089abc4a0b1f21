"""The phones of a run: keys and an address at a push service, and a screen keyed by tag."""

import json
import os
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.support import vapid
from tests.support.push_service import Post, PushService

ACCEPTED = 201


@dataclass(frozen=True)
class Notification:
    delivery: str
    tag: str
    due_at: str
    kind: str = ""
    address: str = ""  # where a tap leads
    words: tuple[str, str] = ("", "")


@dataclass
class Phone:
    """`screen` is what a person sees: a notification takes the place of one with the same tag."""

    person: int
    service: PushService
    endpoint: str
    channel: str
    private: ec.EllipticCurvePrivateKey
    id: str = field(default_factory=lambda: str(uuid.uuid4()))
    secret: bytes = field(default_factory=lambda: os.urandom(16))
    screen: dict[str, Notification] = field(default_factory=dict)

    @classmethod
    def make(cls, person: int, service: PushService, server_key: bytes) -> "Phone":
        channel = str(uuid.uuid4())
        subscription = service.mailbox.subscribe(channel, channel, server_key)
        endpoint = f"{service.origin}/push/{subscription.token}"
        return cls(person, service, endpoint, channel, ec.generate_private_key(ec.SECP256R1()))

    @property
    def keys(self) -> dict[str, str]:
        point = self.private.public_key().public_bytes(
            Encoding.X962, PublicFormat.UncompressedPoint
        )
        return {"p256dh": vapid.encode(point), "auth": vapid.encode(self.secret)}

    def read(self, body: bytes) -> Notification:
        """Decrypt what arrived, as a browser does before its worker sees it."""
        plain = http_ece.decrypt(
            body, private_key=self.private, auth_secret=self.secret, version="aes128gcm"
        )
        said: dict[str, Any] = json.loads(plain)["notification"]
        data = said["data"]
        return Notification(
            data["delivery"],
            said["tag"],
            data["due_at"],
            kind=data.get("kind", ""),
            address=said.get("navigate", ""),
            words=(said.get("title", ""), said.get("body", "")),
        )

    def show(self, notification: Notification) -> None:
        self.screen[notification.tag] = notification

    def mailbox(self) -> list[str]:
        """The deliveries that its push service would still hand out: one for each Topic."""
        waiting = [one for one in self.service.mailbox.waiting if one.channel == self.channel]
        return [self.read(one.body).delivery for one in waiting]


@dataclass(frozen=True)
class Arrival:
    phone: Phone
    notification: Notification
    topic: str
    at: float


def arrivals(phones: Iterable[Phone], posts: Iterable[Post]) -> list[Arrival]:
    """What the push services accepted, in order, shown on the phones as it came."""
    by_token = {phone.endpoint.rpartition("/")[2]: phone for phone in phones}
    found = []
    for post in sorted(posts, key=lambda post: post.at):
        if post.status == ACCEPTED:
            phone = by_token[post.token]
            notification = phone.read(post.body)
            phone.show(notification)
            found.append(Arrival(phone, notification, post.headers.get("topic", ""), post.at))
    return found
