"""Encrypt and send a batch of messages. The only import of pywebpush."""

import logging
import time
from base64 import urlsafe_b64decode
from collections import deque
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from django.conf import settings
from pywebpush import WebPusher

from backend.push import endpoints, results, transport, vapid
from backend.push.hosts import Hosts
from backend.push.models import PushSubscription
from backend.push.results import Result
from backend.push.transport import Post, Transport

log = logging.getLogger(__name__)

PLAINTEXT_BYTES = 3993  # RFC 8291 with one record of 4096
PADDING = "=="  # browsers leave it out; more than is needed does no harm
BATCH_SECONDS = 30  # then nothing more is started: who claimed the batch has it for a minute only


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


@dataclass(frozen=True, kw_only=True)
class Parcel:
    device: PushSubscription
    message: Message


@dataclass
class Lane:
    """What goes to one push service: its limits and its trouble are its own."""

    origin: str
    trusted: bool
    headers: list[str]
    waiting: deque[int] = field(default_factory=deque)


def send_all(
    parcels: Sequence[Parcel], *, now: datetime, seconds: float = transport.TOTAL_SECONDS
) -> list[Result]:
    """One result a parcel, in their order. Never raises: whatever one device does, the next one is
    still served. `seconds` is the most that one of them may take.
    """
    batch = _Batch(parcels, now=now)
    try:
        batch.prepare()
        with transport.borrowed(trusted_origins=trusted_origins(), seconds=seconds) as network:
            batch.run(network)
    except Exception:
        log.exception("a batch of %s messages was cut short", len(parcels))
    lost = results.retry("the batch was cut short")
    return [result or lost for result in batch.results]


def trusted_origins() -> Collection[str]:
    origins: list[str] = settings.PUSH_ORIGINS
    return origins


class _Batch:
    def __init__(self, parcels: Sequence[Parcel], *, now: datetime) -> None:
        self.parcels = parcels
        self.results: list[Result | None] = [None] * len(parcels)
        self._began = (now, time.monotonic())
        self._late = now + timedelta(seconds=BATCH_SECONDS)
        self._lanes: dict[str, Lane] = {}

    def prepare(self) -> None:
        """Refuse what can't be sent, and sort the rest by push service."""
        trusted = trusted_origins()
        for number, parcel in enumerate(self.parcels):
            endpoint = parcel.device.endpoint
            reason = endpoints.refusal(endpoint, trusted_origins=trusted)
            if not reason and len(parcel.message.payload) > PLAINTEXT_BYTES:
                reason = "the message is too long"
            if reason:
                self.results[number] = results.refused(reason)
            else:
                self._lane(endpoints.origin_of(endpoint), trusted).waiting.append(number)
        self._hosts = Hosts(self._lanes)

    def _lane(self, origin: str, trusted: Collection[str]) -> Lane:
        if origin not in self._lanes:
            headers = [
                f"Authorization: {vapid.authorization(origin, now=self._began[0])}",
                "Content-Encoding: aes128gcm",
                "Content-Type: application/octet-stream",
            ]
            self._lanes[origin] = Lane(origin, trusted=origin in trusted, headers=headers)
        return self._lanes[origin]

    def run(self, network: Transport) -> None:
        """Encryption and network take turns, so neither waits while the other has work."""
        lanes = list(self._lanes.values())
        while lanes or network.in_flight:
            started = sum(self._start_some(lane, network) for lane in lanes)
            lanes = [lane for lane in lanes if lane.waiting]
            ended = network.turn(wait=not started)
            now = self._now()
            for post, result in ended:
                self.results[post.number] = result
                owner = self.parcels[post.number].device.owner_id
                self._hosts.note(post.origin, result, owner=owner, now=now)
        self._hosts.save()

    def _start_some(self, lane: Lane, network: Transport) -> int:
        now = self._now()
        if (rest := self._hosts.rest(lane.origin, now=now)) is not None:
            self._put_off(lane, results.retry("this push service rests", retry_after=rest))
        elif now > self._late:
            self._put_off(lane, results.retry("this batch takes too long"))
        started, room = 0, network.room(lane.origin)
        while lane.waiting and started < room:
            number = lane.waiting.popleft()
            try:
                network.start(self._post(number, lane))
            except Exception as error:  # noqa: BLE001 - a broken key raises what its parser likes
                reason = f"can't be sent: {type(error).__name__}"
                self.results[number] = results.refused(reason)
            else:
                started += 1
        return started

    def _put_off(self, lane: Lane, result: Result) -> None:
        while lane.waiting:
            self.results[lane.waiting.popleft()] = result

    def _post(self, number: int, lane: Lane) -> Post:
        device, message = self.parcels[number].device, self.parcels[number].message
        # A TTL of 0 is dropped at once where the phone is away, and Microsoft refuses it.
        ttl = max(1, int(message.ttl.total_seconds()))
        described = [f"TTL: {ttl}", f"Urgency: {message.urgency}", f"Topic: {message.topic}"]
        return Post(
            number=number,
            origin=lane.origin,
            url=device.endpoint,
            headers=lane.headers + described,
            body=_encrypt(device, message.payload),
            trusted=lane.trusted,
        )

    def _now(self) -> datetime:
        now, began = self._began
        return now + timedelta(seconds=time.monotonic() - began)


class _Pusher(WebPusher):  # type: ignore[misc]  # the library has no types
    """Its encryption alone. What it prepares for sending by itself takes a tenth of our time."""

    def __init__(self, device: PushSubscription) -> None:
        self.verbose = False
        self.receiver_key = urlsafe_b64decode(device.p256dh + PADDING)
        self.auth_key = urlsafe_b64decode(device.auth + PADDING)


def _encrypt(device: PushSubscription, payload: bytes) -> bytes:
    return bytes(_Pusher(device).encode(payload)["body"])
