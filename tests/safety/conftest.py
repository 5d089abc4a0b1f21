"""Time stands still at NOW; ticking something is one call."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
import time_machine

from backend.accounts.models import Person
from backend.safety.models import SymptomCheck
from backend.safety.services import Answers, check_save
from tests.conftest import NOW

Tick = Callable[..., SymptomCheck]


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as travelling:
        yield travelling


@pytest.fixture
def tick(clock: time_machine.Traveller) -> Tick:
    """Save a check as a phone does; `now` moves the clock on to when it arrives."""

    def save(
        owner: Person, *symptoms: str, now: datetime = NOW, key: UUID | None = None, **more: Any
    ) -> SymptomCheck:
        clock.move_to(now, tick=False)
        answers = Answers(symptoms=symptoms, **more)
        check, _ = check_save(id=key, owner=owner, answers=answers, now=now)
        return check

    return save
