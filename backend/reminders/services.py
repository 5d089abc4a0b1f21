"""What people and other apps do with reminders. Claiming and sending have modules of their own."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import QuerySet

from backend.accounts.models import Person
from backend.accounts.services import require_consent
from backend.core.errors import Conflict, Invalid, NotFound
from backend.push.services import active_devices
from backend.reminders import registry, rules
from backend.reminders.models import Delivery, DeliveryState, Reminder

REMINDERS_PER_PERSON = 50
KEEP_DELIVERIES = timedelta(days=90)


def reminder_save(
    *,
    id: UUID,  # noqa: A002 - the client's key for this row, named as in the API
    owner: Person,
    kind: str,
    schedule: Mapping[str, Any],
    enabled: bool,
    now: datetime,
) -> tuple[Reminder, bool]:
    """Create or change the reminder `id`; answers it and whether it is new. A resting one wakes.

    Raises Invalid for an unknown kind or an impossible schedule, NotFound for another person's id,
    Conflict where `id` stands for a reminder of another kind, Forbidden without consent.
    """
    require_consent(owner)
    rule = _checked(kind, schedule)
    with transaction.atomic():
        known = Reminder.objects.select_for_update().filter(pk=id).first()
        if known and known.owner_id != owner.pk:
            raise NotFound
        if known and known.kind != kind:
            raise Conflict("This id belongs to a reminder of another kind.")
        if known is None:
            _check_room(owner)
        values = {
            "schedule": rule.as_dict(),
            "enabled": enabled,
            "next_due_at": rules.next_due(rule, owner.tz, now) if enabled else None,
            "ignored": 0,
        }
        return Reminder.objects.update_or_create(
            pk=id, owner=owner, defaults=values, create_defaults=values | {"kind": kind}
        )


def reminder_delete(*, id: UUID, owner: Person) -> None:  # noqa: A002
    """Delete it and what it still had to send. Raises NotFound where `owner` has no such one."""
    with transaction.atomic():
        Delivery.objects.filter(reminder_id=id, owner=owner, state=DeliveryState.PENDING).delete()
        deleted, _ = Reminder.objects.filter(pk=id, owner=owner).delete()
        if not deleted:
            raise NotFound


def replan(*, person: Person, now: datetime) -> None:
    """Move every reminder of `person` to their present zone. Runs in the caller's transaction."""
    mine = Reminder.objects.select_for_update().filter(owner=person, enabled=True)
    moved = []
    for reminder in mine:
        reminder.next_due_at = rules.next_due(reminder.rule, person.tz, now)
        moved.append(reminder)
    Reminder.objects.bulk_update(moved, ["next_due_at"])


def schedule_once(
    *,
    kind: str,
    person: Person,
    dedupe_key: str,
    due_at: datetime,
    subject_id: UUID | None = None,
    reminder: Reminder | None = None,
    on_request: bool = False,
) -> Delivery:
    """Plan one message outside any schedule; the same `dedupe_key` of a person plans it once.

    `reminder`: whose slot it puts off. `on_request`: the person asked for this very one, so it does
    not count as the app's idea. Raises KeyError for an unknown kind.
    """
    what = registry.get(kind)
    delivery, _ = Delivery.objects.get_or_create(
        owner=person,
        dedupe_key=dedupe_key,
        defaults={
            "kind": what.name,
            "due_at": due_at,
            "next_try_at": due_at,
            "subject_id": subject_id,
            "reminder": reminder,
            "turn": reminder.turn if reminder else 0,
            "capped": what.suggested and not on_request,
        },
    )
    return delivery


def move_once(*, person: Person, dedupe_key: str, due_at: datetime) -> None:
    """Put what `schedule_once` planned at another time, where it has not been sent yet."""
    _waiting(person, [dedupe_key]).update(due_at=due_at, next_try_at=due_at, deferred_until=None)


def forget_once(*, person: Person, dedupe_keys: Collection[str]) -> None:
    """Take back what `schedule_once` planned, where it has not been sent yet."""
    _waiting(person, dedupe_keys).delete()


def _waiting(person: Person, dedupe_keys: Collection[str]) -> QuerySet[Delivery]:
    return Delivery.objects.filter(
        owner=person, dedupe_key__in=dedupe_keys, state=DeliveryState.PENDING
    )


def test_push(*, person: Person, device_id: UUID | None, now: datetime) -> Delivery:
    """Plan a test message to one device, or to all. Raises Conflict (`no_device`) without one."""
    devices = active_devices(person.pk)
    if device_id is not None:
        devices = [device for device in devices if device.pk == device_id]
    if not devices:
        raise Conflict("No device of yours gets reminders yet.", code="no_device")
    key = f"test:{uuid4()}"
    return schedule_once(
        kind="test", person=person, dedupe_key=key, due_at=now, subject_id=device_id
    )


def prune_deliveries(*, now: datetime) -> int:
    """Delete ended deliveries that are older than `KEEP_DELIVERIES`; answers the number of rows."""
    old = Delivery.objects.filter(ended_at__lt=now - KEEP_DELIVERIES)
    deleted, _ = old.delete()
    return deleted


def _checked(kind: str, schedule: Mapping[str, Any]) -> rules.Schedule:
    if kind not in registry.settable():
        problem = f"Choose one of: {', '.join(registry.settable())}."
        raise Invalid(problem, fields={"kind": [problem]})
    try:
        return rules.parse_schedule(schedule)
    except rules.ScheduleError as error:
        field = error.field if error.field == "schedule" else f"schedule.{error.field}"
        raise Invalid(str(error), fields={field: [str(error)]}) from None


def _check_room(owner: Person) -> None:
    if Reminder.objects.filter(owner=owner).count() >= REMINDERS_PER_PERSON:
        raise Conflict(f"You have {REMINDERS_PER_PERSON} reminders. Delete one first.")
