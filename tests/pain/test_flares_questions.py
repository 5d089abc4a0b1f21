""" "Ready to step back up?": once a day while a flare goes on, and never again when it is over."""

import json
import threading
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backend.accounts import services as accounts
from backend.accounts.models import Person
from backend.pain import flares
from backend.pain.kinds import STEP_UP
from backend.pain.models import Flare
from backend.push.models import PushSubscription
from backend.reminders import answers, registry
from backend.reminders.models import Delivery, DeliveryState, Hold
from backend.reminders.payload import message_bytes
from tests.conftest import NOW, MakeReminder, make_person
from tests.reminders.conftest import ended, phone, send_due, sink

__all__ = ["phone", "sink"]  # fixtures

pytestmark = [pytest.mark.service, pytest.mark.django_db]

DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)
FIRST = datetime(2026, 6, 4, 8, tzinfo=UTC)  # ten in the morning in Berlin, the day after NOW


def start(owner: Person, at: datetime = NOW) -> Flare:
    flare, _ = flares.flare_start(id=uuid.uuid4(), owner=owner, at=at, now=at)
    return flare


def asked() -> list[datetime]:
    return list(Delivery.objects.order_by("due_at").values_list("due_at", flat=True))


def claim_and_send(at: datetime) -> list[Delivery]:
    flares.claim_step_ups(now=at)
    return send_due(at)


def answer(delivery: Delivery, word: str, *, at: datetime) -> Delivery:
    return answers.answer_save(
        delivery_id=delivery.pk, owner_id=delivery.owner_id, answer=word, now=at
    )


def test_nothing_is_asked_a_second_too_early(owner: Person) -> None:
    start(owner)
    assert flares.claim_step_ups(now=FIRST - SECOND) == 0
    assert asked() == []


def test_the_first_question_comes_on_the_morning_after(owner: Person) -> None:
    flare = start(owner)
    assert flares.claim_step_ups(now=FIRST) == 1
    delivery = Delivery.objects.get()
    assert (delivery.kind, delivery.subject_id, delivery.due_at) == ("step_up", flare.pk, FIRST)
    assert (delivery.owner, delivery.state, delivery.capped) == (owner, "pending", True)


def test_then_it_comes_every_morning_once(owner: Person) -> None:
    start(owner)
    hours = [flares.claim_step_ups(now=FIRST + hour * timedelta(hours=1)) for hour in range(72)]
    assert [hour for hour, claimed in enumerate(hours) if claimed] == [0, 24, 48]
    assert asked() == [FIRST, FIRST + DAY, FIRST + 2 * DAY]


def test_after_an_outage_it_asks_once_and_goes_on_the_next_morning(owner: Person) -> None:
    start(owner)
    flares.claim_step_ups(now=FIRST + 3 * DAY + timedelta(hours=1))
    assert asked() == [FIRST + 3 * DAY]
    assert Flare.objects.get().next_ask_at == FIRST + 4 * DAY


def test_a_morning_that_was_asked_is_not_asked_again(owner: Person) -> None:
    start(owner)
    flares.claim_step_ups(now=FIRST)
    Flare.objects.update(next_ask_at=FIRST)  # as after restoring a backup
    assert flares.claim_step_ups(now=FIRST) == 1
    assert asked() == [FIRST]


def test_a_flare_that_is_over_asks_nothing(owner: Person) -> None:
    flare = start(owner)
    flares.flare_end(id=flare.pk, owner=owner, at=NOW, now=NOW)
    assert flares.claim_step_ups(now=FIRST + DAY) == 0


def test_it_asks_at_ten_across_a_change_of_clocks(owner: Person) -> None:
    start(owner, at=datetime(2026, 10, 23, 10, tzinfo=UTC))
    mornings = [datetime(2026, 10, 24, 8, tzinfo=UTC), datetime(2026, 10, 25, 9, tzinfo=UTC)]
    for morning in mornings:
        flares.claim_step_ups(now=morning - SECOND)
        flares.claim_step_ups(now=morning)
    assert asked() == mornings


def move(person: Person, zone: str, *, now: datetime) -> None:
    accounts.person_update(person=person, change=accounts.PersonChange(time_zone=zone), now=now)


def test_a_flight_moves_the_question_to_ten_where_the_person_lands(owner: Person) -> None:
    start(owner)
    flares.claim_step_ups(now=FIRST)
    move(owner, "America/New_York", now=FIRST + timedelta(hours=3))  # seven in the morning there
    # Today was asked about in Berlin already; the day's question does not come a second time.
    flares.claim_step_ups(now=datetime(2026, 6, 4, 14, tzinfo=UTC))
    flares.claim_step_ups(now=datetime(2026, 6, 5, 14, tzinfo=UTC))
    assert asked() == [FIRST, datetime(2026, 6, 5, 14, tzinfo=UTC)]


def test_a_flight_east_may_bring_the_question_forward(owner: Person) -> None:
    start(owner)
    move(owner, "Pacific/Auckland", now=NOW)
    assert Flare.objects.get().next_ask_at == datetime(2026, 6, 3, 22, tzinfo=UTC)


def test_a_flight_starts_nothing_for_a_flare_that_is_over(owner: Person) -> None:
    flare = start(owner)
    flares.flare_end(id=flare.pk, owner=owner, at=NOW, now=NOW)
    move(owner, "Pacific/Auckland", now=NOW)
    assert Flare.objects.get().next_ask_at is None


def test_it_is_sent_although_the_flare_holds_what_was_planned(
    owner: Person, phone: PushSubscription, make_reminder: MakeReminder
) -> None:
    make_reminder(owner, "10:00")
    make_reminder(owner, "10:00", kind="check_in")
    start(owner)
    states = {one.kind: one.state for one in claim_and_send(FIRST)}
    assert states == {"walk": "skipped", "check_in": "sent", "step_up": "sent"}


def test_a_question_on_its_way_is_dropped_when_the_flare_ends_first(
    owner: Person, phone: PushSubscription
) -> None:
    flare = start(owner)
    flares.claim_step_ups(now=FIRST)
    flares.flare_end(id=flare.pk, owner=owner, at=FIRST, now=FIRST)
    assert [ended(one) for one in send_due(FIRST)] == [("skipped", "ended")]


def test_a_question_about_a_flare_that_was_a_slip_is_dropped(
    owner: Person, phone: PushSubscription
) -> None:
    flare = start(owner)
    flares.claim_step_ups(now=FIRST)
    flares.flare_delete(id=flare.pk, owner=owner)
    assert [ended(one) for one in send_due(FIRST)] == [("skipped", "ended")]


def test_it_takes_a_place_in_the_days_limit(owner: Person, phone: PushSubscription) -> None:
    Person.objects.update(daily_cap=0)
    start(owner)
    assert [ended(one) for one in claim_and_send(FIRST)] == [("skipped", "cap")]


def test_it_waits_for_the_end_of_quiet_hours(owner: Person, phone: PushSubscription) -> None:
    Person.objects.update(quiet_from="08:00", quiet_to="16:00")
    start(owner)
    claim_and_send(FIRST)
    assert [ended(one) for one in send_due(FIRST + timedelta(hours=6))] == [("sent", "")]


def test_nobody_is_nagged_three_without_a_reaction_and_it_asks_weekly(
    owner: Person, phone: PushSubscription
) -> None:
    start(owner)
    sent = [
        day
        for day in range(24)
        for one in claim_and_send(FIRST + day * DAY)
        if one.state == DeliveryState.SENT
    ]
    assert sent == [0, 1, 2, 9, 16, 23]


def test_one_answer_and_it_asks_daily_again(owner: Person, phone: PushSubscription) -> None:
    start(owner)
    for day in range(3):
        (last,) = claim_and_send(FIRST + day * DAY)
    answer(last, "not_yet", at=FIRST + 3 * DAY - SECOND)
    assert [ended(one) for one in claim_and_send(FIRST + 3 * DAY)] == [("sent", "")]


def test_an_earlier_flare_does_not_count_against_a_new_one(
    owner: Person, phone: PushSubscription
) -> None:
    old = start(owner)
    for day in range(3):
        claim_and_send(FIRST + day * DAY)
    flares.flare_end(id=old.pk, owner=owner, at=FIRST + 2 * DAY, now=FIRST + 2 * DAY)
    start(owner, at=FIRST + 2 * DAY)
    assert [ended(one) for one in claim_and_send(FIRST + 3 * DAY)] == [("sent", "")]


def test_ready_ends_the_flare(owner: Person, phone: PushSubscription) -> None:
    start(owner)
    (delivery,) = claim_and_send(FIRST)
    answer(delivery, "ready", at=FIRST + timedelta(hours=1))
    flare = Flare.objects.get()
    assert (flare.ended_at, flare.resume_percent) == (FIRST + timedelta(hours=1), 70)
    assert not Hold.objects.exists()


def test_not_yet_changes_nothing(owner: Person, phone: PushSubscription) -> None:
    start(owner)
    (delivery,) = claim_and_send(FIRST)
    before = Flare.objects.values().get()
    answer(delivery, "not_yet", at=FIRST + timedelta(hours=1))
    assert Flare.objects.values().get() == before
    assert Hold.objects.count() == 1


def test_ready_to_an_old_question_leaves_the_present_flare_alone(
    owner: Person, phone: PushSubscription
) -> None:
    old = start(owner)
    (delivery,) = claim_and_send(FIRST)
    flares.flare_end(id=old.pk, owner=owner, at=FIRST, now=FIRST)
    start(owner, at=FIRST + DAY)
    answer(delivery, "ready", at=FIRST + 2 * DAY)
    assert flares.open_flare(owner, now=FIRST + 2 * DAY) is not None
    assert Hold.objects.count() == 1


def test_ready_to_a_question_about_a_slip_is_simply_noted(
    owner: Person, phone: PushSubscription
) -> None:
    flare = start(owner)
    (delivery,) = claim_and_send(FIRST)
    flares.flare_delete(id=flare.pk, owner=owner)
    assert answer(delivery, "ready", at=FIRST).answer == "ready"


def test_the_planner_knows_the_kind_and_nobody_plans_it_by_hand() -> None:
    assert registry.get("step_up") is STEP_UP
    assert "step_up" not in registry.settable()
    assert (STEP_UP.answers, STEP_UP.quick) == (("ready", "not_yet"),) * 2


def test_a_tap_leads_to_the_flares_own_screen(owner: Person, phone: PushSubscription) -> None:
    owner.lock_screen_details = True
    owner.save()
    start(owner)
    flares.claim_step_ups(now=FIRST)
    delivery = Delivery.objects.select_related("owner").get()
    said = json.loads(message_bytes(delivery, phone))["notification"]
    screen = f"{phone.origin}/flare?kind=step_up&delivery={delivery.pk}"
    assert said["navigate"] == screen
    assert {one["title"]: one["navigate"] for one in said["actions"]} == {
        "I'm ready": f"{screen}&answer=ready",
        "Not yet": f"{screen}&answer=not_yet",
    }


def test_a_batch_takes_as_many_queries_for_ten_as_for_one() -> None:
    def queries(people: int) -> int:
        for _ in range(people):
            start(make_person())
        with CaptureQueriesContext(
            connection,
        ) as found:
            assert flares.claim_step_ups(now=FIRST) == people
        Flare.objects.all().delete()
        return len(found)

    assert queries(1) == queries(10)


def test_a_limit_leaves_the_rest_for_the_next_call() -> None:
    for _ in range(3):
        start(make_person())
    assert [flares.claim_step_ups(now=FIRST, limit=2) for _ in range(3)] == [2, 1, 0]


def test_one_that_is_broken_does_not_hold_up_the_others(owner: Person, stranger: Person) -> None:
    start(owner), start(stranger)
    Person.objects.filter(pk=owner.pk).update(time_zone="Mars/Olympus")
    assert flares.claim_step_ups(now=FIRST) == 2
    assert [one.owner for one in Delivery.objects.all()] == [stranger]
    assert flares.claim_step_ups(now=FIRST) == 0


@pytest.mark.django_db(transaction=True)
def test_workers_that_look_at_the_same_time_ask_everybody_once() -> None:
    people = [make_person() for _ in range(20)]
    for person in people:
        start(person)
    together = threading.Barrier(4)

    def work(_: int) -> Any:
        together.wait()
        try:
            return sum(iter(lambda: flares.claim_step_ups(now=FIRST, limit=3), 0))
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(work, range(4))) == 20
    assert {one.owner_id for one in Delivery.objects.all()} == {one.pk for one in people}
    assert Delivery.objects.count() == 20
