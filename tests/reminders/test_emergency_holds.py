"""While an emergency answer stands, nothing asks anybody to move; everything else goes on."""

import uuid
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from backend.accounts.models import Person
from backend.reminders import registry
from backend.reminders.models import DeliveryState
from backend.safety.selectors import open_block
from backend.safety.services import Answers, check_save, clearance_save
from tests.conftest import NOW, MakeReminder
from tests.reminders.conftest import ended, send_due

pytestmark = [pytest.mark.service, pytest.mark.django_db, pytest.mark.usefixtures("phone")]

DAY = timedelta(days=1)
HELD = (DeliveryState.SKIPPED, "held")
GATE = (DeliveryState.SKIPPED, "gate")  # walking has a reason of its own, which says more
SENT = (DeliveryState.SENT, "")


def tick(owner: Person, *symptoms: str, corrects: uuid.UUID | None = None) -> uuid.UUID:
    answers = Answers(symptoms=symptoms, corrects=corrects)
    check, _ = check_save(owner=owner, answers=answers, now=NOW)
    return check.pk


def clear(owner: Person) -> None:
    block = open_block(owner.pk)
    assert block is not None
    clearance_save(id=block.pk, owner=owner, clinician="doctor", seen_on=NOW.date(), now=NOW)


def test_what_moves_the_body_is_held_and_the_rest_goes_out(
    owner: Person, make_reminder: MakeReminder, due_at: datetime
) -> None:
    for kind in ("move", "walk", "check_in"):
        make_reminder(owner, kind=kind)
    tick(owner, "chest_pain")
    found = {one.kind: ended(one) for one in send_due(due_at)}
    assert found == {"move": HELD, "walk": GATE, "check_in": SENT}


def test_walks_are_asked_for_again_after_a_clearance(
    owner: Person, make_reminder: MakeReminder, due_at: datetime
) -> None:
    make_reminder(owner, kind="walk")
    tick(owner, "chest_pain")
    assert [ended(one) for one in send_due(due_at)] == [GATE]
    clear(owner)
    assert [ended(one) for one in send_due(due_at + DAY)] == [SENT]


def test_and_after_a_slip_was_corrected(
    owner: Person, make_reminder: MakeReminder, due_at: datetime
) -> None:
    make_reminder(owner, kind="walk")
    tick(owner, corrects=tick(owner, "chest_pain"))
    assert [ended(one) for one in send_due(due_at)] == [SENT]


def test_it_lasts_for_weeks(owner: Person, make_reminder: MakeReminder, due_at: datetime) -> None:
    make_reminder(owner, kind="move")
    tick(owner, "chest_pain")
    assert [ended(one) for one in send_due(due_at + 60 * DAY)] == [HELD]


def test_a_stranger_is_asked_to_walk_as_always(
    owner: Person, stranger: Person, make_reminder: MakeReminder, due_at: datetime
) -> None:
    make_reminder(owner, kind="walk")
    tick(stranger, "chest_pain")
    assert [ended(one) for one in send_due(due_at)] == [SENT]


def test_a_kind_that_a_later_version_of_the_app_brings_is_held_too(
    owner: Person,
    make_reminder: MakeReminder,
    due_at: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make_reminder(owner, kind="check_in")
    tick(owner, "chest_pain")
    newer = replace(registry.get("check_in"), moves=True)
    monkeypatch.setitem(registry._kinds, "check_in", newer)
    assert [ended(one) for one in send_due(due_at)] == [HELD]
