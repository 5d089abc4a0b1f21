"""Backstep's own code as a measured process: what each part of the benchmarks calls."""

import json
import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from django.core.management import call_command
from django.db import transaction
from django.db.models import Count, Max
from django.utils import timezone
from pywebpush import WebPusher

from backend.accounts.models import Person
from backend.push.models import PushSubscription
from backend.push.results import Outcome
from backend.push.sending import Message, Parcel, Urgency, send_all
from backend.reminders import claims, rules
from backend.reminders import sending as reminder_sending
from backend.reminders.models import Delivery, Reminder
from backend.reminders.payload import message_bytes
from script.lib.bench import dataset, evenings, protocol
from worker.tasks.reminders import SEND_BATCH

Thing = TypeVar("Thing")


# --- databases -----------------------------------------------------------------------------------
def migrate() -> None:
    call_command("migrate", verbosity=0, interactive=False)


def fill(rows: int) -> None:
    dataset.fill(rows=rows, now=timezone.now())


def add_due(count: int, origin: str, at: float | None = None) -> None:
    """People who are due at `at` (seconds since 1970), or have been since the last full minute."""
    now = timezone.now()
    due_at = datetime.fromtimestamp(at, now.tzinfo) if at else now.replace(second=0, microsecond=0)
    dataset.add_due(count=count, due_at=due_at, origin=origin, now=now)


def clear() -> None:
    """Nothing is due and nothing was delivered, as after `fill`."""
    soon = timezone.now() + timedelta(minutes=5)
    Delivery.objects.all().delete()
    Reminder.objects.filter(next_due_at__lt=soon).delete()
    dataset.analyse()


# --- sending -------------------------------------------------------------------------------------
prepared: list[Parcel] = []
pushers: list[WebPusher] = []


def write_devices(count: int, origin: str, devices: str, content: str) -> None:
    """Files that every sender reads: devices, and a payload as a reminder to walk has it."""
    chance = random.Random(3)  # noqa: S311 - not a secret
    names = ("endpoint", "p256dh", "auth")
    made = [dict(zip(names, dataset.device(chance, origin), strict=True)) for _ in range(count)]
    Path(devices).write_text(json.dumps(made), encoding="utf-8")
    delivery = Delivery(owner=Person(), kind="walk", due_at=timezone.now(), dedupe_key="walk")
    phone = PushSubscription(origin="https://back.example.org")
    Path(content).write_bytes(message_bytes(delivery, phone))


def prepare(devices: str, content: str) -> None:
    """Parcels for the devices of a file, each with the payload of another one."""
    payload, now = Path(content).read_bytes(), timezone.now()
    for number, device in enumerate(json.loads(Path(devices).read_text(encoding="utf-8"))):
        topic = f"{number:032x}"
        message = Message(
            payload=payload, ttl=timedelta(hours=1), urgency=Urgency.NORMAL, topic=topic
        )
        subscription = PushSubscription(**device, last_seen_at=now, origin="https://example.org")
        prepared.append(Parcel(device=subscription, message=message))
        keys = {"p256dh": device["p256dh"], "auth": device["auth"]}
        pushers.append(WebPusher({"endpoint": device["endpoint"], "keys": keys}))


def send(count: int, batch: int = SEND_BATCH) -> dict[str, int]:
    outcomes: Counter[str] = Counter()
    for parcels in _batches(prepared, count, batch):
        outcomes.update(result.outcome for result in send_all(parcels, now=timezone.now()))
    return dict(outcomes)


def encrypt(count: int) -> dict[str, int]:
    """`WebPusher.encode` and nothing else; even the keys are decoded already."""
    payload = prepared[0].message.payload
    for (pusher,) in _batches(pushers, count, 1):
        pusher.encode(payload, content_encoding="aes128gcm")
    return {Outcome.SENT: count}


def _batches(things: Sequence[Thing], count: int, size: int) -> Iterator[list[Thing]]:
    """`count` of `things`, which start again after the last."""
    for start in range(0, count, size):
        wanted = range(start, min(start + size, count))
        yield [things[number % len(things)] for number in wanted]


# --- claiming ------------------------------------------------------------------------------------
def ticks(count: int) -> list[float]:
    """Seconds that the claiming of one tick takes while nothing is due."""
    took = []
    for _ in range(count):
        begun = time.perf_counter()
        found = [*claims.claim_deliveries(now=timezone.now())]
        found += claims.claim_reminders(now=timezone.now())
        took.append(time.perf_counter() - begun)
        if found:
            raise RuntimeError(f"{len(found)} reminders were due")
    return took


def claim(count: int) -> int:
    return sum(len(batch) for batch in _claimed(count))


def _claimed(count: int) -> Iterator[list[claims.Claim]]:
    while count > 0:
        batch = claims.claim_reminders(now=timezone.now(), limit=min(claims.BATCH, count))
        if not batch:
            return
        count -= len(batch)
        yield batch


def save_per_row(count: int, at_once: int) -> int:
    """The plain way: take what is due, `at_once` rows in a transaction, and save row by row."""
    taken = 0
    while taken < count:
        taken += (now_taken := _saved(min(at_once, count - taken), timezone.now()))
        if not now_taken:
            break
    return taken


@transaction.atomic
def _saved(limit: int, now: datetime) -> int:
    due = (
        Reminder.objects.select_for_update(skip_locked=True, of=("self",))
        .filter(next_due_at__lte=now)
        .select_related("owner")
        .order_by("next_due_at")[:limit]
    )
    reminders = list(due)
    for reminder in reminders:
        rule, tz = reminder.rule, ZoneInfo(reminder.owner.time_zone)
        due_at = rules.latest_due(rule, tz, now) or now
        Delivery.objects.create(
            owner_id=reminder.owner_id,
            reminder=reminder,
            kind=reminder.kind,
            due_at=due_at,
            dedupe_key=f"reminder:{reminder.pk}:{due_at:%Y%m%dT%H%M%S}",
            next_try_at=claims.lease_end(now),
            lease=1,
        )
        reminder.next_due_at = rules.next_due(rule, tz, now)
        reminder.save(update_fields=["next_due_at"])
    return len(reminders)


# --- the whole way -------------------------------------------------------------------------------
def pipeline(count: int) -> None:
    """Due rows, claimed, decided on, encrypted, sent and recorded, in this one process."""
    for batch in _claimed(count):
        for start in range(0, len(batch), SEND_BATCH):
            reminder_sending.send_claims(batch[start : start + SEND_BATCH], clock=timezone.now)


def standing() -> dict[str, int]:
    """How many deliveries are in which state, and why."""
    counted = Delivery.objects.values_list("state", "reason").annotate(Count("id"))
    return {f"{state} {reason}".strip(): number for state, reason, number in counted}


def last_ended() -> float | None:
    """When the last delivery ended, in seconds since 1970."""
    last: datetime | None = Delivery.objects.aggregate(last=Max("ended_at"))["last"]
    return last.timestamp() if last else None


TASKS: dict[str, protocol.Task] = {
    task.__name__: task
    for task in (
        migrate, fill, add_due, clear, write_devices, prepare, send, encrypt, ticks, claim,
        save_per_row, pipeline, standing, last_ended, *evenings.TASKS,
    )
}  # fmt: skip
