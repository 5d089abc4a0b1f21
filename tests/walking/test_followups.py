"""The questions after a walk: planned once, moved with it, answered in either way."""

import uuid
from datetime import datetime, time
from typing import Any

import pytest

from backend.accounts import services as accounts
from backend.accounts.models import Person
from backend.accounts.services import PersonChange
from backend.core.errors import Forbidden, Invalid, NotFound
from backend.pain.models import PainEntry
from backend.pain.services import entry_delete
from backend.walking import followups, standing
from backend.walking.models import FollowUp, Walk
from backend.walking.rules import Light
from backend.walking.walks import walk_delete
from tests.conftest import make_person
from tests.walking.asking import HOUR, MINUTE, NOON, asked, june, scored, the, waiting, walked

pytestmark = [pytest.mark.service, pytest.mark.django_db]


def light(walk: Walk, *, now: datetime) -> Light:
    return standing.scores_of([walk], walk.owner, now=now)[walk.pk].light


def answer(walk: Walk, which: str, felt: str, *, now: datetime, at: datetime | None = None) -> None:
    followups.answer_save(id=the(walk, which).pk, owner=walk.owner, felt=felt, at=at, now=now)


class TestPlanned:
    def test_for_the_afternoon_and_the_next_morning(self, owner: Person) -> None:
        walked(owner)
        assert asked(owner) == {"later": june(3, 16), "morning": june(4, 8)}
        assert waiting(owner) == [june(3, 16), june(4, 8)]

    def test_once_however_often_the_walk_is_sent(self, owner: Person) -> None:
        key = uuid.uuid4()
        for _ in range(3):
            walked(owner, key=key)
        assert len(asked(owner)) == len(waiting(owner)) == 2

    def test_around_the_persons_quiet_hours(self, owner: Person) -> None:
        Person.objects.filter(pk=owner.pk).update(quiet_from=time(15), quiet_to=time(9))
        owner.refresh_from_db()
        walked(owner)
        assert asked(owner) == {"later": june(3, 14, 45), "morning": june(4, 9)}

    @pytest.mark.parametrize(
        ("heard", "left"),
        [
            (june(3, 19, 59), ["later", "morning"]),
            (june(3, 20), ["morning"]),
            (june(4, 13, 59), ["morning"]),
            (june(4, 14), []),
        ],
    )
    def test_only_while_there_is_time_for_an_answer(
        self, owner: Person, heard: datetime, left: list[str]
    ) -> None:
        walked(owner, now=heard)
        assert list(asked(owner)) == left

    def test_for_each_walk_of_a_day(self, owner: Person) -> None:
        walked(owner)
        walked(owner, june(3, 15))
        assert FollowUp.objects.filter(owner=owner).count() == 4


class TestMoved:
    def test_a_walk_that_is_corrected_moves_them(self, owner: Person) -> None:
        key = uuid.uuid4()
        walked(owner, key=key)
        walked(owner, june(3, 11), key=key, now=NOON)
        assert asked(owner) == {"later": june(3, 15), "morning": june(4, 8)}
        assert waiting(owner) == [june(3, 15), june(4, 8)]

    def test_moved_into_the_evening_it_loses_the_one_of_the_night(self, owner: Person) -> None:
        key = uuid.uuid4()
        walked(owner, key=key)
        walked(owner, june(3, 23), key=key)
        assert asked(owner) == {"morning": june(4, 8)}
        assert waiting(owner) == [june(4, 8)]

    def test_one_that_is_answered_stays(self, owner: Person) -> None:
        key = uuid.uuid4()
        walk = walked(owner, key=key)
        answer(walk, "later", "fine", now=june(3, 16))
        walked(owner, june(3, 13), key=key, now=june(3, 17))
        assert asked(owner) == {"later": june(3, 16), "morning": june(4, 8)}

    def test_a_flight_moves_what_is_still_to_be_asked(self, owner: Person) -> None:
        walked(owner)
        accounts.person_update(
            person=owner, change=PersonChange(time_zone="America/New_York"), now=june(3, 14)
        )
        assert asked(owner) == {"later": june(3, 16), "morning": june(4, 14)}  # eight over there
        assert waiting(owner) == [june(3, 16), june(4, 14)]

    def test_a_flight_leaves_a_walk_of_long_ago_alone(self, owner: Person) -> None:
        walked(owner)
        accounts.person_update(
            person=owner, change=PersonChange(time_zone="America/New_York"), now=june(6)
        )
        assert asked(owner) == {"later": june(3, 16), "morning": june(4, 8)}

    def test_a_walk_that_is_deleted_takes_them_along(self, owner: Person) -> None:
        walk = walked(owner)
        walk_delete(id=walk.pk, owner=owner)
        assert (asked(owner), waiting(owner)) == ({}, [])

    def test_and_brings_them_back_where_that_was_a_slip(self, owner: Person) -> None:
        walk = walked(owner)
        before = the(walk, "later").pk
        walk_delete(id=walk.pk, owner=owner)
        again = walked(owner, key=walk.pk, now=june(3, 13))
        assert the(again, "later").pk == before
        assert waiting(owner) == [june(3, 16), june(4, 8)]


class TestAnsweredByAScore:
    def test_given_for_the_question(self, owner: Person) -> None:
        walk = walked(owner)
        scored(owner, 3, june(3, 16, 5), walk=walk, moment="later")
        assert the(walk, "later").answered_at == june(3, 16, 5)
        assert the(walk, "morning").answered_at is None

    @pytest.mark.parametrize(
        ("at", "answers"),
        [
            (june(3, 13, 59), []),
            (june(3, 14), ["later"]),
            (june(3, 19, 59), ["later"]),
            (june(3, 20), []),
            (june(4, 4), ["morning"]),
            (june(4, 13, 59), ["morning"]),
            (june(4, 14), []),
        ],
    )
    def test_that_stands_in_the_diary_anyway(
        self, owner: Person, at: datetime, answers: list[str]
    ) -> None:
        walked(owner)
        scored(owner, 3, at)
        rows = FollowUp.objects.exclude(answered_at=None)
        assert [row.which for row in rows] == answers

    def test_also_where_the_walk_arrives_after_it(self, owner: Person) -> None:
        scored(owner, 3, june(3, 16))
        walk = walked(owner, now=june(3, 17))
        assert the(walk, "later").answered_at == june(3, 16)

    def test_also_where_it_names_a_walk_that_has_not_come_yet(self, owner: Person) -> None:
        key = uuid.uuid4()
        scored(owner, 3, june(3, 13, 30), walk=Walk(pk=key), moment="later")
        assert the(walked(owner, key=key, now=june(3, 14)), "later").answered_at is not None

    def test_not_by_one_that_was_given_for_another_moment_of_the_walk(self, owner: Person) -> None:
        walk = walked(owner)
        scored(owner, 3, june(3, 14), walk=walk, moment="after")
        assert the(walk, "later").answered_at is None

    def test_it_is_open_again_when_that_score_is_deleted(self, owner: Person) -> None:
        walk = walked(owner)
        entry = scored(owner, 3, june(3, 16), walk=walk, moment="later")
        entry_delete(id=entry.pk, owner=owner, now=june(3, 17))
        assert the(walk, "later").answered_at is None

    def test_it_is_open_again_when_that_score_moves_away(self, owner: Person) -> None:
        walk = walked(owner)
        entry = scored(owner, 3, june(3, 16))
        scored(owner, 3, june(3, 10), key=entry.pk, now=june(3, 17))
        assert the(walk, "later").answered_at is None

    def test_a_strangers_scores_answer_nothing(self, owner: Person, stranger: Person) -> None:
        walk = walked(owner)
        scored(stranger, 3, june(3, 16), walk=walk, moment="later")
        assert the(walk, "later").answered_at is None


class TestAnsweredInOneTap:
    def test_the_light_follows(self, owner: Person) -> None:
        scored(owner, 2, june(3, 11, 30))
        walk = walked(owner)
        assert light(walk, now=june(3, 16)) == Light.WAITING
        answer(walk, "later", "fine", now=june(3, 16))
        assert light(walk, now=june(3, 17)) == Light.WAITING
        answer(walk, "morning", "fine", now=june(4, 8))
        assert light(walk, now=june(4, 8)) == Light.GREEN

    def test_worse_and_gone_by_the_morning_is_amber(self, owner: Person) -> None:
        scored(owner, 2, june(3, 11, 30))
        walk = walked(owner)
        answer(walk, "later", "worse", now=june(3, 16))
        answer(walk, "morning", "fine", now=june(4, 8))
        assert light(walk, now=june(4, 9)) == Light.AMBER

    def test_unanswered_it_is_not_known(self, owner: Person) -> None:
        scored(owner, 2, june(3, 11, 30))
        walk = walked(owner)
        answer(walk, "morning", "fine", now=june(4, 8))
        assert light(walk, now=june(4, 9)) == Light.UNKNOWN

    def test_a_replay_changes_nothing(self, owner: Person) -> None:
        walk = walked(owner)
        for minutes in (0, 7):
            answer(walk, "later", "fine", now=june(3, 16, minutes))
        assert the(walk, "later").answered_at == june(3, 16)

    def test_whoever_meant_the_other_one_can_say_so(self, owner: Person) -> None:
        walk = walked(owner)
        answer(walk, "later", "fine", now=june(3, 16))
        answer(walk, "later", "worse", now=june(3, 16, 1))
        assert the(walk, "later").felt == "worse"

    def test_what_was_tapped_earlier_and_arrives_later_does_not_win(self, owner: Person) -> None:
        walk = walked(owner)
        answer(walk, "later", "worse", now=june(3, 17))
        answer(walk, "later", "fine", at=june(3, 16), now=june(3, 18))
        assert the(walk, "later").felt == "worse"

    def test_a_phone_with_a_slow_clock_does_not_answer_before_the_walk(self, owner: Person) -> None:
        walk = walked(owner)
        answer(walk, "later", "fine", at=june(1), now=june(3, 16))
        assert the(walk, "later").answered_at == NOON

    def test_a_score_that_is_deleted_leaves_the_tap(self, owner: Person) -> None:
        walk = walked(owner)
        answer(walk, "later", "fine", now=june(3, 16))
        entry = scored(owner, 3, june(3, 16, 1), walk=walk, moment="later")
        entry_delete(id=entry.pk, owner=owner, now=june(3, 17))
        assert the(walk, "later").answered_at == june(3, 16)

    @pytest.mark.parametrize("felt", ["", "better", "FINE", "snooze_60"])
    def test_other_words_are_refused(self, owner: Person, felt: str) -> None:
        walk = walked(owner)
        with pytest.raises(Invalid) as refused:
            answer(walk, "later", felt, now=june(3, 16))
        assert list(refused.value.fields) == ["felt"]

    def test_a_time_in_the_future_is_refused(self, owner: Person) -> None:
        walk = walked(owner)
        with pytest.raises(Invalid):
            answer(walk, "later", "fine", at=june(3, 17), now=june(3, 16))

    def test_a_strangers_question_does_not_exist(self, owner: Person, stranger: Person) -> None:
        row = the(walked(owner), "later")
        with pytest.raises(NotFound):
            followups.answer_save(id=row.pk, owner=stranger, felt="fine", now=june(3, 16))

    def test_without_consent_nothing_is_stored(self) -> None:
        nobody = make_person(consent=False)
        with pytest.raises(Forbidden):
            followups.answer_save(id=uuid.uuid4(), owner=nobody, felt="fine", now=NOON)


class TestAfterADay:
    @pytest.fixture
    def walk(self, owner: Person) -> Walk:
        scored(owner, 2, june(3, 11, 30))
        return walked(owner)

    @pytest.mark.parametrize(("number", "asks"), [(1, False), (4, False), (5, True), (9, True)])
    def test_it_is_asked_where_the_morning_was_worse_by_three(
        self, owner: Person, walk: Walk, number: int, asks: bool
    ) -> None:
        scored(owner, number, june(4, 8), walk=walk, moment="morning")
        assert ("day_after" in asked(owner)) is asks
        assert (june(4, 12) in waiting(owner)) is asks

    @pytest.mark.parametrize(("felt", "asks"), [("fine", False), ("worse", True)])
    def test_or_where_it_was_said_to_be(
        self, owner: Person, walk: Walk, felt: str, asks: bool
    ) -> None:
        answer(walk, "morning", felt, now=june(4, 8))
        assert ("day_after" in asked(owner)) is asks

    def test_not_because_of_the_hours_after_the_walk(self, owner: Person, walk: Walk) -> None:
        scored(owner, 8, june(3, 16))
        assert "day_after" not in asked(owner)

    def test_once_and_not_again(self, owner: Person, walk: Walk) -> None:
        key = uuid.uuid4()
        for minutes in range(3):
            scored(owner, 6, june(4, 8, minutes), walk=walk, moment="morning", key=key)
        assert waiting(owner).count(june(4, 12)) == 1

    def test_a_morning_answered_late_puts_it_off(self, owner: Person, walk: Walk) -> None:
        answer(walk, "morning", "worse", now=june(4, 11))
        assert asked(owner)["day_after"] == june(4, 14)

    def test_a_morning_that_is_corrected_takes_it_back(self, owner: Person, walk: Walk) -> None:
        entry = scored(owner, 6, june(4, 8), walk=walk, moment="morning")
        scored(owner, 2, june(4, 8), walk=walk, moment="morning", key=entry.pk, now=june(4, 9))
        assert "day_after" not in asked(owner)
        assert june(4, 12) not in waiting(owner)

    def test_a_score_before_the_walk_that_is_corrected_takes_it_back(
        self, owner: Person, walk: Walk
    ) -> None:
        scored(owner, 6, june(4, 8), walk=walk, moment="morning")
        before = PainEntry.objects.get(score=2)
        scored(owner, 5, june(3, 11, 30), key=before.pk, now=june(4, 9))
        assert "day_after" not in asked(owner)

    def test_its_answer_tells_amber_from_red(self, owner: Person, walk: Walk) -> None:
        answer(walk, "later", "fine", now=june(3, 16))
        answer(walk, "morning", "worse", now=june(4, 8))
        assert light(walk, now=june(4, 9)) == Light.WAITING
        answer(walk, "day_after", "worse", now=june(4, 12))
        assert light(walk, now=june(4, 12)) == Light.RED
        answer(walk, "day_after", "fine", now=june(4, 13))
        assert light(walk, now=june(4, 13)) == Light.AMBER

    def test_one_score_does_not_tell_of_both_the_morning_and_the_day(
        self, owner: Person, walk: Walk
    ) -> None:
        answer(walk, "later", "fine", now=june(3, 16))
        scored(owner, 6, june(4, 9))  # 21 hours after it
        assert asked(owner)["day_after"] == june(4, 12)
        assert light(walk, now=june(4, 9)) == Light.WAITING

    def test_a_score_in_the_diary_answers_it_three_hours_later(
        self, owner: Person, walk: Walk
    ) -> None:
        answer(walk, "later", "fine", now=june(3, 16))
        scored(owner, 6, june(4, 13))
        scored(owner, 6, june(4, 16))
        assert the(walk, "day_after").answered_at == june(4, 16)
        assert light(walk, now=june(4, 16)) == Light.RED

    def test_a_morning_told_of_two_days_later_asks_nothing_more(
        self, owner: Person, walk: Walk
    ) -> None:
        scored(owner, 6, june(4, 8), walk=walk, moment="morning", now=june(5))
        assert "day_after" not in asked(owner)


class TestWhatWaits:
    def test_only_what_is_due_and_open(self, owner: Person) -> None:
        scored(owner, 2, june(3, 11, 30))
        walk = walked(owner)
        for now, found in [
            (june(3, 15, 59), []),
            (june(3, 16), ["later"]),
            (june(3, 20), []),
            (june(4, 8), ["morning"]),
            (june(4, 14), []),
        ]:
            shown = followups.open_of(owner, now=now)
            assert [one.row.which for one in shown] == found
            assert [one.before for one in shown] == [2] * len(found)
        assert walk.owner == owner

    def test_nothing_that_is_answered(self, owner: Person) -> None:
        walk = walked(owner)
        answer(walk, "later", "fine", now=june(3, 16))
        assert followups.open_of(owner, now=june(3, 16, 1)) == []

    def test_nothing_of_a_strangers(self, owner: Person, stranger: Person) -> None:
        walked(owner)
        assert followups.open_of(stranger, now=june(3, 16)) == []

    def test_it_takes_three_queries_for_any_number(
        self, owner: Person, django_assert_num_queries: Any
    ) -> None:
        for hours in range(5):
            walked(owner, NOON - hours * HOUR + MINUTE, now=june(3, 15))
        with django_assert_num_queries(3):
            assert len(followups.open_of(owner, now=june(3, 15, 30))) > 2


def test_a_score_takes_no_more_queries_the_more_walks_there_are(
    owner: Person, django_assert_max_num_queries: Any
) -> None:
    for days in range(1, 20):
        walked(owner, june(days), now=june(20))
    with django_assert_max_num_queries(30):
        scored(owner, 3, june(20))
