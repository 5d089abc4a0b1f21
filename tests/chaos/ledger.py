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
PULSES = "SELECT name, beat_at FROM core_pulse"
WAITING = "SELECT next_try_at FROM reminders_delivery WHERE state = 'pending'"
PROMPTS = "SELECT id, owner_id, evening FROM pain_eveningprompt"
QUESTIONS = """
    SELECT id, subject_id, owner_id, state, reason
    FROM reminders_delivery WHERE kind = 'unresolved_pain'
"""
PLANNED = "SELECT id, next_prompt_at FROM pain_episode WHERE next_prompt_at IS NOT NULL"
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


@dataclass(frozen=True)
class Question:
    """An evening question, or a delivery that carries one."""

    id: str
    owner: str
    evening: str
    state: str = ""
    reason: str = ""


class Ledger:
    def __init__(self, url: str) -> None:
        self._url = url

    def deliveries(self) -> list[Row]:
        return [_row(*values) for values in self._all(DELIVERIES)]

    def overdue(self, now: datetime) -> list[str]:
        """Reminders that nobody moved on, or that nobody will ever look at again."""
        rows = [(_id(key), _moment(value)) for key, value in self._all(NEXT)]
        return [key for key, moment in rows if moment is None or moment <= now]

    def last_tick(self) -> datetime | None:
        return self.pulse("tick")

    def pulse(self, name: str) -> datetime | None:
        """When that job last ran well."""
        return next((_moment(at) for found, at in self._all(PULSES) if found == name), None)

    def in_work(self, by: datetime) -> int:
        """How many deliveries are looked at again by that time at the latest."""
        waiting = [_moment(value) for (value,) in self._all(WAITING)]
        return sum(moment is not None and moment <= by for moment in waiting)

    def prompts(self) -> list[Question]:
        rows = self._all(PROMPTS)
        return [Question(_id(key), _id(owner), str(evening)) for key, owner, evening in rows]

    def questions(self) -> list[Question]:
        """The deliveries, each with the evening of its prompt; "" where there is none such."""
        evenings = {prompt.id: prompt.evening for prompt in self.prompts()}
        return [
            Question(_id(key), _id(owner), evenings.get(_id(prompt), ""), *ending)
            for key, prompt, owner, *ending in self._all(QUESTIONS)
        ]

    def unasked(self, now: datetime) -> list[str]:
        """Episodes that are due, and that nobody has come to."""
        rows = [(_id(key), _moment(value)) for key, value in self._all(PLANNED)]
        return [key for key, moment in rows if moment is not None and moment <= now]

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
    due = _id(reminder) if reminder else ""
    if dedupe.startswith(ONE_OFF):
        due = dedupe.removeprefix(ONE_OFF)
    return Row(_id(key), due, kind, state, reason, *counts)


def _id(value: object) -> str:
    return str(UUID(str(value)))


def _moment(value: datetime | str | None) -> datetime | None:
    """SQLite has its moments as text, in UTC without saying so."""
    if isinstance(value, str):
        return datetime.fromisoformat(value).replace(tzinfo=UTC)
    return value
