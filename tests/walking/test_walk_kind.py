"""The reminder to walk follows the plan: its days, its minutes, and what was walked already."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backend.accounts.models import Person
from backend.push.models import PushSubscription
from backend.reminders import answers, registry
from backend.reminders.models import Delivery
from backend.reminders.registry import Moment
from backend.walking.kinds import WALK
from backend.walking.models import Walk
from backend.walking.plans import plan_days
from tests.conftest import NOW, BrowserKeys, MakeDevice, MakeReminder, make_person
from tests.push.sink import Sink
from tests.reminders.conftest import decrypted, ended, phone, send_due, sink
from tests.walking.asking import BERLIN, MINUTE, june, plan, walked
from tests.walking.gating import answer as answer_gate

__all__ = ["phone", "sink"]  # fixtures

pytestmark = [pytest.mark.service, pytest.mark.django_db]

DAY = timedelta(days=1)
WEDNESDAY, THURSDAY = june(3, 17, 30), june(4, 17, 30)


def done(sent: Delivery, *, at: datetime) -> None:
    answers.answer_save(delivery_id=sent.pk, owner_id=sent.owner_id, answer="done", at=at, now=at)


def body(sink: Sink, keys: BrowserKeys) -> str:
    _, _, sealed = sink.received[-1]
    return str(decrypted(sealed, keys)["notification"]["body"])


@pytest.fixture
def reminded(owner: Person, phone: PushSubscription, make_reminder: MakeReminder) -> Person:
    """Every day at 17:30."""
    make_reminder(owner)
    return owner


class TestSent:
    def test_on_a_day_of_the_plan(self, reminded: Person) -> None:
        plan(reminded)
        assert [one.state for one in send_due(WEDNESDAY)] == ["sent"]

    def test_not_on_a_day_that_the_plan_leaves_free(self, reminded: Person) -> None:
        plan(reminded)
        send_due(WEDNESDAY)
        assert [ended(one) for one in send_due(THURSDAY)] == [("skipped", "rest_day")]

    def test_on_every_day_without_a_plan(self, reminded: Person) -> None:
        for at in (WEDNESDAY, THURSDAY):
            assert [one.state for one in send_due(at)] == ["sent"]

    def test_days_that_were_changed_hold_from_then_on(self, reminded: Person) -> None:
        started = plan(reminded)
        send_due(WEDNESDAY)
        plan_days(id=started.pk, owner=reminded, days=[3], now=june(4, 9))
        assert [one.state for one in send_due(THURSDAY)] == ["sent"]

    def test_not_while_the_gate_speaks_against_it(self, reminded: Person) -> None:
        plan(reminded)
        answer_gate(reminded, "osteoporosis", now=NOW + MINUTE)
        assert [ended(one) for one in send_due(WEDNESDAY)] == [("skipped", "gate")]

    def test_not_after_a_walk_of_ones_own(self, reminded: Person) -> None:
        walked(reminded, june(3, 16))
        found = [one for one in send_due(WEDNESDAY) if one.kind == "walk"]
        assert [ended(one) for one in found] == [("skipped", "done")]

    def test_a_strangers_plan_changes_nothing(self, reminded: Person, stranger: Person) -> None:
        plan(stranger, days=[0])
        assert [one.state for one in send_due(WEDNESDAY)] == ["sent"]

    def test_whose_day_goes_on_past_midnight_is_reminded_by_it(self, reminded: Person) -> None:
        Person.objects.filter(pk=reminded.pk).update(day_ends_at=3)
        reminded.refresh_from_db()
        plan(reminded, days=[2])
        late = june(4, 1)
        moment = Moment(
            person=reminded, subject_id=None, due_at=late, since=late, slot_before=late, now=late
        )
        assert WALK.relevance([moment]) == [""]


class TestDone:
    def test_it_becomes_a_walk_of_the_planned_minutes(self, reminded: Person) -> None:
        plan(reminded)
        (sent,) = send_due(WEDNESDAY)
        at = WEDNESDAY + 40 * MINUTE
        done(sent, at=at)
        walk = Walk.objects.get(owner=reminded)
        assert (walk.source, walk.seconds, walk.planned_minutes) == ("reminder", 480, 8)
        assert (walk.ended_at, walk.started_at) == (at, at - 8 * MINUTE)

    def test_which_is_asked_about_like_any_other(self, reminded: Person) -> None:
        plan(reminded)
        (sent,) = send_due(WEDNESDAY)
        done(sent, at=WEDNESDAY)
        found = Delivery.objects.filter(kind="follow_up").order_by("due_at")
        assert [one.due_at.astimezone(BERLIN) for one in found] == [june(3, 21, 30), june(4, 8)]

    def test_not_where_a_walk_of_that_day_is_there_already(self, reminded: Person) -> None:
        plan(reminded)
        (sent,) = send_due(WEDNESDAY)
        walked(reminded, june(3, 18))
        done(sent, at=june(3, 18, 5))
        assert Walk.objects.filter(owner=reminded).count() == 1

    def test_without_a_plan_it_is_only_an_answer(self, reminded: Person) -> None:
        (sent,) = send_due(WEDNESDAY)
        done(sent, at=WEDNESDAY)
        assert not Walk.objects.exists()

    def test_a_replay_makes_no_second_walk(self, reminded: Person) -> None:
        plan(reminded)
        (sent,) = send_due(WEDNESDAY)
        for minutes in (0, 30):
            done(sent, at=WEDNESDAY + minutes * MINUTE)
        assert Walk.objects.filter(owner=reminded).count() == 1


class TestTheMinutes:
    @pytest.mark.parametrize(
        ("locale", "said"),
        [
            ("en", "Time for your walk: 8 minutes, easy pace."),
            ("de", "Zeit für deinen Spaziergang: 8 Minuten, in leichtem Tempo."),
        ],
    )
    def test_stand_on_a_lock_screen_with_details(
        self,
        reminded: Person,
        sink: Sink,
        browser_keys: BrowserKeys,
        locale: str,
        said: str,
    ) -> None:
        Person.objects.filter(pk=reminded.pk).update(lock_screen_details=True, locale=locale)
        plan(reminded)
        send_due(WEDNESDAY)
        assert body(sink, browser_keys) == said

    def test_stand_on_no_other(
        self, reminded: Person, sink: Sink, browser_keys: BrowserKeys
    ) -> None:
        plan(reminded)
        send_due(WEDNESDAY)
        assert body(sink, browser_keys) == "Time for your walk, at your own pace."

    def test_are_left_out_where_there_is_no_plan(
        self, reminded: Person, sink: Sink, browser_keys: BrowserKeys
    ) -> None:
        Person.objects.filter(pk=reminded.pk).update(lock_screen_details=True)
        send_due(WEDNESDAY)
        said = body(sink, browser_keys)
        assert said == "Time for your walk. As far as your back is happy with."


class TestWhatItCosts:
    def queries(self, at: datetime) -> list[str]:
        with CaptureQueriesContext(connection) as found:
            send_due(at)
        return [query["sql"] for query in found]

    def test_nothing_is_asked_about_minutes_that_nobody_wants(
        self, reminded: Person, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def facts(_moments: Any) -> Any:
            raise AssertionError

        monkeypatch.setitem(registry._kinds, "walk", replace(WALK, facts=facts))
        plan(reminded)
        assert [one.state for one in send_due(WEDNESDAY)] == ["sent"]

    def test_as_many_queries_for_eight_people_as_for_two(
        self,
        phone: PushSubscription,
        sink: Sink,
        make_device: MakeDevice,
        make_reminder: MakeReminder,
    ) -> None:
        counts = []
        for number, at in ((2, WEDNESDAY), (8, WEDNESDAY + 7 * DAY)):
            for _ in range(number):
                person = make_person(locale="de")
                Person.objects.filter(pk=person.pk).update(lock_screen_details=True)
                plan(person)
                make_device(person, endpoint=f"{sink.origin}/{person.pk}")
                make_reminder(person, now=at - MINUTE)
            counts.append(len(self.queries(at)))
        assert counts[1] <= counts[0] + 2  # bulk writes of SQLite come one by one
