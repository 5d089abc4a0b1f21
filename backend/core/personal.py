"""The registry of personal data: every model about a person says how it is exported.

Erasing is one rule for all: the rows go with their owner (ON DELETE CASCADE), checked for every
entry. `tests/architecture` holds that no model with a path to a person is missing here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import models


@dataclass(frozen=True)
class PersonalModel:
    """`owner` is the lookup from a row to its person; `fields` are what an export holds."""

    model: type[models.Model]
    owner: str
    fields: tuple[str, ...]

    @property
    def label(self) -> str:
        return str(self.model._meta.label)

    def rows(self, person_id: UUID) -> Iterable[dict[str, Any]]:
        found = self.model._default_manager.filter(**{self.owner: person_id})
        return found.order_by("pk").values(*self.fields).iterator()


_registry: dict[str, PersonalModel] = {}


def register(model: type[models.Model], *, owner: str = "owner", fields: tuple[str, ...]) -> None:
    entry = PersonalModel(model=model, owner=owner, fields=fields)
    if _registry.get(entry.label, entry) != entry:
        raise ValueError(f"{entry.label} is registered twice")
    _registry[entry.label] = entry


def registered() -> list[PersonalModel]:
    """Every personal model, in the order their apps were loaded."""
    return list(_registry.values())
