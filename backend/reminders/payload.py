"""What a phone gets: a Declarative Web Push message, which Safari shows even without our worker."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from backend.core import texts
from backend.push.models import PushSubscription
from backend.push.sending import PLAINTEXT_BYTES
from backend.reminders import tokens
from backend.reminders.models import Delivery
from backend.reminders.registry import NO_FACTS, OPEN, SNOOZE_60
from backend.reminders.tokens import Ticket

DECLARATIVE = 8030  # the magic number of a Declarative Web Push message
TOPIC_LENGTH = 32  # Apple refuses some other lengths
ELLIPSIS = "…"
JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def tag_of(delivery: Delivery) -> str:
    """Names the delivery on the screen and at the push service, so that a repeat replaces it."""
    return hashlib.sha256(delivery.dedupe_key.encode()).hexdigest()[:TOPIC_LENGTH]


def message_bytes(
    delivery: Delivery,
    device: PushSubscription,
    *,
    asks: bool = False,
    facts: Mapping[str, str] = NO_FACTS,
) -> bytes:
    """The message for one device, never longer than a push can carry.

    `asks`: worded as the question whether another time is better. `facts`: its kind's.
    """
    return _fit(_message(delivery, device, asks=asks, facts=facts))


def _message(
    delivery: Delivery, device: PushSubscription, *, asks: bool, facts: Mapping[str, str]
) -> dict[str, Any]:
    owner = delivery.owner
    title, body = _words(delivery, asks=asks, facts=facts)
    target = device.origin + _path(delivery, asks=asks)
    ticket = Ticket(delivery_id=delivery.pk, owner_id=owner.pk, device_id=device.pk)
    return {
        "web_push": DECLARATIVE,
        "notification": {
            "title": title,
            "body": body,
            "navigate": target,
            "tag": tag_of(delivery),
            "lang": owner.language,
            "data": {
                "delivery": str(delivery.pk),
                "kind": delivery.kind,
                "due_at": delivery.due_at.isoformat(),
                "token": tokens.make(ticket),
            },
            "actions": _actions(delivery, target, asks=asks),
        },
    }


def _words(delivery: Delivery, *, asks: bool, facts: Mapping[str, str]) -> tuple[str, str]:
    owner = delivery.owner
    if asks:
        title, body = (
            texts.text("question", key, language=owner.language) for key in ("title", "body")
        )
        return title, body
    return delivery.what.words(
        language=owner.language,
        details=owner.lock_screen_details,
        turn=delivery.turn,
        facts=facts,
    )


def _path(delivery: Delivery, *, asks: bool) -> str:
    if asks:
        return f"/you/reminders/{delivery.reminder_id}"
    kind = delivery.what
    if not kind.answers:
        return kind.path
    screen = kind.screen.format(delivery=delivery.pk, subject=delivery.subject_id)
    query = f"?kind={kind.name}"
    return screen + (query if str(delivery.pk) in screen else f"{query}&delivery={delivery.pk}")


def _actions(delivery: Delivery, target: str, *, asks: bool) -> list[dict[str, str]]:
    """At most two. `open` opens the screen; every other one is an answer, given without opening."""
    language, kind = delivery.owner.language, delivery.what

    def label(name: str) -> str:
        return texts.text("action", name, language=language)

    if asks:
        return [{"action": OPEN, "title": label("change"), "navigate": target}]
    details = delivery.owner.lock_screen_details
    wanted = kind.quick if details else (OPEN, SNOOZE_60)
    return [
        _action(name, label("later" if name == SNOOZE_60 and not details else name), target)
        for name in wanted
        if kind.answers and name in (OPEN, *kind.answers)
    ]


def _action(name: str, title: str, target: str) -> dict[str, str]:
    where = target if name == OPEN else f"{target}&answer={name}"
    return {"action": name, "title": title, "navigate": where}


def _fit(message: dict[str, Any]) -> bytes:
    """Cut the body where the whole would not fit; then the details, never the way to answer."""
    encoded = _encode(message)
    notification = message["notification"]
    while len(encoded) > PLAINTEXT_BYTES and notification["body"]:
        surplus = len(encoded) - PLAINTEXT_BYTES
        kept = len(notification["body"]) - max(1, surplus // 4) - len(ELLIPSIS)
        notification["body"] = notification["body"][: max(0, kept)].rstrip() + ELLIPSIS * (kept > 0)
        encoded = _encode(message)
    return encoded


def _encode(message: dict[str, Any]) -> bytes:
    return JSON.encode(message).encode()
