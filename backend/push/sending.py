"""Encrypt and send one message to one device. The only import of pywebpush."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.conf import settings
from pywebpush import WebPusher

from backend.push import endpoints, vapid
from backend.push.models import PushSubscription
from backend.push.results import Outcome, Result
from backend.push.transport import Transport

PLAINTEXT_BYTES = 3993  # RFC 8291 with one record of 4096


class Urgency(StrEnum):
    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"


@dataclass(frozen=True, kw_only=True)
class Message:
    """`payload` is what the phone gets; `topic` makes a repeat replace what is still waiting."""

    payload: bytes
    ttl: timedelta
    urgency: Urgency
    topic: str


async def send(
    device: PushSubscription, message: Message, *, transport: Transport, now: datetime
) -> Result:
    """Send `message`. Never raises: whatever one device does, the next one is still served."""
    reason = endpoints.refusal(device.endpoint, trusted_origins=trusted_origins())
    if reason:
        return Result(outcome=Outcome.REFUSED, detail=reason)
    if len(message.payload) > PLAINTEXT_BYTES:
        return Result(outcome=Outcome.REFUSED, detail="the message is too long")
    try:
        body = _encrypt(device, message.payload)
    except Exception as error:  # noqa: BLE001 - a broken key raises whatever its parser likes
        detail = f"can't encrypt: {type(error).__name__}"
        return Result(outcome=Outcome.REFUSED, detail=detail)
    origin = endpoints.origin_of(device.endpoint)
    headers = {
        "Authorization": vapid.authorization(origin, now=now),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(
            max(1, int(message.ttl.total_seconds()))
        ),  # 0 is dropped at once; WNS refuses it
        "Urgency": message.urgency.value,
        "Topic": message.topic,
    }
    return await transport.post(device.endpoint, body=body, headers=headers)


def _encrypt(device: PushSubscription, payload: bytes) -> bytes:
    keys = {"p256dh": device.p256dh, "auth": device.auth}
    pusher = WebPusher({"endpoint": device.endpoint, "keys": keys})
    encoded = pusher.encode(payload, content_encoding="aes128gcm")
    if encoded is None:
        raise ValueError("nothing to encrypt")
    return bytes(encoded["body"])


def trusted_origins() -> Collection[str]:
    origins: list[str] = settings.PUSH_ORIGINS
    return origins
