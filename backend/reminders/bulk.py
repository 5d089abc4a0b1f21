"""A batch in one statement.

The ORM would build a model instance for every row and an UPDATE for every distinct value; a tick
with thousands due spends most of its time there (docs/scale.md has the figures). PostgreSQL gets
the rows as one JSON document, so that they travel once. SQLite, which is in this very process, gets
them one by one with a statement that it has compiled once.
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
    _insert(rows, DELIVERY, alike=alike, then="DO NOTHING")
    ids = [row["id"] for row in rows]
    return list(Delivery.objects.filter(pk__among=ids).values_list("pk", flat=True))


def save_attempts(rows: Sequence[Row], *, at: datetime) -> None:
    """Keep what each device's push service said last; `rows` have the columns ATTEMPT."""
    latest = ", ".join(
        f"{name} = excluded.{name}" for name in ("outcome", "status", "detail", "at")
    )
    then = f"(delivery_id, subscription_id) DO UPDATE SET {latest}"
    _insert(rows, ATTEMPT, alike=Attempt(at=at), then=then)


def move_reminders(rows: Sequence[Row]) -> None:
    """Give each reminder its `next_due_at`, and its slot the next number."""
    _update(Reminder, rows, "next_due_at", also="turn = turn + 1")


def count_ignored(rows: Sequence[Row], *, at: datetime) -> None:
    """Give each reminder its `ignored`, and the time of its last message."""
    _update(Reminder, rows, "ignored", also="last_sent_at = %s", values=[_as_stored(at)])


def _insert(rows: Sequence[Row], names: Sequence[str], *, alike: models.Model, then: str) -> None:
    if not rows:
        return
    common = {
        str(field.column): field.get_db_prep_save(getattr(alike, field.attname), connection)
        for field in alike._meta.concrete_fields
        if field.column not in names
    }
    head = f"INSERT INTO {alike._meta.db_table} ({', '.join([*names, *common])})"
    marks = ["%s"] * len(common)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            values = ", ".join([*(f"rows.{name}" for name in names), *marks])
            source = f"SELECT {values} FROM {_document_as_rows(names)}"  # noqa: S608
            given = [*common.values(), _document(rows)]
            cursor.execute(f"{head} {source} ON CONFLICT {then}", given)
        else:
            values = ", ".join(["%s"] * len(names) + marks)
            each = [[*_values(row, names), *common.values()] for row in rows]
            cursor.executemany(f"{head} VALUES ({values}) ON CONFLICT {then}", each)


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
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                f"UPDATE {table} SET {name} = rows.{name}, {also}"  # noqa: S608
                f" FROM {_document_as_rows(['id', name])} WHERE {table}.id = rows.id",
                [*values, _document(rows)],
            )
        else:
            statement = f"UPDATE {table} SET {also}, {name} = %s WHERE id = %s"  # noqa: S608
            cursor.executemany(statement, [[*values, *_values(row, [name, "id"])] for row in rows])


def _document_as_rows(names: Sequence[str]) -> str:
    types = ", ".join(f"{name} {TYPES[name]}" for name in names)
    return f"jsonb_to_recordset(%s) AS rows({types})"


def _document(rows: Sequence[Row]) -> str:
    return json.dumps(rows, default=_as_stored)


def _values(row: Row, names: Sequence[str]) -> list[Any]:
    found = (row[name] for name in names)
    return [_as_stored(one) if isinstance(one, UUID | datetime) else one for one in found]


def _as_stored(value: object) -> str:
    """Ids and moments as this database writes them into a column."""
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, datetime):
        return str(connection.ops.adapt_datetimefield_value(value))
    raise TypeError(f"{type(value).__name__} has no place in a row")
