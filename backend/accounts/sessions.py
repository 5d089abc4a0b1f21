"""Sessions in the database, each tied to its person."""

import re
from typing import Any
from uuid import UUID

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from backend.accounts.models import PersonSession

SESSION_KEY_SHAPE = re.compile(r"[a-z0-9]{8,40}")


class SessionStore(DatabaseStore):
    def _validate_session_key(self, key: str | None) -> bool:
        """Only keys as Django makes them: PostgreSQL can't even be asked for one with a NUL."""
        return bool(key and SESSION_KEY_SHAPE.fullmatch(key))

    @classmethod
    def get_model_class(cls) -> type[PersonSession]:
        return PersonSession

    def create_model_instance(self, data: dict[str, Any]) -> PersonSession:
        row: PersonSession = super().create_model_instance(data)  # type: ignore[assignment]
        row.person_id = UUID(data[SESSION_KEY]) if SESSION_KEY in data else None
        return row
