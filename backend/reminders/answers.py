"""What a person makes of a message: sees it, opens it, swipes it away, answers it."""

from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.db import transaction

from backend.accounts.services import person_lock
from backend.core.errors import Conflict, Invalid, NotFound
from backend.push.services import device_heard
from backend.reminders import holds, registry
from backend.reminders.models import Delivery, HoldReason, Reminder
from backend.reminders.registry import Answered
from backend.reminders.services import schedule_once
from backend.reminders.tokens import Ticket

SNOOZES = {registry.SNOOZE_15: timedelta(minutes=15), registry.SNOOZE_60: timedelta(hours=1)}


class Event(StrEnum):
    SHOWN = "shown"
    OPENED = "opened"
    DISMISSED = "dismissed"


@transaction.atomic
def answer_save(
    *, delivery_id: UUID, owner_id: UUID, answer: str, at: datetime | None = None, now: datetime
) -> Delivery:
    """Store the answer and do what hangs on it, once: a replay changes nothing.

    `at`: when it was tapped, for one that was kept on the phone for a while.
    Raises NotFound for another person's delivery, Invalid for an answer that its kind does not
    know, Conflict (`answered_otherwise`) where it was answered differently.
    """
    delivery = _mine(delivery_id, owner_id)
    if answer not in delivery.what.answers:
        problem = f"Choose one of: {', '.join(delivery.what.answers) or 'nothing'}."
        raise Invalid(problem, fields={"answer": [problem]})
    if delivery.answer == answer:
        return delivery
    if delivery.answer:
        raise Conflict("It was answered differently before.", code="answered_otherwise")
    delivery.answer = answer
    delivery.answered_at = min(max(at or now, delivery.due_at), now)
    delivery.save(update_fields=["answer", "answered_at"])
    _reacted_to(delivery)
    _carry_out(delivery, at=delivery.answered_at, now=now)
    return delivery


@transaction.atomic
def event_save(*, ticket: Ticket, event: Event, now: datetime) -> None:
    """A phone's receipt. The first of each sort counts; every one is a sign of life.

    Raises NotFound where the delivery is gone, or was never this person's.
    """
    delivery = _mine(ticket.delivery_id, ticket.owner_id)
    _note(delivery, event, now=now)
    device_heard(id=ticket.device_id, owner_id=ticket.owner_id, now=now)


@transaction.atomic
def opened(*, delivery_id: UUID, owner_id: UUID, now: datetime) -> None:
    """The app was opened from it. Raises NotFound for another person's delivery."""
    _note(_mine(delivery_id, owner_id), Event.OPENED, now=now)


def _mine(delivery_id: UUID, owner_id: UUID) -> Delivery:
    """Locked. The person first, as everywhere: what hangs on an answer locks them, too."""
    person_lock(person_id=owner_id)
    rows = Delivery.objects.select_for_update(of=("self",)).select_related("owner", "reminder")
    delivery = rows.filter(pk=delivery_id, owner_id=owner_id).first()
    if delivery is None:
        raise NotFound
    return delivery


def _note(delivery: Delivery, event: Event, *, now: datetime) -> None:
    name = f"{event.value}_at"
    if getattr(delivery, name) is None:
        setattr(delivery, name, now)
        delivery.save(update_fields=[name])
    if event is Event.OPENED:
        _reacted_to(delivery)


def _reacted_to(delivery: Delivery) -> None:
    if delivery.reminder_id:
        Reminder.objects.filter(pk=delivery.reminder_id, ignored__gt=0).update(ignored=0)


def _carry_out(delivery: Delivery, *, at: datetime, now: datetime) -> None:
    if delivery.answer in SNOOZES:
        _snooze(delivery, until=at + SNOOZES[delivery.answer], now=now)
    elif delivery.answer == registry.SKIP_TODAY:
        midnight = holds.midnight_after(at, delivery.owner.tz, days=1)
        _hold(delivery, HoldReason.SKIP_TODAY, until=midnight, now=now)
    delivery.what.on_answer(
        Answered(
            person=delivery.owner,
            subject_id=delivery.subject_id,
            due_at=delivery.due_at,
            answer=delivery.answer,
            at=at,
        )
    )


def _snooze(delivery: Delivery, *, until: datetime, now: datetime) -> None:
    """Once more at `until`. Prompts that come every so often keep quiet for an hour instead."""
    reminder = delivery.reminder
    if reminder and reminder.rule.interval and delivery.answer == registry.SNOOZE_60:
        _hold(delivery, HoldReason.NOT_NOW, until=until, now=now)
    elif now <= until + delivery.what.ttl:
        schedule_once(
            kind=delivery.kind,
            person=delivery.owner,
            dedupe_key=f"snooze:{delivery.pk}",
            due_at=until,
            subject_id=delivery.subject_id,
            reminder=reminder,
            on_request=True,
        )


def _hold(delivery: Delivery, reason: HoldReason, *, until: datetime, now: datetime) -> None:
    if now < until:
        holds.hold(person=delivery.owner, kinds=[delivery.kind], reason=reason, until=until)
