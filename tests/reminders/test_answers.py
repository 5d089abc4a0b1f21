"""Answering a message: once, by token or session, and what hangs on each answer."""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from rest_framework.test import APIClient

from backend.accounts.models import Person
from backend.push.models import PushSubscription
from backend.reminders import answers, holds, services, tokens
from backend.reminders.models import Delivery, DeliveryState, HoldReason, Reminder
from backend.reminders.tokens import Ticket
from tests.conftest import NOW, MakeReminder
from tests.reminders.conftest import ended, send_due

pytestmark = [pytest.mark.service, pytest.mark.django_db]

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


@pytest.fixture
def walk(owner: Person, phone: PushSubscription, make_reminder: MakeReminder) -> Reminder:
    return make_reminder(owner)


@pytest.fixture
def sent(walk: Reminder, due_at: datetime) -> Delivery:
    (delivery,) = send_due(due_at)
    return delivery


def answer(delivery: Delivery, choice: str, *, at: datetime) -> Delivery:
    return answers.answer_save(
        delivery_id=delivery.pk, owner_id=delivery.owner_id, answer=choice, now=at
    )


def ticket_of(delivery: Delivery, device: PushSubscription) -> Ticket:
    return Ticket(delivery_id=delivery.pk, owner_id=delivery.owner_id, device_id=device.pk)


class TestWhatHangsOnAnAnswer:
    def test_done_is_kept_with_its_time(self, sent: Delivery, due_at: datetime) -> None:
        found = answer(sent, "done", at=due_at + MINUTE)
        assert (found.answer, found.answered_at) == ("done", due_at + MINUTE)

    @pytest.mark.parametrize(("choice", "wait"), [("snooze_15", 15 * MINUTE), ("snooze_60", HOUR)])
    def test_a_snooze_comes_back_once(
        self, sent: Delivery, due_at: datetime, choice: str, wait: timedelta
    ) -> None:
        answer(sent, choice, at=due_at + MINUTE)
        back = due_at + MINUTE + wait
        assert send_due(back - MINUTE) == []
        (again,) = send_due(back)
        assert (again.state, again.reminder_id) == (DeliveryState.SENT, sent.reminder_id)
        assert send_due(back + HOUR) == []

    def test_what_was_done_meanwhile_does_not_come_back(
        self, sent: Delivery, due_at: datetime
    ) -> None:
        """Put off on the watch, then answered on the phone: the second message is moot."""
        answer(sent, "snooze_15", at=due_at + MINUTE)
        other = Delivery.objects.create(
            owner=sent.owner, kind="walk", reminder=sent.reminder, due_at=due_at, dedupe_key="o",
            state=DeliveryState.SENT, ended_at=due_at,
        )  # fmt: skip
        answer(other, "done", at=due_at + 2 * MINUTE)
        (again,) = send_due(due_at + 20 * MINUTE)
        assert ended(again) == (DeliveryState.SKIPPED, "done")

    def test_a_snooze_of_a_deleted_reminder_goes_with_it(
        self, sent: Delivery, walk: Reminder, due_at: datetime
    ) -> None:
        answer(sent, "snooze_15", at=due_at)
        services.reminder_delete(id=walk.pk, owner=walk.owner)
        assert send_due(due_at + HOUR) == []

    def test_skip_today_is_quiet_until_midnight_where_the_person_is(
        self, owner: Person, sent: Delivery, due_at: datetime
    ) -> None:
        answer(sent, "skip_today", at=due_at)
        (hold,) = holds.active_holds(owner_id=owner.pk, now=due_at)
        assert (hold.reason, hold.kinds) == (HoldReason.SKIP_TODAY, ["walk"])
        assert hold.until == datetime(2026, 6, 3, 22, tzinfo=UTC)  # midnight in Berlin

    def test_skip_today_leaves_other_kinds_and_tomorrow_alone(
        self, owner: Person, sent: Delivery, due_at: datetime, make_reminder: MakeReminder
    ) -> None:
        make_reminder(owner, "18:30", kind="check_in")
        make_reminder(owner, "19:00")
        answer(sent, "skip_today", at=due_at)
        found = [ended(one) for one in send_due(due_at + 2 * HOUR)]
        assert found == [("sent", ""), ("skipped", "held")]
        tomorrow = send_due(due_at + timedelta(days=1))
        assert [one.state for one in tomorrow] == ["sent"]

    def test_not_for_an_hour_keeps_prompts_quiet_and_the_window_goes_on(
        self, owner: Person, phone: PushSubscription, make_reminder: MakeReminder
    ) -> None:
        window = {"days": [2], "from": "13:00", "to": "17:00", "every_minutes": 30}
        make_reminder(owner, kind="move", schedule=window)
        start = NOW + HOUR  # 13:00 in Berlin
        (first,) = send_due(start)
        answer(first, "snooze_60", at=start)
        states = [ended(one) for step in range(1, 4) for one in send_due(start + step * HOUR / 2)]
        assert states == [("skipped", "held"), ("sent", ""), ("sent", "")]

    def test_an_answer_that_was_kept_on_the_phone_counts_from_when_it_was_tapped(
        self, sent: Delivery, due_at: datetime
    ) -> None:
        tapped = due_at + MINUTE
        answers.answer_save(
            delivery_id=sent.pk,
            owner_id=sent.owner_id,
            answer="snooze_15",
            at=tapped,
            now=due_at + 10 * MINUTE,
        )
        assert Delivery.objects.get(state="pending").due_at == tapped + 15 * MINUTE

    def test_a_snooze_that_arrives_hours_late_wakes_nobody(
        self, sent: Delivery, due_at: datetime
    ) -> None:
        answers.answer_save(
            delivery_id=sent.pk,
            owner_id=sent.owner_id,
            answer="snooze_15",
            at=due_at,
            now=due_at + 5 * HOUR,
        )
        assert not Delivery.objects.filter(state="pending").exists()

    @pytest.mark.parametrize("tapped", [timedelta(days=-400), timedelta(days=400)])
    def test_a_phone_with_a_wrong_clock_is_put_right(
        self, sent: Delivery, due_at: datetime, tapped: timedelta
    ) -> None:
        now = due_at + HOUR
        found = answers.answer_save(
            delivery_id=sent.pk, owner_id=sent.owner_id, answer="done", at=NOW + tapped, now=now
        )
        assert found.answered_at in {due_at, now}

    def test_what_is_still_on_its_way_to_another_device_is_called_back(
        self, owner: Person, phone: PushSubscription, tablet: PushSubscription, sink: Any,
        walk: Reminder, due_at: datetime,
    ) -> None:  # fmt: skip
        sink.by_path = {"/tablet": 503}
        (waiting,) = send_due(due_at)
        answer(waiting, "done", at=due_at + MINUTE)
        sink.received.clear()
        (over,) = send_due(due_at + 5 * MINUTE)
        assert ended(over) == (DeliveryState.SENT, "")
        assert sink.received == []


class TestOnceAndNoOtherwise:
    def test_a_replay_answers_with_the_first_result(
        self, as_owner: APIClient, sent: Delivery
    ) -> None:
        url = f"/api/v1/reminders/deliveries/{sent.pk}/answer"
        first, again = (as_owner.put(url, {"answer": "snooze_15"}, format="json") for _ in range(2))
        assert (first.status_code, again.status_code) == (200, 200)
        assert first.json() == again.json()
        assert Delivery.objects.filter(dedupe_key__startswith="snooze").count() == 1

    def test_a_different_answer_is_a_conflict_and_changes_nothing(
        self, as_owner: APIClient, sent: Delivery
    ) -> None:
        url = f"/api/v1/reminders/deliveries/{sent.pk}/answer"
        as_owner.put(url, {"answer": "done"}, format="json")
        other = as_owner.put(url, {"answer": "skip_today"}, format="json")
        assert (other.status_code, other.json()["code"]) == (409, "answered_otherwise")
        assert Delivery.objects.get(pk=sent.pk).answer == "done"

    @pytest.mark.parametrize("choice", ["open", "", "DONE", "better", "x" * 21, None, 1, ["done"]])
    def test_an_answer_that_the_kind_does_not_know_is_refused(
        self, as_owner: APIClient, sent: Delivery, choice: object
    ) -> None:
        url = f"/api/v1/reminders/deliveries/{sent.pk}/answer"
        refused = as_owner.put(url, {"answer": choice}, format="json")
        assert refused.status_code == 400
        assert list(refused.json()["fields"]) == ["answer"]


class TestByToken:
    URL = "/api/v1/reminders/answers"

    def test_a_notification_answers_without_a_session(
        self, visitor: APIClient, phone: PushSubscription, sent: Delivery
    ) -> None:
        token = tokens.make(ticket_of(sent, phone))
        found = visitor.post(self.URL, {"token": token, "answer": "done"}, format="json")
        assert (found.status_code, found.json()["answer"]) == (200, "done")

    def test_replayed_it_is_200_and_with_another_answer_409(
        self, visitor: APIClient, phone: PushSubscription, sent: Delivery
    ) -> None:
        token = tokens.make(ticket_of(sent, phone))
        given = [
            visitor.post(self.URL, {"token": token, "answer": choice}, format="json").status_code
            for choice in ("done", "done", "snooze_15", "done")
        ]
        assert given == [200, 200, 409, 200]

    def test_a_forged_one_changes_nothing(self, visitor: APIClient, sent: Delivery) -> None:
        forged = visitor.post(self.URL, {"token": "forged", "answer": "done"}, format="json")
        assert (forged.status_code, forged.json()["code"]) == (403, "token_invalid")
        assert Delivery.objects.get(pk=sent.pk).answer == ""

    def test_an_expired_one_can_be_sent_again_under_the_session(
        self, visitor: APIClient, as_owner: APIClient, phone: PushSubscription, sent: Delivery
    ) -> None:
        with time_machine.travel(NOW, tick=False):
            token = tokens.make(ticket_of(sent, phone))
        expired = visitor.post(self.URL, {"token": token, "answer": "done"}, format="json")
        assert (expired.status_code, expired.json()["code"]) == (403, "token_expired")
        url = f"/api/v1/reminders/deliveries/{sent.pk}/answer"
        assert as_owner.put(url, {"answer": "done"}, format="json").status_code == 200

    def test_one_that_names_another_person_finds_nothing(
        self, visitor: APIClient, stranger: Person, phone: PushSubscription, sent: Delivery
    ) -> None:
        ticket = Ticket(delivery_id=sent.pk, owner_id=stranger.pk, device_id=phone.pk)
        given = {"token": tokens.make(ticket), "answer": "done"}
        assert visitor.post(self.URL, given, format="json").status_code == 404

    def test_it_outlives_its_person_by_nothing(
        self, visitor: APIClient, owner: Person, phone: PushSubscription, sent: Delivery
    ) -> None:
        given = {"token": tokens.make(ticket_of(sent, phone)), "answer": "done"}
        owner.delete()
        assert visitor.post(self.URL, given, format="json").status_code == 404


class TestReceipts:
    URL = "/api/v1/reminders/receipts"

    @pytest.mark.parametrize("event", ["shown", "opened", "dismissed"])
    def test_the_first_of_each_sort_is_kept(
        self, visitor: APIClient, phone: PushSubscription, sent: Delivery, event: str
    ) -> None:
        given = {"token": tokens.make(ticket_of(sent, phone)), "event": event}
        times = set()
        for hour in range(2):
            with time_machine.travel(datetime.now(UTC) + hour * HOUR, tick=False):
                assert visitor.post(self.URL, given, format="json").status_code == 204
            times.add(getattr(Delivery.objects.get(pk=sent.pk), f"{event}_at"))
        assert len(times - {None}) == 1

    def test_a_receipt_is_a_sign_of_life_of_its_device(
        self, visitor: APIClient, phone: PushSubscription, tablet: PushSubscription, sent: Delivery
    ) -> None:
        before = tablet.last_heard_at
        given = {"token": tokens.make(ticket_of(sent, phone)), "event": "shown"}
        visitor.post(self.URL, given, format="json")
        phone.refresh_from_db()
        tablet.refresh_from_db()
        assert phone.last_heard_at > before
        assert tablet.last_heard_at == before

    @pytest.mark.parametrize("event", ["", "seen", None, "SHOWN"])
    def test_an_unknown_event_is_refused(
        self, visitor: APIClient, phone: PushSubscription, sent: Delivery, event: object
    ) -> None:
        given = {"token": tokens.make(ticket_of(sent, phone)), "event": event}
        assert visitor.post(self.URL, given, format="json").status_code == 400

    def test_opening_it_in_the_app_counts(self, as_owner: APIClient, sent: Delivery) -> None:
        assert as_owner.put(f"/api/v1/reminders/deliveries/{sent.pk}/opened").status_code == 204
        assert Delivery.objects.get(pk=sent.pk).opened_at is not None


def test_a_token_of_a_delivery_that_never_was_finds_nothing(visitor: APIClient, db: None) -> None:
    ticket = Ticket(delivery_id=uuid.uuid4(), owner_id=uuid.uuid4(), device_id=uuid.uuid4())
    given = {"token": tokens.make(ticket), "answer": "done"}
    assert visitor.post("/api/v1/reminders/answers", given, format="json").status_code == 404
