"""What keeps a due reminder from leaving, seen from outside: ticks, a push service, reasons."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from django.db import connection

from backend.accounts.models import Person
from backend.push.models import PushSubscription
from backend.push.sending import Urgency
from backend.reminders import answers, claims, registry, sending, services
from backend.reminders.models import Delivery, Reminder
from backend.reminders.registry import Kind
from tests.conftest import NOW, MakeDevice, MakeReminder, make_person
from tests.push.sink import Sink
from tests.reminders.conftest import ended, send_due

pytestmark = [pytest.mark.service, pytest.mark.django_db]

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
ALL_DAY = {"days": [0, 1, 2, 3, 4, 5, 6], "from": "12:30", "to": "20:00", "every_minutes": 30}
FIRST = NOW + timedelta(minutes=30)  # 12:30 in Berlin


@pytest.fixture
def kinds() -> Iterator[dict[str, Kind]]:
    """Kinds that later apps have: a safety prompt, one that waits, one that the app suggests."""
    made = {
        "alarm": Kind(name="alarm", ttl=HOUR, urgency=Urgency.HIGH, safety=True),
        "patient": Kind(name="patient", ttl=HOUR, urgency=Urgency.NORMAL, defers=True),
        "idea": Kind(name="idea", ttl=HOUR, urgency=Urgency.LOW, suggested=True),
    }
    registry._kinds.update(made)
    words = registry.Kind.words
    registry.Kind.words = lambda *_, **__: ("Backstep", "Hello.")  # type: ignore[method-assign]
    yield made
    registry.Kind.words = words  # type: ignore[method-assign]
    for name in made:
        del registry._kinds[name]


def suggest(person: Person, kind: str, key: str, *, at: datetime) -> None:
    services.schedule_once(kind=kind, person=person, dedupe_key=key, due_at=at)


def quiet(person: Person, start: str, end: str) -> None:
    person.quiet_from, person.quiet_to = time.fromisoformat(start), time.fromisoformat(end)
    person.save()


class TestQuietHours:
    def test_what_falls_into_them_is_dropped(
        self, owner: Person, phone: PushSubscription, make_reminder: MakeReminder, due_at: datetime
    ) -> None:
        make_reminder(owner)
        quiet(owner, "17:30", "18:00")
        (found,) = send_due(due_at)
        assert ended(found) == ("skipped", "quiet_hours")

    @pytest.mark.parametrize(("start", "end"), [("17:31", "18:00"), ("22:00", "17:30")])
    def test_their_edges_are_first_minute_in_last_minute_out(
        self, owner: Person, phone: PushSubscription, make_reminder: MakeReminder,
        due_at: datetime, start: str, end: str,
    ) -> None:  # fmt: skip
        make_reminder(owner)
        quiet(owner, start, end)
        assert [one.state for one in send_due(due_at)] == ["sent"]

    @pytest.mark.parametrize("kind", ["alarm", "patient"])
    def test_a_kind_that_waits_comes_at_their_end_though_its_ttl_is_over(
        self, owner: Person, phone: PushSubscription, kinds: object, kind: str
    ) -> None:
        quiet(owner, "22:00", "07:00")
        night = datetime(2026, 6, 3, 21, tzinfo=UTC)  # 23:00 in Berlin
        suggest(owner, kind, "x", at=night)
        (waiting,) = send_due(night)
        assert ended(waiting) == ("pending", "quiet_hours")
        morning = datetime(2026, 6, 4, 5, tzinfo=UTC)
        assert send_due(morning - MINUTE) == []
        (found,) = send_due(morning)
        assert found.state == "sent"

    def test_waiting_does_not_count_as_killing_workers(
        self, owner: Person, phone: PushSubscription, kinds: object
    ) -> None:
        quiet(owner, "22:00", "07:00")
        night = datetime(2026, 6, 3, 21, tzinfo=UTC)
        suggest(owner, "alarm", "x", at=night)
        send_due(night)
        found = Delivery.objects.get()
        assert (found.lease, found.retries) == (1, 1)


class TestTheDailyCap:
    @pytest.fixture(autouse=True)
    def two_a_day(self, owner: Person) -> None:
        owner.daily_cap = 2
        owner.save()

    def test_prompts_end_when_the_day_is_full_and_begin_again_tomorrow(
        self, owner: Person, phone: PushSubscription, make_reminder: MakeReminder
    ) -> None:
        make_reminder(owner, kind="move", schedule=ALL_DAY)
        today = [ended(one) for step in range(4) for one in send_due(FIRST + step * HOUR / 2)]
        assert today == [("sent", "")] * 2 + [("skipped", "cap")] * 2
        assert [one.state for one in send_due(FIRST + DAY)] == ["sent"]

    def test_what_the_app_suggests_counts_too(
        self, owner: Person, phone: PushSubscription, kinds: object
    ) -> None:
        for number in range(3):
            suggest(owner, "idea", f"idea:{number}", at=NOW)
        found = sorted(ended(one) for one in send_due(NOW))
        assert found == [("sent", ""), ("sent", ""), ("skipped", "cap")]

    def test_a_time_the_person_set_is_honoured(
        self, owner: Person, phone: PushSubscription, make_reminder: MakeReminder, kinds: object,
        due_at: datetime,
    ) -> None:  # fmt: skip
        for number in range(3):
            suggest(owner, "idea", f"idea:{number}", at=NOW)
        send_due(NOW)
        make_reminder(owner)
        assert [one.state for one in send_due(due_at)] == ["sent"]

    def test_a_safety_prompt_is_not_counted_and_not_held_back(
        self, owner: Person, phone: PushSubscription, kinds: object
    ) -> None:
        for number in range(4):
            suggest(owner, "alarm", f"alarm:{number}", at=NOW)
        assert [one.state for one in send_due(NOW)] == ["sent"] * 4

    def test_another_try_keeps_its_place_and_takes_no_second(
        self, owner: Person, phone: PushSubscription, kinds: object, sink: Sink
    ) -> None:
        sink.statuses = [503, 201]
        suggest(owner, "idea", "first", at=NOW)
        send_due(NOW)
        for number in range(2):
            suggest(owner, "idea", f"idea:{number}", at=NOW + MINUTE)
        found = send_due(NOW + MINUTE)
        assert [one.state for one in found].count("sent") == 2

    def test_a_strangers_day_is_their_own(
        self, owner: Person, stranger: Person, phone: PushSubscription, make_device: MakeDevice,
        kinds: object, sink: Sink,
    ) -> None:  # fmt: skip
        make_device(stranger, endpoint=f"{sink.origin}/stranger")
        for number in range(3):
            suggest(owner, "idea", f"idea:{number}", at=NOW)
        suggest(stranger, "idea", "theirs", at=NOW)
        send_due(NOW)
        assert Delivery.objects.get(dedupe_key="theirs").state == "sent"


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_do_not_take_the_last_place_twice(
    sink: Sink, make_device: MakeDevice, kinds: object
) -> None:
    person = make_person()
    person.daily_cap = 1
    person.save()
    make_device(person, endpoint=f"{sink.origin}/phone")
    for number in range(6):
        suggest(person, "idea", f"idea:{number}", at=NOW)
    batches = [[claim] for claim in claims.claim_deliveries(now=NOW)]
    start = threading.Barrier(len(batches))

    def work(batch: list[claims.Claim]) -> None:
        try:
            start.wait(timeout=10)
            sending.send_claims(batch, clock=lambda: NOW)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=[batch]) for batch in batches]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert Delivery.objects.filter(state="sent").count() == 1
    assert len(sink.received) == 1


class TestBackOff:
    @pytest.fixture
    def walk(self, owner: Person, phone: PushSubscription, make_reminder: MakeReminder) -> Reminder:
        return make_reminder(owner)

    def days(self, first: datetime, count: int) -> list[tuple[str, str, bool]]:
        found = [one for day in range(count) for one in send_due(first + day * DAY)]
        return [(*ended(one), one.question) for one in found]

    def test_after_three_ignored_it_asks_once_and_rests(
        self, walk: Reminder, due_at: datetime
    ) -> None:
        assert self.days(due_at, 6) == [
            ("sent", "", False), ("sent", "", False), ("sent", "", False), ("sent", "", True),
            ("skipped", "resting", False), ("skipped", "resting", False),
        ]  # fmt: skip
        walk.refresh_from_db()
        assert walk.resting

    def test_after_a_week_it_tries_once_more(self, walk: Reminder, due_at: datetime) -> None:
        assert [state for state, _, _ in self.days(due_at, 12)[4:]] == [
            *["skipped"] * 6, "sent", "skipped",
        ]  # fmt: skip

    @pytest.mark.parametrize("reaction", ["answer", "open"])
    def test_any_reaction_wakes_it(self, walk: Reminder, due_at: datetime, reaction: str) -> None:
        self.days(due_at, 4)
        last, now = Delivery.objects.latest("due_at"), due_at + 3 * DAY + MINUTE
        mine: dict[str, Any] = {"delivery_id": last.pk, "owner_id": last.owner_id, "now": now}
        if reaction == "open":
            answers.opened(**mine)
        else:
            answers.answer_save(answer="done", **mine)
        assert self.days(due_at + 4 * DAY, 1) == [("sent", "", False)]

    def test_saving_it_wakes_it(
        self, owner: Person, walk: Reminder, due_at: datetime, make_reminder: MakeReminder
    ) -> None:
        self.days(due_at, 5)
        make_reminder(owner, "18:00", id=walk.pk, now=due_at + 4 * DAY + HOUR)
        assert self.days(due_at + 5 * DAY + HOUR, 1) == [("sent", "", False)]

    def test_whoever_does_it_unasked_is_not_ignoring_it(
        self, owner: Person, phone: PushSubscription, make_reminder: MakeReminder,
        due_at: datetime, save_score: Any,
    ) -> None:  # fmt: skip
        make_reminder(owner, kind="check_in")
        for day in range(6):
            now = due_at + day * DAY
            (found,) = send_due(now)
            assert (ended(found), found.question) == (("sent", ""), False)
            save_score(owner, at=now + 5 * MINUTE, now=now + 5 * MINUTE)

    def test_swiping_it_away_is_no_reaction(self, walk: Reminder, due_at: datetime) -> None:
        self.days(due_at, 3)
        Delivery.objects.update(dismissed_at=due_at)
        assert self.days(due_at + 3 * DAY, 1) == [("sent", "", True)]

    def test_prompts_rest_until_the_next_day(
        self, owner: Person, phone: PushSubscription, make_reminder: MakeReminder
    ) -> None:
        make_reminder(owner, kind="move", schedule=ALL_DAY)
        today = [ended(one) for step in range(6) for one in send_due(FIRST + step * HOUR / 2)]
        assert today == [("sent", "")] * 4 + [("skipped", "resting")] * 2
        tomorrow = [ended(one) for step in range(2) for one in send_due(FIRST + DAY + step * HOUR)]
        assert tomorrow == [("sent", ""), ("skipped", "resting")]


class TestAlreadyDone:
    def test_a_slot_that_was_answered_done_silences_a_second_reminder_of_the_kind(
        self, owner: Person, phone: PushSubscription, make_reminder: MakeReminder, due_at: datetime
    ) -> None:
        make_reminder(owner, "17:30")
        make_reminder(owner, "18:30")
        (first,) = send_due(due_at)
        answers.answer_save(
            delivery_id=first.pk, owner_id=owner.pk, answer="done", now=due_at + MINUTE
        )
        assert [ended(one) for one in send_due(due_at + HOUR)] == [("skipped", "done")]

    def test_a_late_done_belongs_to_its_own_slot(
        self, owner: Person, phone: PushSubscription, make_reminder: MakeReminder, due_at: datetime
    ) -> None:
        """Answered the next day, a minute before the next one: that one still comes."""
        make_reminder(owner)
        (first,) = send_due(due_at)
        late = due_at + DAY - MINUTE
        answers.answer_save(delivery_id=first.pk, owner_id=owner.pk, answer="done", now=late)
        assert [one.state for one in send_due(due_at + DAY)] == ["sent"]

    @pytest.mark.parametrize(
        ("minutes_before", "state"), [(1, "skipped"), (284, "skipped"), (286, "sent")]
    )
    def test_between_two_slots_the_middle_divides(
        self, owner: Person, phone: PushSubscription, make_reminder: MakeReminder, save_score: Any,
        due_at: datetime, minutes_before: int, state: str,
    ) -> None:  # fmt: skip
        """08:00 and 17:30: what is scored before 12:45 belongs to the morning."""
        make_reminder(owner, "08:00", "17:30", kind="check_in")
        save_score(owner, at=due_at - minutes_before * MINUTE, now=due_at)
        assert [one.state for one in send_due(due_at)] == [state]


def test_an_erased_person_is_written_to_no_more(
    owner: Person,
    phone: PushSubscription,
    make_reminder: MakeReminder,
    due_at: datetime,
    sink: Sink,
) -> None:
    make_reminder(owner)
    batch = claims.claim_reminders(now=due_at)
    owner.delete()
    sending.send_claims(batch, clock=lambda: due_at)
    assert sink.received == []
