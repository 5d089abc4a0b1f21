"""What stands in the database, read from outside with plain SQL, on PostgreSQL and SQLite."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import psycopg

from tests.chaos.plan import ONE_OFF

DELIVERIES = """
    SELECT id, reminder_id, dedupe_key, kind, state, reason, lease, retries
    FROM reminders_delivery
"""
NEXT = "SELECT id, next_due_at FROM reminders_reminder"
LAST_TICK = "SELECT beat_at FROM core_pulse WHERE name = 'tick'"
DEVICES = "SELECT id, state FROM push_pushsubscription WHERE state <> 'active'"


@dataclass(frozen=True)
class Row:
    id: str
    due: str  # the id of the due it was made for; "" where the web made it
    kind: str
    state: str
    reason: str
    lease: int
    retries: int


class Ledger:
    def __init__(self, url: str) -> None:
        self._url = url

    def deliveries(self) -> list[Row]:
        return [_row(*values) for values in self._all(DELIVERIES)]

    def overdue(self, now: datetime) -> list[str]:
        """Reminders that nobody moved on, or that nobody will ever look at again."""
        rows = [(str(UUID(str(key))), _moment(value)) for key, value in self._all(NEXT)]
        return [key for key, moment in rows if moment is None or moment <= now]

    def last_tick(self) -> datetime | None:
        return next((_moment(value) for (value,) in self._all(LAST_TICK)), None)

    def devices_given_up(self) -> list[str]:
        return [f"{key} {state}" for key, state in self._all(DEVICES)]

    def _all(self, query: str) -> list[tuple[Any, ...]]:
        if self._url.startswith("sqlite:///"):
            with closing(sqlite3.connect(self._url.removeprefix("sqlite:///"))) as database:
                return database.execute(query).fetchall()
        with psycopg.connect(self._url, connect_timeout=5) as connection:
            return list(connection.execute(query).fetchall())


def _row(
    key: object, reminder: object, dedupe: str, kind: str, state: str, reason: str, *counts: int
) -> Row:
    due = str(UUID(str(reminder))) if reminder else ""
    if dedupe.startswith(ONE_OFF):
        due = dedupe.removeprefix(ONE_OFF)
    return Row(str(UUID(str(key))), due, kind, state, reason, *counts)


def _moment(value: datetime | str | None) -> datetime | None:
    """SQLite has its moments as text, in UTC without saying so."""
    if isinstance(value, str):
        return datetime.fromisoformat(value).replace(tzinfo=UTC)
    return value
