"""An emergency answer suspends walking and exercise, until a clearance or a corrected slip."""

import uuid
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from rest_framework.test import APIClient

from backend.accounts.models import Person
from backend.accounts.services import PersonChange, person_update
from backend.core.errors import Conflict, Invalid, NotFound
from backend.reminders import holds
from backend.reminders.models import Hold
from backend.safety import services
from backend.safety.models import Block, SymptomCheck
from backend.safety.selectors import open_block
from tests.conftest import NOW
from tests.safety.conftest import Tick

pytestmark = [pytest.mark.service, pytest.mark.django_db, pytest.mark.usefixtures("clock")]

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
TODAY = date(2026, 6, 3)


def standing(owner: Person) -> Block:
    block = open_block(owner.pk)
    assert block is not None
    return block


def clear(owner: Person, block: Block | None = None, **values: Any) -> Block:
    given: dict[str, Any] = {"clinician": "doctor", "seen_on": TODAY, "now": NOW + HOUR}
    given |= values
    return services.clearance_save(id=(block or standing(owner)).pk, owner=owner, **given)


def held(owner: Person) -> list[tuple[str, list[str] | None, datetime | None]]:
    return [(one.reason, one.kinds, one.until) for one in Hold.objects.filter(owner=owner)]


class TestAnEmergency:
    def test_suspends_what_moves_the_body_without_an_end(self, owner: Person, tick: Tick) -> None:
        check = tick(owner, "saddle_numbness")
        block = standing(owner)
        assert (block.check_made, block.began_at, block.lifted_at) == (check, NOW, None)
        assert held(owner) == [("emergency", ["move", "walk"], None)]

    def test_is_told_in_the_answer_and_afterwards(self, as_owner: APIClient, tick: Tick) -> None:
        body = {"symptoms": ["chest_pain"]}
        answer = as_owner.post("/api/v1/symptom-checks", body, format="json").json()
        block = as_owner.get("/api/v1/safety/block").json()["block"]
        assert answer["block"] == block
        assert block == {
            "id": block["id"],
            "began_at": "2026-06-03T10:00:00Z",
            "check": answer["id"],
            "lifted_at": None,
            "lifted_as": "",
            "clinician": "",
            "seen_on": None,
        }

    @pytest.mark.parametrize("symptoms", [[], ["worsening"], ["fever"]])
    def test_anything_milder_suspends_nothing(
        self, owner: Person, tick: Tick, symptoms: list[str]
    ) -> None:
        tick(owner, *symptoms)
        assert (open_block(owner.pk), held(owner)) == (None, [])

    def test_answered_twice_is_one_block(self, owner: Person, tick: Tick) -> None:
        first = tick(owner, "chest_pain")
        tick(owner, "chest_pain", key=first.pk)
        tick(owner, "both_legs", now=NOW + HOUR)
        assert (Block.objects.count(), len(held(owner))) == (1, 1)
        assert standing(owner).check_made == first

    def test_suspends_nobody_else(self, owner: Person, stranger: Person, tick: Tick) -> None:
        tick(owner, "chest_pain")
        assert (open_block(stranger.pk), held(stranger)) == (None, [])

    def test_stands_through_a_later_check_without_one(self, owner: Person, tick: Tick) -> None:
        """Feeling better is not having been seen."""
        tick(owner, "bladder_bowel")
        tick(owner, now=NOW + DAY)
        assert standing(owner).began_at == NOW

    def test_began_at_the_latest_when_it_arrived(self, owner: Person, tick: Tick) -> None:
        tick(owner, "chest_pain", at=NOW + 4 * MINUTE)  # the phone's clock is ahead
        assert standing(owner).began_at == NOW

    def test_that_can_not_be_stored_suspends_nothing(
        self, owner: Person, tick: Tick, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def broken(**_: Any) -> None:
            raise RuntimeError

        monkeypatch.setattr(holds, "hold", broken)
        with pytest.raises(RuntimeError):
            tick(owner, "chest_pain")
        assert not SymptomCheck.objects.exists()
        assert not Block.objects.exists()


class TestASlip:
    def test_corrected_without_an_emergency_lifts_it(self, owner: Person, tick: Tick) -> None:
        slip = tick(owner, "chest_pain")
        tick(owner, "worsening", corrects=slip.pk, occasion="slip", now=NOW + MINUTE)
        block = Block.objects.get()
        assert (block.lifted_at, block.lifted_as) == (NOW + MINUTE, "slip")
        assert held(owner) == []

    def test_corrected_with_an_emergency_again_lifts_nothing(
        self, owner: Person, tick: Tick
    ) -> None:
        slip = tick(owner, "chest_pain")
        again = tick(owner, "both_legs", corrects=slip.pk, occasion="slip")
        assert standing(owner).check_made == again
        assert len(held(owner)) == 1

    def test_can_be_corrected_twice_over(self, owner: Person, tick: Tick) -> None:
        slip = tick(owner, "chest_pain")
        again = tick(owner, "both_legs", corrects=slip.pk, occasion="slip")
        tick(owner, corrects=again.pk, occasion="slip")
        assert (open_block(owner.pk), held(owner)) == (None, [])

    def test_of_one_emergency_leaves_another_standing(self, owner: Person, tick: Tick) -> None:
        slip = tick(owner, "chest_pain")
        real = tick(owner, "both_legs", now=NOW + HOUR)
        tick(owner, corrects=slip.pk, occasion="slip", now=NOW + 2 * HOUR)
        assert standing(owner).check_made == real
        tick(owner, corrects=real.pk, occasion="slip", now=NOW + 3 * HOUR)
        assert open_block(owner.pk) is None

    def test_told_again_lifts_nothing_that_came_since(self, owner: Person, tick: Tick) -> None:
        slip, key = tick(owner, "chest_pain"), uuid.uuid4()
        tick(owner, key=key, corrects=slip.pk, occasion="slip")
        tick(owner, "both_legs", now=NOW + HOUR)
        tick(owner, key=key, corrects=slip.pk, occasion="slip", now=NOW + 2 * HOUR)
        assert standing(owner).began_at == NOW + HOUR

    def test_corrected_on_two_phones_stays_with_the_first_but_no_emergency_is_lost(
        self, owner: Person, tick: Tick
    ) -> None:
        slip = tick(owner, "chest_pain")
        tick(owner, corrects=slip.pk, occasion="slip")
        tick(owner, "both_legs", corrects=slip.pk, occasion="slip", now=NOW + MINUTE)
        assert standing(owner).began_at == NOW + MINUTE

    def test_of_a_check_that_was_no_emergency_changes_nothing(
        self, owner: Person, tick: Tick
    ) -> None:
        tick(owner, "chest_pain")
        mild = tick(owner, "fever")
        tick(owner, corrects=mild.pk, occasion="slip")
        assert standing(owner).began_at == NOW


class TestAClearance:
    def test_lifts_it_and_says_who_has_seen_the_person(
        self, owner: Person, as_owner: APIClient, tick: Tick, clock: time_machine.Traveller
    ) -> None:
        tick(owner, "chest_pain")
        clock.move_to(NOW + HOUR, tick=False)
        body = {"clinician": "emergency", "seen_on": "2026-06-03"}
        url = f"/api/v1/safety/blocks/{standing(owner).pk}/clearance"
        answer = as_owner.put(url, body, format="json")
        assert (answer.status_code, answer.json()["lifted_as"]) == (200, "clearance")
        assert answer.json() | body | {"lifted_at": "2026-06-03T11:00:00Z"} == answer.json()
        assert as_owner.get("/api/v1/safety/block").json() == {"block": None}
        assert held(owner) == []

    def test_said_again_changes_nothing_but_who_and_when(self, owner: Person, tick: Tick) -> None:
        tick(owner, "chest_pain")
        first = clear(owner)
        again = clear(owner, first, clinician="other", now=NOW + DAY)
        assert (again.lifted_at, again.clinician) == (NOW + HOUR, "other")

    @pytest.mark.parametrize(
        ("values", "field"),
        [
            ({"clinician": "pharmacist"}, "clinician"),
            ({"clinician": "neighbour"}, "clinician"),
            ({"clinician": ""}, "clinician"),
            ({"seen_on": date(2026, 6, 4)}, "seen_on"),
            ({"seen_on": date(2026, 6, 1)}, "seen_on"),
            ({"at": NOW + HOUR + 6 * MINUTE}, "at"),
        ],
        ids=str,
    )
    def test_that_makes_no_sense_clears_nothing(
        self, owner: Person, tick: Tick, values: dict[str, Any], field: str
    ) -> None:
        tick(owner, "chest_pain")
        with pytest.raises(Invalid) as refusal:
            clear(owner, **values)
        assert list(refusal.value.fields) == [field]
        assert standing(owner).clinician == ""

    def test_may_be_of_today_where_the_person_is(self, owner: Person, tick: Tick) -> None:
        evening = datetime(2026, 6, 3, 22, 30, tzinfo=UTC)  # half past midnight in Berlin
        tick(owner, "chest_pain")
        assert clear(owner, seen_on=date(2026, 6, 4), now=evening).lifted_as == "clearance"

    def test_a_flight_west_does_not_put_it_before_the_block(
        self, owner: Person, tick: Tick
    ) -> None:
        tick(owner, "chest_pain")
        person_update(person=owner, change=PersonChange(time_zone="Pacific/Honolulu"), now=NOW)
        assert clear(owner, seen_on=date(2026, 6, 2)).lifted_as == "clearance"

    def test_of_somebody_elses_block_finds_none(
        self, owner: Person, stranger: Person, tick: Tick
    ) -> None:
        tick(owner, "chest_pain")
        with pytest.raises(NotFound):
            clear(stranger, standing(owner))
        assert standing(owner).lifted_at is None

    def test_after_a_slip_has_nothing_to_clear(self, owner: Person, tick: Tick) -> None:
        slip = tick(owner, "chest_pain")
        block = standing(owner)
        tick(owner, corrects=slip.pk, occasion="slip")
        after = clear(owner, block)
        assert (after.lifted_as, after.clinician, after.seen_on) == ("slip", "", None)

    def test_makes_way_for_the_next_emergency(self, owner: Person, tick: Tick) -> None:
        tick(owner, "chest_pain")
        clear(owner)
        tick(owner, "both_legs", now=NOW + 2 * HOUR)
        assert standing(owner).began_at == NOW + 2 * HOUR
        assert len(held(owner)) == 1

    def test_stands_through_an_ordinary_check(self, owner: Person, tick: Tick) -> None:
        tick(owner, "chest_pain")
        clear(owner)
        tick(owner, "fever", now=NOW + 2 * HOUR)
        assert open_block(owner.pk) is None


class TestTakenBack:
    def test_within_a_day_the_block_stands_again(self, owner: Person, tick: Tick) -> None:
        tick(owner, "chest_pain")
        cleared = clear(owner)
        block = services.clearance_undo(id=cleared.pk, owner=owner, now=NOW + HOUR + DAY)
        assert (block.lifted_at, block.lifted_as) == (None, "")
        assert (block.clinician, block.seen_on) == ("", None)
        assert standing(owner) == block
        assert held(owner) == [("emergency", ["move", "walk"], None)]

    def test_after_a_day_it_stays_lifted(self, owner: Person, tick: Tick) -> None:
        tick(owner, "chest_pain")
        cleared = clear(owner)
        late = NOW + HOUR + DAY + timedelta(seconds=1)
        with pytest.raises(Conflict) as refusal:
            services.clearance_undo(id=cleared.pk, owner=owner, now=late)
        assert refusal.value.code == "too_late"
        assert (open_block(owner.pk), held(owner)) == (None, [])

    def test_twice_is_the_same(self, owner: Person, tick: Tick) -> None:
        tick(owner, "chest_pain")
        cleared = clear(owner)
        for _ in range(2):
            services.clearance_undo(id=cleared.pk, owner=owner, now=NOW + HOUR)
        assert len(held(owner)) == 1

    def test_a_slip_can_not_be_taken_back(self, owner: Person, tick: Tick) -> None:
        slip = tick(owner, "chest_pain")
        block = standing(owner)
        tick(owner, corrects=slip.pk, occasion="slip")
        with pytest.raises(Conflict):
            services.clearance_undo(id=block.pk, owner=owner, now=NOW)
        assert open_block(owner.pk) is None

    def test_while_another_block_stands_it_is_not_needed(self, owner: Person, tick: Tick) -> None:
        tick(owner, "chest_pain")
        cleared = clear(owner)
        tick(owner, "both_legs", now=NOW + 2 * HOUR)
        with pytest.raises(Conflict):
            services.clearance_undo(id=cleared.pk, owner=owner, now=NOW + 2 * HOUR)
        assert standing(owner) != cleared


class TestTellingLate:
    """Phones tell of what was done without a network in whatever order they find one."""

    def test_an_emergency_from_before_the_clearance_opens_nothing(
        self, owner: Person, tick: Tick
    ) -> None:
        tick(owner, "chest_pain")
        clear(owner)
        tick(owner, "both_legs", at=NOW + 30 * MINUTE, now=NOW + DAY)
        assert (open_block(owner.pk), held(owner)) == (None, [])

    def test_one_from_after_it_does(self, owner: Person, tick: Tick) -> None:
        tick(owner, "chest_pain")
        clear(owner)
        tick(owner, "both_legs", at=NOW + HOUR + MINUTE, now=NOW + DAY)
        assert standing(owner).began_at == NOW + HOUR + MINUTE

    def test_a_clearance_counts_from_when_it_was_recorded(self, owner: Person, tick: Tick) -> None:
        """Cleared at noon, ill again at one, both told in the evening."""
        tick(owner, "chest_pain")
        clear(owner, at=NOW + HOUR, now=NOW + 9 * HOUR)
        tick(owner, "both_legs", at=NOW + 2 * HOUR, now=NOW + 9 * HOUR)
        assert standing(owner).began_at == NOW + 2 * HOUR

    def test_an_emergency_told_before_the_clearance_it_came_after_stands(
        self, owner: Person, tick: Tick
    ) -> None:
        tick(owner, "chest_pain")
        first = standing(owner)
        later = tick(owner, "both_legs", at=NOW + 2 * HOUR, now=NOW + 3 * HOUR)
        clear(owner, first, at=NOW + HOUR, now=NOW + 4 * HOUR)
        block = standing(owner)
        assert (block.check_made, block.began_at) == (later, NOW + 2 * HOUR)
        assert len(held(owner)) == 1

    def test_a_clearance_covers_what_a_fast_clock_put_after_it(
        self, owner: Person, tick: Tick
    ) -> None:
        tick(owner, "chest_pain", at=NOW + 4 * MINUTE)
        clear(owner, now=NOW + MINUTE)
        tick(owner, "fever", now=NOW + 2 * MINUTE)
        assert open_block(owner.pk) is None

    def test_one_nobody_has_cleared_opens_a_block_however_late(
        self, owner: Person, tick: Tick
    ) -> None:
        tick(owner, now=NOW + DAY)
        tick(owner, "chest_pain", at=NOW, now=NOW + 20 * DAY)
        assert standing(owner).began_at == NOW

    def test_another_emergency_from_before_a_slip_was_corrected_stands(
        self, owner: Person, tick: Tick
    ) -> None:
        slip = tick(owner, "chest_pain")
        tick(owner, corrects=slip.pk, occasion="slip", now=NOW + HOUR)
        real = tick(owner, "both_legs", at=NOW + MINUTE, now=NOW + 2 * HOUR)
        assert standing(owner).check_made == real
