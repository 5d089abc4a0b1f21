"""The gate before walking: what blocks it, what lifts that, and when it asks again."""

from datetime import UTC, date, datetime

import pytest

from backend.accounts.models import Person
from backend.accounts.services import PersonChange, person_update
from backend.core.errors import NotFound
from backend.walking import gates, wording
from tests.conftest import NOW
from tests.walking.gating import (
    DAY,
    HOUR,
    MINUTE,
    answer,
    causes,
    clear,
    gate_at,
    lift,
    stands,
    tick,
)

pytestmark = [pytest.mark.service, pytest.mark.django_db]


class TestBeforeAnything:
    def test_the_questions_are_due(self, owner: Person) -> None:
        gate = gate_at(owner)
        assert (gate.state, gate.due) == ("due", "never")
        assert (gate.answers, gate.causes, gate.soon, gate.clearance) == (None, (), None, None)

    def test_none_of_these_opens_it(self, owner: Person) -> None:
        answers = answer(owner)
        gate = gate_at(owner)
        assert (gate.state, gate.due, gate.causes) == ("open", None, ())
        assert gate.answers is not None
        assert (gate.answers.id, gate.answers.at, gate.answers.yes) == (answers.pk, NOW, ())

    def test_a_block_is_told_before_the_questions(self, owner: Person) -> None:
        tick(owner, "fever")
        gate = gate_at(owner)
        assert (gate.state, gate.due) == ("blocked", "never")


class TestWhatIsTicked:
    @pytest.mark.parametrize("question", wording.current().ids)
    def test_blocks_each_of_them(self, owner: Person, question: str) -> None:
        answer(owner, question)
        gate = gate_at(owner)
        (cause,) = gate.causes
        assert (gate.state, cause.cause, cause.yes) == ("blocked", "answers", (question,))
        assert (cause.at, cause.check, cause.block) == (NOW, None, None)

    def test_is_lifted_by_a_clearance(self, owner: Person) -> None:
        answer(owner, "fall", "osteoporosis")
        made = clear(owner, clinician="physiotherapist")
        gate = gate_at(owner, NOW + HOUR)
        assert (gate.state, gate.causes) == ("open", ())
        assert gate.clearance is not None
        assert (gate.clearance.id, gate.clearance.clinician) == (made.pk, "physiotherapist")

    def test_can_be_unticked_by_answering_anew(self, owner: Person) -> None:
        answer(owner, "fall")
        answer(owner, now=NOW + MINUTE)
        assert stands(owner) == "open"

    def test_anew_after_a_clearance_blocks_again(self, owner: Person) -> None:
        answer(owner, "fall")
        clear(owner)
        answer(owner, "fall", "dizziness", now=NOW + 2 * HOUR)
        gate = gate_at(owner)
        assert (gate.state, gate.causes[0].yes) == ("blocked", ("fall", "dizziness"))
        assert gate.clearance is not None  # said before, and does not cover it

    def test_blocks_nobody_else(self, owner: Person, stranger: Person) -> None:
        answer(owner, "fall")
        answer(stranger)
        assert stands(stranger) == "open"


class TestASameDayCheck:
    def test_blocks_and_can_be_named(self, owner: Person) -> None:
        answer(owner)
        check = tick(owner, "fever", now=NOW + HOUR)
        (cause,) = gate_at(owner).causes
        assert (cause.cause, cause.check, cause.block) == ("same_day", check.pk, None)
        assert (cause.at, cause.yes) == (NOW + HOUR, ())

    def test_from_before_the_answers_blocks_as_well(self, owner: Person) -> None:
        tick(owner, "fever")
        answer(owner, now=NOW + HOUR)
        assert causes(owner) == ["same_day"]

    def test_stands_through_a_milder_one(self, owner: Person) -> None:
        """To feel better is not to have been seen."""
        answer(owner)
        tick(owner, "fever")
        tick(owner, now=NOW + DAY)
        assert causes(owner, NOW + DAY) == ["same_day"]

    def test_that_was_a_slip_does_not_count(self, owner: Person) -> None:
        answer(owner)
        slip = tick(owner, "fever")
        tick(owner, corrects=slip.pk, occasion="slip", now=NOW + MINUTE)
        assert stands(owner) == "open"

    def test_corrected_to_another_blocks_by_that(self, owner: Person) -> None:
        answer(owner)
        slip = tick(owner, "fever")
        real = tick(owner, "lump_shape", corrects=slip.pk, occasion="slip", now=NOW + MINUTE)
        assert [one.check for one in gate_at(owner).causes] == [real.pk]

    def test_is_lifted_by_a_clearance_and_the_next_one_blocks_again(self, owner: Person) -> None:
        answer(owner)
        tick(owner, "fever")
        clear(owner)
        assert stands(owner, NOW + HOUR) == "open"
        tick(owner, "fever", now=NOW + 2 * HOUR)
        assert stands(owner, NOW + 2 * HOUR) == "blocked"

    def test_is_covered_by_what_cleared_an_emergency_after_it(self, owner: Person) -> None:
        answer(owner)
        tick(owner, "fever")
        tick(owner, "chest_pain", now=NOW + HOUR)
        lift(owner, NOW + 2 * HOUR)
        assert causes(owner, NOW + 2 * HOUR) == []

    def test_after_a_cleared_emergency_blocks(self, owner: Person) -> None:
        tick(owner, "chest_pain")
        lift(owner, NOW + HOUR)
        tick(owner, "fever", now=NOW + 2 * HOUR)
        assert causes(owner, NOW + 2 * HOUR) == ["same_day"]

    def test_is_not_covered_by_an_emergency_that_was_a_slip(self, owner: Person) -> None:
        answer(owner)
        tick(owner, "fever")
        slip = tick(owner, "chest_pain", now=NOW + HOUR)
        tick(owner, corrects=slip.pk, occasion="slip", now=NOW + 2 * HOUR)
        assert causes(owner, NOW + 2 * HOUR) == ["same_day"]


class TestASoonCheck:
    def test_advises_and_blocks_nothing(self, owner: Person) -> None:
        answer(owner)
        check = tick(owner, "worsening")
        gate = gate_at(owner)
        assert gate.state == "open"
        assert gate.soon is not None
        assert (gate.soon.id, gate.soon.at) == (check.pk, NOW)

    def test_advises_no_more_after_a_milder_one(self, owner: Person) -> None:
        tick(owner, "worsening")
        tick(owner, now=NOW + HOUR)
        assert gate_at(owner).soon is None

    def test_advises_no_more_after_a_clearance(self, owner: Person) -> None:
        tick(owner, "worsening")
        clear(owner)
        assert gate_at(owner).soon is None

    def test_that_was_a_slip_advises_nothing(self, owner: Person) -> None:
        slip = tick(owner, "worsening")
        tick(owner, corrects=slip.pk, occasion="slip", now=NOW + MINUTE)
        assert gate_at(owner).soon is None

    def test_advises_for_half_a_year(self, owner: Person) -> None:
        tick(owner, "worsening")
        assert gate_at(owner, datetime(2026, 12, 2, 12, tzinfo=UTC)).soon is not None
        assert gate_at(owner, datetime(2026, 12, 3, 12, tzinfo=UTC)).soon is None


class TestAnEmergency:
    def test_blocks_and_names_what_has_to_be_cleared(self, owner: Person) -> None:
        answer(owner)
        check = tick(owner, "chest_pain", now=NOW + HOUR)
        gate = gate_at(owner)
        (cause,) = gate.causes
        assert (gate.state, gate.due) == ("blocked", "emergency")
        assert (cause.cause, cause.check, cause.at) == ("emergency", check.pk, NOW + HOUR)
        assert cause.block is not None

    def test_is_not_lifted_by_a_clearance_of_the_gate(self, owner: Person) -> None:
        answer(owner, "fall")
        tick(owner, "chest_pain")
        clear(owner)
        assert causes(owner) == ["emergency"]

    def test_once_cleared_the_questions_are_due_again(self, owner: Person) -> None:
        answer(owner)
        tick(owner, "chest_pain", now=NOW + HOUR)
        lift(owner, NOW + 2 * HOUR)
        gate = gate_at(owner, NOW + 2 * HOUR)
        assert (gate.state, gate.due, gate.causes) == ("due", "emergency", ())
        answer(owner, now=NOW + 3 * HOUR)
        assert stands(owner, NOW + 3 * HOUR) == "open"

    def test_that_was_cleared_lifts_nothing_that_was_ticked(self, owner: Person) -> None:
        answer(owner, "fall")
        tick(owner, "chest_pain")
        lift(owner, NOW + HOUR)
        assert causes(owner, NOW + HOUR) == ["answers"]

    def test_from_before_the_answers_asks_nothing_again(self, owner: Person) -> None:
        tick(owner, "chest_pain")
        answer(owner, now=NOW + MINUTE)
        lift(owner, NOW + HOUR)
        assert stands(owner, NOW + HOUR) == "open"

    def test_that_was_a_slip_asks_nothing_again(self, owner: Person) -> None:
        answer(owner)
        slip = tick(owner, "chest_pain", now=NOW + HOUR)
        tick(owner, corrects=slip.pk, occasion="slip", now=NOW + HOUR + MINUTE)
        gate = gate_at(owner, NOW + 2 * HOUR)
        assert (gate.state, gate.due, gate.causes) == ("open", None, ())

    def test_comes_first_among_several_causes(self, owner: Person) -> None:
        answer(owner, "fall")
        tick(owner, "fever")
        tick(owner, "lump_shape", now=NOW + MINUTE)
        tick(owner, "chest_pain", now=NOW + HOUR)
        found = gate_at(owner).causes
        assert [one.cause for one in found] == ["emergency", "same_day", "same_day", "answers"]
        assert [one.at for one in found[1:3]] == [NOW + MINUTE, NOW]


class TestTakenBack:
    def test_what_it_covered_blocks_again(self, owner: Person) -> None:
        answer(owner, "fall")
        tick(owner, "fever")
        made = clear(owner)
        gates.clearance_undo(id=made.pk, owner=owner)
        assert causes(owner) == ["same_day", "answers"]

    def test_what_another_one_covers_stays_lifted(self, owner: Person) -> None:
        answer(owner, "fall")
        clear(owner)
        second = clear(owner, NOW + 2 * HOUR)
        gates.clearance_undo(id=second.pk, owner=owner)
        assert stands(owner) == "open"

    def test_is_never_too_late(self, owner: Person) -> None:
        answer(owner, "fall", now=NOW)
        made = clear(owner)
        gates.clearance_undo(id=made.pk, owner=owner)
        assert stands(owner, NOW + 100 * DAY) == "blocked"

    def test_twice_there_is_nothing_left(self, owner: Person) -> None:
        made = clear(owner)
        gates.clearance_undo(id=made.pk, owner=owner)
        with pytest.raises(NotFound):
            gates.clearance_undo(id=made.pk, owner=owner)

    def test_by_a_stranger_finds_none(self, owner: Person, stranger: Person) -> None:
        answer(owner, "fall")
        made = clear(owner)
        with pytest.raises(NotFound):
            gates.clearance_undo(id=made.pk, owner=stranger)
        assert stands(owner) == "open"


class TestHalfAYear:
    """Answered at noon of 3 June in Berlin."""

    @pytest.mark.parametrize(
        ("now", "due"),
        [
            (datetime(2026, 12, 2, 22, 59, tzinfo=UTC), None),
            (datetime(2026, 12, 2, 23, 0, tzinfo=UTC), "half_year"),  # midnight in Berlin
            (datetime(2027, 6, 3, 10, 0, tzinfo=UTC), "half_year"),
        ],
    )
    def test_is_over_with_the_day_where_the_person_is(
        self, owner: Person, now: datetime, due: str | None
    ) -> None:
        answer(owner)
        gate = gate_at(owner, now)
        assert (gate.due, gate.state) == (due, "due" if due else "open")

    def test_moves_with_the_person(self, owner: Person) -> None:
        answer(owner)
        person_update(person=owner, change=PersonChange(time_zone="Pacific/Auckland"), now=NOW)
        assert stands(owner, datetime(2026, 12, 2, 10, 59, tzinfo=UTC)) == "open"
        assert stands(owner, datetime(2026, 12, 2, 11, 0, tzinfo=UTC)) == "due"

    def test_what_was_ticked_still_blocks_then(self, owner: Person) -> None:
        answer(owner, "fall")
        gate = gate_at(owner, NOW + 200 * DAY)
        assert (gate.state, gate.due) == ("blocked", "half_year")

    def test_a_clearance_does_not_make_it_longer(self, owner: Person) -> None:
        answer(owner, "fall")
        later = NOW + 90 * DAY
        clear(owner, later, seen_on=date(2026, 9, 1))
        assert stands(owner, later) == "open"
        assert gate_at(owner, NOW + 200 * DAY).due == "half_year"

    def test_answered_again_it_starts_anew(self, owner: Person) -> None:
        answer(owner)
        again = NOW + 200 * DAY
        answer(owner, now=again)
        assert stands(owner, again + 100 * DAY) == "open"


class TestTellingLate:
    """Phones tell of what was done without a network in whatever order they find one."""

    def test_older_answers_do_not_replace_newer_ones(self, owner: Person) -> None:
        answer(owner, "fall", now=NOW)
        answer(owner, at=NOW - HOUR, now=NOW + HOUR)
        assert causes(owner) == ["answers"]

    def test_a_check_from_before_the_clearance_blocks_nothing(self, owner: Person) -> None:
        answer(owner)
        clear(owner)
        tick(owner, "fever", at=NOW + 30 * MINUTE, now=NOW + DAY)
        assert stands(owner) == "open"

    def test_one_from_after_it_does(self, owner: Person) -> None:
        answer(owner)
        clear(owner)
        tick(owner, "fever", at=NOW + HOUR + MINUTE, now=NOW + DAY)
        assert causes(owner) == ["same_day"]

    def test_a_clearance_counts_from_when_it_was_recorded(self, owner: Person) -> None:
        """Cleared at eleven, ill again at noon, both told in the evening."""
        answer(owner, "fall")
        tick(owner, "fever", at=NOW + 2 * HOUR, now=NOW + 9 * HOUR)
        clear(owner, NOW + 9 * HOUR, at=NOW + HOUR)
        assert causes(owner) == ["same_day"]

    def test_a_clearance_covers_what_a_fast_clock_put_after_it(self, owner: Person) -> None:
        answer(owner, "fall", at=NOW + 4 * MINUTE)
        tick(owner, "fever", at=NOW + 4 * MINUTE)
        clear(owner, NOW + MINUTE)
        assert stands(owner) == "open"

    def test_answers_of_a_fast_clock_do_not_hide_an_emergency_after_them(
        self, owner: Person
    ) -> None:
        answer(owner, at=NOW + 4 * MINUTE)
        tick(owner, "chest_pain", at=NOW + 5 * MINUTE, now=NOW + MINUTE)
        assert gate_at(owner).due == "emergency"

    def test_an_emergency_of_a_fast_clock_is_before_answers_that_knew_it(
        self, owner: Person
    ) -> None:
        answer(owner)
        tick(owner, "chest_pain", at=NOW + 5 * MINUTE, now=NOW + MINUTE)
        answer(owner, now=NOW + 2 * MINUTE)
        assert gate_at(owner).due is None

    def test_answers_from_before_an_emergency_do_not_count_as_after_it(self, owner: Person) -> None:
        tick(owner, "chest_pain")
        answer(owner, at=NOW - HOUR, now=NOW + HOUR)
        assert gate_at(owner).due == "emergency"
