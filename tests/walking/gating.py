"""What a phone tells of the gate, each in one call. `now` is when it arrives: the clock stands
still then, so that rows know it, too."""

import uuid
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import time_machine

from backend.accounts.models import Person
from backend.safety import services as safety
from backend.safety.models import Block, SymptomCheck
from backend.safety.selectors import open_block
from backend.walking import gates
from backend.walking.gate_rules import Gate
from backend.walking.models import Clearance, GateAnswers
from tests.conftest import NOW

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
TODAY = date(2026, 6, 3)


def answer(
    owner: Person, *yes: str, now: datetime = NOW, key: UUID | None = None, **more: Any
) -> GateAnswers:
    with time_machine.travel(now, tick=False):
        ticked = gates.Ticked(yes=yes, **more)
        saved, _ = gates.answers_save(id=key or uuid.uuid4(), owner=owner, ticked=ticked, now=now)
        return saved


def tick(owner: Person, *symptoms: str, now: datetime = NOW, **more: Any) -> SymptomCheck:
    with time_machine.travel(now, tick=False):
        answers = safety.Answers(symptoms=symptoms, **more)
        check, _ = safety.check_save(owner=owner, answers=answers, now=now)
        return check


def clear(
    owner: Person, now: datetime = NOW + HOUR, *, key: UUID | None = None, **more: Any
) -> Clearance:
    with time_machine.travel(now, tick=False):
        values: dict[str, Any] = {"clinician": "doctor", "seen_on": now.date()}
        saved, _ = gates.clearance_save(
            id=key or uuid.uuid4(), owner=owner, now=now, **(values | more)
        )
        return saved


def lift(owner: Person, now: datetime, *, at: datetime | None = None) -> Block:
    """A clinician has cleared the emergency."""
    block = open_block(owner.pk)
    assert block is not None
    with time_machine.travel(now, tick=False):
        return safety.clearance_save(
            id=block.pk, owner=owner, clinician="emergency", seen_on=now.date(), now=now, at=at
        )


def gate_at(owner: Person, now: datetime = NOW) -> Gate:
    return gates.gate_of(owner, now=now)


def stands(owner: Person, now: datetime = NOW) -> str:
    return str(gate_at(owner, now).state)


def causes(owner: Person, now: datetime = NOW) -> Sequence[str]:
    return [str(one.cause) for one in gate_at(owner, now).causes]
