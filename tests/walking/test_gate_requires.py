"""What other parts ask the gate: may somebody start, and did anything block them at that time."""

import uuid
from datetime import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backend.accounts.models import Person
from backend.core.errors import Conflict
from backend.walking import gates
from tests.conftest import NOW, make_person
from tests.walking.gating import DAY, HOUR, MINUTE, answer, clear, lift, tick

pytestmark = [pytest.mark.service, pytest.mark.django_db]


def refusal(owner: Person, now: datetime) -> str | None:
    """Of a plan."""
    try:
        gates.require_open(owner, now=now)
    except Conflict as conflict:
        return conflict.code
    return None


def blocked_at(owner: Person, started_at: datetime) -> bool:
    """Whether a walk that started then is refused."""
    try:
        gates.require_unblocked(owner, started_at=started_at)
    except Conflict as conflict:
        return conflict.code == "gate_blocked"
    return False


class TestAPlan:
    def test_is_due_questions_first(self, owner: Person) -> None:
        assert refusal(owner, NOW) == "gate_due"

    def test_is_welcome_when_nothing_applies(self, owner: Person) -> None:
        answer(owner)
        assert refusal(owner, NOW) is None

    def test_is_due_questions_after_half_a_year(self, owner: Person) -> None:
        answer(owner)
        assert refusal(owner, NOW + 200 * DAY) == "gate_due"

    def test_waits_while_something_blocks(self, owner: Person) -> None:
        tick(owner, "fever")
        assert refusal(owner, NOW) == "gate_blocked"
        answer(owner, "fall")
        assert refusal(owner, NOW) == "gate_blocked"
        clear(owner)
        assert refusal(owner, NOW + HOUR) is None

    def test_is_not_held_back_by_an_advice(self, owner: Person) -> None:
        answer(owner)
        tick(owner, "worsening")
        assert refusal(owner, NOW) is None


class TestAWalk:
    def test_without_any_answers_is_taken(self, owner: Person) -> None:
        assert not blocked_at(owner, NOW)

    def test_while_the_questions_are_due_again_is_taken(self, owner: Person) -> None:
        answer(owner)
        assert not blocked_at(owner, NOW + 200 * DAY)

    def test_from_before_the_block_is_taken(self, owner: Person) -> None:
        answer(owner, "fall")
        tick(owner, "fever")
        tick(owner, "chest_pain")
        assert not blocked_at(owner, NOW - MINUTE)

    def test_from_the_moment_of_the_block_on_is_not(self, owner: Person) -> None:
        tick(owner, "chest_pain")
        assert blocked_at(owner, NOW)
        assert blocked_at(owner, NOW + DAY)

    @pytest.mark.parametrize("cause", ["answers", "same_day"])
    def test_between_the_cause_and_its_clearance_is_not(self, owner: Person, cause: str) -> None:
        answer(owner, "fall") if cause == "answers" else tick(owner, "fever")
        clear(owner, NOW + 2 * HOUR)
        assert blocked_at(owner, NOW + HOUR)
        assert not blocked_at(owner, NOW + 2 * HOUR)

    def test_between_an_emergency_and_its_clearance_is_not(self, owner: Person) -> None:
        tick(owner, "fever")
        tick(owner, "chest_pain")
        lift(owner, NOW + 2 * HOUR)
        assert blocked_at(owner, NOW + 2 * HOUR - MINUTE)
        assert not blocked_at(owner, NOW + 2 * HOUR)

    def test_while_a_slip_stood_is_taken(self, owner: Person) -> None:
        """Nothing was there, however it looked then."""
        for symptom in ("fever", "chest_pain"):
            slip = tick(owner, symptom)
            tick(owner, corrects=slip.pk, occasion="slip", now=NOW + 2 * HOUR)
        assert not blocked_at(owner, NOW + HOUR)

    def test_goes_by_the_answers_of_its_time(self, owner: Person) -> None:
        answer(owner, "fall")
        answer(owner, now=NOW + 2 * HOUR)
        assert blocked_at(owner, NOW + HOUR)
        assert not blocked_at(owner, NOW + 3 * HOUR)

    def test_is_judged_by_what_was_told_of_later(self, owner: Person) -> None:
        tick(owner, "fever", at=NOW, now=NOW + DAY)
        assert blocked_at(owner, NOW + HOUR)


class TestManyAtOnce:
    def test_those_who_are_blocked_are_found(self) -> None:
        ticked, ill, emergency, cleared, fine, new = (make_person() for _ in range(6))
        answer(ticked, "fall")
        tick(ill, "fever")
        tick(emergency, "chest_pain")
        answer(cleared, "fall")
        clear(cleared)
        answer(fine)
        tick(fine, "worsening")
        everybody = [one.pk for one in (ticked, ill, emergency, cleared, fine, new)]
        found = gates.blocked_among([*everybody, uuid.uuid4()])
        assert found == {ticked.pk, ill.pk, emergency.pk}

    def test_only_those_who_are_asked_about(self, owner: Person, stranger: Person) -> None:
        answer(owner, "fall")
        answer(stranger, "fall")
        assert gates.blocked_among([owner.pk]) == {owner.pk}
        assert gates.blocked_among([]) == set()

    def test_cost_as_many_queries_as_one(self) -> None:
        people = [make_person() for _ in range(7)]
        for one in people:
            answer(one, "fall")
            tick(one, "fever")
        for some in (people[:1], people):
            with CaptureQueriesContext(connection) as spent:
                gates.blocked_among([one.pk for one in some])
            assert len(spent) == 4
