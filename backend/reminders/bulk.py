"""A batch in one statement, which carries its rows as one JSON document.

The ORM would build a model instance for every row and an UPDATE for every distinct value; a tick
with thousands due spends most of its time there (docs/scale.md has the figures). The same SQL runs
on both databases but for how rows are read out of the document.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, models

from backend.reminders.models import Attempt, Delivery, Reminder

# What stands in a document, with PostgreSQL's name for its type.
TYPES = {
    "id": "uuid", "owner_id": "uuid", "reminder_id": "uuid", "kind": "text",
    "due_at": "timestamptz", "dedupe_key": "text", "turn": "int", "capped": "bool",
    "next_due_at": "timestamptz", "delivery_id": "uuid", "subscription_id": "uuid",
    "outcome": "text", "status": "int", "detail": "text", "ignored": "int",
}  # fmt: skip
DELIVERY = ("id", "owner_id", "reminder_id", "kind", "due_at", "dedupe_key", "turn", "capped")
ATTEMPT = ("id", "delivery_id", "subscription_id", "outcome", "status", "detail")

Row = Mapping[str, Any]


def insert_deliveries(rows: Sequence[Row], *, alike: Delivery) -> list[UUID]:
    """Insert deliveries, but for those that were planned before; answers the ids of the new ones.

    `rows` have the columns DELIVERY. What all have in common is taken from `alike`.
    """
    found = _insert(rows, DELIVERY, alike=alike, then="DO NOTHING RETURNING id")
    return [pk if isinstance(pk, UUID) else UUID(pk) for (pk,) in found]


def save_attempts(rows: Sequence[Row], *, at: datetime) -> None:
    """Keep what each device's push service said last; `rows` have the columns ATTEMPT."""
    latest = ", ".join(
        f"{name} = excluded.{name}" for name in ("outcome", "status", "detail", "at")
    )
    then = f"(delivery_id, subscription_id) DO UPDATE SET {latest} RETURNING id"
    _insert(rows, ATTEMPT, alike=Attempt(at=at), then=then)


def move_reminders(rows: Sequence[Row]) -> None:
    """Give each reminder its `next_due_at`, and its slot the next number."""
    _update(Reminder, rows, "next_due_at", also="turn = turn + 1")


def count_ignored(rows: Sequence[Row], *, at: datetime) -> None:
    """Give each reminder its `ignored`, and the time of its last message."""
    _update(Reminder, rows, "ignored", also="last_sent_at = %s", values=[_as_stored(at)])


def _insert(
    rows: Sequence[Row], names: Sequence[str], *, alike: models.Model, then: str
) -> list[tuple[Any, ...]]:
    if not rows:
        return []
    common = {
        str(field.column): field.get_db_prep_save(getattr(alike, field.attname), connection)
        for field in alike._meta.concrete_fields
        if field.column not in names
    }
    columns = ", ".join([*names, *common])
    values = ", ".join([*map(_read, names), *["%s"] * len(common)])
    statement = (
        f"INSERT INTO {alike._meta.db_table} ({columns}) SELECT {values}"  # noqa: S608
        f" FROM {_source(names)} WHERE true ON CONFLICT {then}"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [*common.values(), _document(rows)])
        return list(cursor.fetchall())


def _update(
    model: type[models.Model],
    rows: Sequence[Row],
    name: str,
    *,
    also: str,
    values: Sequence[Any] = (),
) -> None:
    if not rows:
        return
    table = model._meta.db_table
    statement = (
        f"UPDATE {table} SET {name} = {_read(name)}, {also}"  # noqa: S608
        f" FROM {_source(['id', name])} WHERE {table}.id = {_read('id')}"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [*values, _document(rows)])


def _read(name: str) -> str:
    return f"rows.{name}" if connection.vendor == "postgresql" else f"rows.value ->> '$.{name}'"


def _source(names: Sequence[str]) -> str:
    if connection.vendor != "postgresql":
        return "json_each(%s) AS rows"
    types = ", ".join(f"{name} {TYPES[name]}" for name in names)
    return f"jsonb_to_recordset(%s) AS rows({types})"


def _document(rows: Sequence[Row]) -> str:
    return json.dumps(rows, default=_as_stored)


def _as_stored(value: object) -> str:
    """Ids and moments as this database writes them into a column."""
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, datetime):
        return str(connection.ops.adapt_datetimefield_value(value))
    raise TypeError(f"{type(value).__name__} has no place in a row")
