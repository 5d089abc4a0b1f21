"""Pauses: what they keep quiet, how long, and who may end them."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from rest_framework.test import APIClient

from backend.accounts.models import Person
from backend.core.errors import Invalid
from backend.push.models import PushSubscription
from backend.reminders import holds
from backend.reminders.holds import Span
from backend.reminders.models import DeliveryState, Hold, HoldReason
from tests.conftest import NOW, MakeReminder
from tests.reminders.conftest import ended, send_due

pytestmark = [pytest.mark.service, pytest.mark.django_db]

SECOND = timedelta(seconds=1)


def pause(owner: Person, span: Span = Span.TODAY, kinds: list[str] | None = None) -> Hold:
    found, _ = holds.pause_save(id=uuid.uuid4(), owner=owner, span=span, kinds=kinds, now=NOW)
    return found


@pytest.mark.parametrize(
    ("span", "until"),
    [
        (Span.TODAY, datetime(2026, 6, 3, 22, tzinfo=UTC)),
        (Span.WEEK, datetime(2026, 6, 9, 22, tzinfo=UTC)),
    ],
)
def test_it_ends_at_midnight_where_the_person_is(
    owner: Person, span: Span, until: datetime
) -> None:
    assert pause(owner, span).until == until


def test_a_pause_over_a_change_of_clocks_ends_at_midnight_too(owner: Person) -> None:
    before = datetime(2026, 10, 24, 10, tzinfo=UTC)
    assert holds.midnight_after(before, owner.tz, days=1) == datetime(2026, 10, 24, 22, tzinfo=UTC)
    assert holds.midnight_after(before, owner.tz, days=2) == datetime(2026, 10, 25, 23, tzinfo=UTC)


def test_it_keeps_every_kind_quiet(
    owner: Person, phone: PushSubscription, make_reminder: MakeReminder, due_at: datetime
) -> None:
    make_reminder(owner)
    make_reminder(owner, kind="check_in")
    pause(owner)
    assert {ended(one) for one in send_due(due_at)} == {(DeliveryState.SKIPPED, "held")}


def test_one_kind_can_be_paused_alone(
    owner: Person, phone: PushSubscription, make_reminder: MakeReminder, due_at: datetime
) -> None:
    make_reminder(owner)
    make_reminder(owner, kind="check_in")
    pause(owner, kinds=["walk"])
    assert {one.kind: one.state for one in send_due(due_at)} == {
        "walk": "skipped",
        "check_in": "sent",
    }


def test_a_strangers_pause_keeps_nobody_else_quiet(
    owner: Person,
    stranger: Person,
    phone: PushSubscription,
    make_reminder: MakeReminder,
    due_at: datetime,
) -> None:
    make_reminder(owner)
    pause(stranger)
    assert [one.state for one in send_due(due_at)] == ["sent"]


def test_it_is_over_to_the_second(owner: Person) -> None:
    until = pause(owner).until
    assert until
    assert holds.active_holds(owner_id=owner.pk, now=until - SECOND).exists()
    assert not holds.active_holds(owner_id=owner.pk, now=until).exists()


@pytest.mark.parametrize("kinds", [[], ["juggling"], ["walk", ""]])
def test_an_unknown_kind_is_refused(owner: Person, kinds: list[str]) -> None:
    with pytest.raises(Invalid):
        pause(owner, kinds=kinds)


def test_saving_it_again_is_the_same_pause(as_owner: APIClient) -> None:
    url = f"/api/v1/reminders/holds/{uuid.uuid4()}"
    first = as_owner.put(url, {"for": "today"}, format="json")
    longer = as_owner.put(url, {"for": "week"}, format="json")
    assert (first.status_code, longer.status_code) == (201, 200)
    assert Hold.objects.count() == 1
    assert longer.json()["until"] > first.json()["until"]


def test_a_pause_that_was_ended_can_be_brought_back_to_the_minute(
    owner: Person, as_owner: APIClient
) -> None:
    until = datetime.now(UTC) + timedelta(days=2, minutes=5)
    url = f"/api/v1/reminders/holds/{uuid.uuid4()}"
    answer = as_owner.put(url, {"until": until.isoformat()}, format="json")
    assert (answer.status_code, Hold.objects.get().until) == (201, until)


@pytest.mark.parametrize("days", [-1, 0, 8, 4000])
def test_a_pause_ends_within_seven_days(as_owner: APIClient, days: int) -> None:
    until = datetime.now(UTC) + timedelta(days=days, seconds=-1)
    url = f"/api/v1/reminders/holds/{uuid.uuid4()}"
    refused = as_owner.put(url, {"until": until.isoformat()}, format="json")
    assert (refused.status_code, list(refused.json()["fields"])) == (400, ["until"])


@pytest.mark.parametrize("body", [{}, {"for": "today", "until": "2026-06-03T12:00:00Z"}])
def test_how_long_is_said_once(as_owner: APIClient, body: dict[str, str]) -> None:
    refused = as_owner.put(f"/api/v1/reminders/holds/{uuid.uuid4()}", body, format="json")
    assert (refused.status_code, list(refused.json()["fields"])) == (400, ["for"])


@pytest.mark.parametrize("span", ["", "month", None, 7])
def test_an_unknown_span_is_refused(as_owner: APIClient, span: object) -> None:
    refused = as_owner.put(f"/api/v1/reminders/holds/{uuid.uuid4()}", {"for": span}, format="json")
    assert refused.status_code == 400
    assert list(refused.json()["fields"]) == ["for"]


def test_the_person_ends_it_early_and_reminders_come_again(
    owner: Person,
    phone: PushSubscription,
    as_owner: APIClient,
    make_reminder: MakeReminder,
    due_at: datetime,
) -> None:
    make_reminder(owner)
    paused = pause(owner)
    assert as_owner.delete(f"/api/v1/reminders/holds/{paused.pk}").status_code == 204
    assert [one.state for one in send_due(due_at)] == ["sent"]


@pytest.mark.parametrize("reason", [HoldReason.FLARE, HoldReason.EMERGENCY])
@pytest.mark.parametrize("method", ["put", "delete"])
def test_a_block_is_not_the_persons_to_lift(
    owner: Person, as_owner: APIClient, reason: HoldReason, method: str
) -> None:
    block = holds.hold(person=owner, kinds=["walk"], reason=reason, until=None)
    url = f"/api/v1/reminders/holds/{block.pk}"
    refused = getattr(as_owner, method)(url, {"for": "today"}, format="json")
    assert (refused.status_code, refused.json()["code"]) == (403, "not_yours_to_lift")
    assert Hold.objects.get().reason == reason


def test_a_block_goes_when_its_cause_does(owner: Person, stranger: Person) -> None:
    for person in (owner, stranger):
        holds.hold(person=person, kinds=None, reason=HoldReason.FLARE, until=None)
    pause(owner)
    assert holds.release(person=owner, reason=HoldReason.FLARE) == 1
    left = {(hold.owner_id, hold.reason) for hold in Hold.objects.all()}
    assert left == {(owner.pk, "pause"), (stranger.pk, "flare")}


def test_the_list_names_what_holds_now_and_whether_it_can_be_ended(
    owner: Person, as_owner: APIClient
) -> None:
    holds.hold(person=owner, kinds=["walk"], reason=HoldReason.EMERGENCY, until=None)
    holds.hold(person=owner, kinds=["move"], reason=HoldReason.NOT_NOW, until=NOW)
    (found,) = as_owner.get("/api/v1/reminders/holds").json()["results"]
    assert (found["kinds"], found["reason"], found["liftable"]) == (["walk"], "emergency", False)


def test_holds_that_ended_long_ago_go_and_blocks_without_an_end_stay(owner: Person) -> None:
    block = holds.hold(person=owner, kinds=None, reason=HoldReason.EMERGENCY, until=None)
    fresh = holds.hold(person=owner, kinds=None, reason=HoldReason.NOT_NOW, until=NOW)
    holds.hold(person=owner, kinds=None, reason=HoldReason.NOT_NOW, until=NOW - SECOND)
    assert holds.prune_holds(before=NOW) == 1
    assert set(Hold.objects.all()) == {block, fresh}
