"""A question about a walk on its way to the phone, and the answer on its way back."""

from datetime import datetime, time
from typing import Any

import pytest
from rest_framework.test import APIClient

from backend.accounts.models import Person
from backend.push.models import PushSubscription
from backend.reminders import answers, holds, tokens
from backend.reminders.models import Delivery, HoldReason
from backend.reminders.registry import Moment
from backend.reminders.tokens import Ticket
from backend.walking import followups, standing
from backend.walking.kinds import FOLLOW_UP
from backend.walking.models import FollowUp, Walk
from backend.walking.rules import Light
from backend.walking.walks import walk_delete
from tests.conftest import BrowserKeys
from tests.push.sink import Sink
from tests.reminders.conftest import decrypted, ended, phone, send_due, sink
from tests.walking.asking import HOUR, MINUTE, june, scored, the, walked

__all__ = ["phone", "sink"]  # fixtures

pytestmark = [pytest.mark.service, pytest.mark.django_db]

FOUR = june(3, 16)


@pytest.fixture
def walk(owner: Person, phone: PushSubscription) -> Walk:
    scored(owner, 2, june(3, 11, 30))
    return walked(owner)


def settings(owner: Person, **values: object) -> None:
    Person.objects.filter(pk=owner.pk).update(**values)


def shown(sink: Sink, keys: BrowserKeys) -> dict[str, Any]:
    _, _, body = sink.received[-1]
    notification: dict[str, Any] = decrypted(body, keys)["notification"]
    return notification


def reply(sent: Delivery, choice: str, *, at: datetime) -> Delivery:
    return answers.answer_save(
        delivery_id=sent.pk, owner_id=sent.owner_id, answer=choice, at=at, now=at
    )


def light(walk: Walk, *, now: datetime) -> Light:
    return standing.scores_of([walk], walk.owner, now=now)[walk.pk].light


class TestOnTheLockScreen:
    def test_it_says_nothing_about_health_and_leads_to_its_own_screen(
        self, walk: Walk, sink: Sink, browser_keys: BrowserKeys
    ) -> None:
        (sent,) = send_due(FOUR)
        found = shown(sink, browser_keys)
        assert sent.state == "sent"
        assert not {"back", "pain", "walk"} & set(found["body"].lower().strip(".").split())
        query = f"?kind=follow_up&delivery={sent.pk}"
        assert found["navigate"].endswith(f"/walk/later/{the(walk, 'later').pk}{query}")
        assert [one["action"] for one in found["actions"]] == ["open", "snooze_60"]

    @pytest.mark.parametrize(
        ("locale", "titles"), [("en", ["As before", "Worse"]), ("de", ["Wie davor", "Schlechter"])]
    )
    def test_with_details_both_answers_are_one_tap_away(
        self,
        owner: Person,
        walk: Walk,
        sink: Sink,
        browser_keys: BrowserKeys,
        locale: str,
        titles: list[str],
    ) -> None:
        settings(owner, lock_screen_details=True, locale=locale)
        send_due(FOUR)
        found = shown(sink, browser_keys)
        assert [one["action"] for one in found["actions"]] == ["fine", "worse"]
        assert [one["title"] for one in found["actions"]] == titles


class TestAnswered:
    def test_from_the_lock_screen_without_a_session_it_changes_the_light(
        self, walk: Walk, phone: PushSubscription, visitor: APIClient
    ) -> None:
        for due_at, choice in ((FOUR, "worse"), (june(4, 8), "fine")):
            (sent,) = send_due(due_at)
            ticket = Ticket(delivery_id=sent.pk, owner_id=sent.owner_id, device_id=phone.pk)
            given = {"token": tokens.make(ticket), "answer": choice, "at": due_at.isoformat()}
            found = visitor.post("/api/v1/reminders/answers", given, format="json")
            assert (found.status_code, found.json()["answer"]) == (200, choice)
        assert light(walk, now=june(4, 9)) == Light.AMBER

    def test_worse_in_the_morning_brings_one_more_question_after_a_day(
        self, walk: Walk, phone: PushSubscription
    ) -> None:
        send_due(FOUR)
        (morning,) = send_due(june(4, 8))
        reply(morning, "worse", at=june(4, 8, 5))
        (after_a_day,) = send_due(june(4, 12))
        reply(after_a_day, "worse", at=june(4, 12, 5))
        assert the(walk, "day_after").felt == "worse"

    def test_in_an_hour_means_in_an_hour(self, walk: Walk) -> None:
        (sent,) = send_due(FOUR)
        reply(sent, "snooze_60", at=FOUR + MINUTE)
        (again,) = send_due(FOUR + HOUR + MINUTE)
        assert (again.state, again.subject_id) == ("sent", the(walk, "later").pk)

    def test_in_the_app_it_is_called_back(self, owner: Person, walk: Walk) -> None:
        row = the(walk, "later")
        followups.answer_save(id=row.pk, owner=owner, felt="fine", now=FOUR - MINUTE)
        assert [ended(one) for one in send_due(FOUR)] == [("skipped", "answered")]

    def test_to_a_walk_that_was_deleted_it_is_taken_quietly(
        self, owner: Person, walk: Walk
    ) -> None:
        (sent,) = send_due(FOUR)
        walk_delete(id=walk.pk, owner=owner)
        assert reply(sent, "worse", at=FOUR + MINUTE).answer == "worse"
        assert not FollowUp.objects.exists()

    def test_to_a_walk_that_came_back_it_counts(self, owner: Person, walk: Walk) -> None:
        (sent,) = send_due(FOUR)
        walk_delete(id=walk.pk, owner=owner)
        again = walked(owner, key=walk.pk, now=FOUR + MINUTE)
        reply(sent, "worse", at=FOUR + 2 * MINUTE)
        assert the(again, "later").felt == "worse"

    def test_asked_again_on_another_device_nothing_is_stored_twice(self, walk: Walk) -> None:
        (sent,) = send_due(FOUR)
        for minutes in (1, 9):
            reply(sent, "fine", at=FOUR + minutes * MINUTE)
        assert the(walk, "later").answered_at == FOUR + MINUTE


class TestSentOnce:
    def test_a_walk_that_is_corrected_afterwards_does_not_ask_again(
        self, owner: Person, walk: Walk
    ) -> None:
        send_due(FOUR)
        walked(owner, june(3, 13), key=walk.pk, now=FOUR + MINUTE)
        assert the(walk, "later").due_at == june(3, 17)
        assert send_due(june(3, 17)) == []

    def test_a_walk_that_is_corrected_before_is_asked_about_at_its_new_time(
        self, owner: Person, walk: Walk
    ) -> None:
        walked(owner, june(3, 13), key=walk.pk)
        assert send_due(FOUR) == []
        assert [one.state for one in send_due(june(3, 17))] == ["sent"]


class TestLeftOut:
    def test_where_pain_was_logged_meanwhile(self, owner: Person, walk: Walk) -> None:
        scored(owner, 3, june(3, 15))
        assert [ended(one) for one in send_due(FOUR)] == [("skipped", "done")]

    def test_where_an_outage_left_no_time_for_an_answer(self, walk: Walk) -> None:
        assert [ended(one) for one in send_due(june(3, 20))] == [("skipped", "ended")]

    def test_a_snooze_of_a_deleted_walk(self, owner: Person, walk: Walk) -> None:
        (sent,) = send_due(FOUR)
        reply(sent, "snooze_60", at=FOUR)
        walk_delete(id=walk.pk, owner=owner)
        assert [ended(one) for one in send_due(FOUR + HOUR)] == [("skipped", "ended")]

    def test_quiet_hours_that_came_since_are_waited_for(self, owner: Person, walk: Walk) -> None:
        settings(owner, quiet_from=time(15), quiet_to=time(17))
        (waiting,) = send_due(FOUR)
        assert ended(waiting) == ("pending", "quiet_hours")
        assert [one.state for one in send_due(june(3, 17))] == ["sent"]

    def test_one_that_quiet_hours_held_past_its_time(self, owner: Person, walk: Walk) -> None:
        settings(owner, quiet_from=time(15), quiet_to=time(20))
        send_due(FOUR)
        assert [ended(one) for one in send_due(june(3, 20))] == [("skipped", "ended")]


class TestNotLeftOut:
    def test_by_the_days_limit(self, owner: Person, walk: Walk) -> None:
        settings(owner, daily_cap=0)
        assert [one.state for one in send_due(FOUR)] == ["sent"]

    def test_in_a_flare_or_an_emergency_that_came_since(self, owner: Person, walk: Walk) -> None:
        for reason in (HoldReason.FLARE, HoldReason.EMERGENCY):
            holds.hold(person=owner, kinds=["walk", "move"], reason=reason, until=None)
        assert [one.state for one in send_due(FOUR)] == ["sent"]

    def test_nobody_can_plan_one_by_hand(self) -> None:
        assert not FOLLOW_UP.settable
        assert not FOLLOW_UP.moves


def test_a_hundred_are_looked_at_in_one_query(
    owner: Person, walk: Walk, django_assert_num_queries: Any
) -> None:
    row = the(walk, "later")
    moments = [
        Moment(person=owner, subject_id=row.pk, due_at=FOUR, since=FOUR, slot_before=FOUR, now=FOUR)
    ] * 100
    with django_assert_num_queries(1):
        assert FOLLOW_UP.relevance(moments) == [""] * 100
