"""What a person does with their reminders."""

import uuid
from datetime import datetime, timedelta

import pytest

from backend.accounts import services as accounts
from backend.accounts.models import Person
from backend.accounts.services import PersonChange
from backend.core.errors import Conflict, Forbidden, Invalid, NotFound
from backend.reminders import claims, services
from backend.reminders.models import Delivery, Reminder
from tests.conftest import NOW, MakeDevice, MakeReminder, make_person

pytestmark = [pytest.mark.service, pytest.mark.django_db]


def test_a_saved_reminder_knows_when_it_is_due(
    owner: Person, make_reminder: MakeReminder, due_at: datetime
) -> None:
    assert make_reminder(owner).next_due_at == due_at


def test_saving_the_same_id_again_changes_it(owner: Person, make_reminder: MakeReminder) -> None:
    first = make_reminder(owner, "17:30")
    again = make_reminder(owner, "18:00", id=first.pk)
    assert Reminder.objects.get() == again
    assert again.schedule["times"] == ["18:00"]


def test_switching_off_and_on_plans_it_anew(owner: Person, make_reminder: MakeReminder) -> None:
    reminder = make_reminder(owner)
    assert make_reminder(owner, id=reminder.pk, enabled=False).next_due_at is None
    later = NOW + timedelta(days=1)
    assert make_reminder(owner, id=reminder.pk, now=later).next_due_at == later + timedelta(
        hours=5, minutes=30
    )


def test_one_id_can_not_become_another_kind(owner: Person, make_reminder: MakeReminder) -> None:
    reminder = make_reminder(owner, kind="walk")
    with pytest.raises(Conflict):
        make_reminder(owner, id=reminder.pk, kind="check_in")


def test_a_stranger_can_not_take_over_an_id(
    owner: Person, stranger: Person, make_reminder: MakeReminder
) -> None:
    reminder = make_reminder(owner)
    with pytest.raises(NotFound):
        make_reminder(stranger, "03:00", id=reminder.pk)
    assert Reminder.objects.get().owner == owner


def test_a_stranger_can_not_delete_it(
    owner: Person, stranger: Person, make_reminder: MakeReminder
) -> None:
    reminder = make_reminder(owner)
    with pytest.raises(NotFound):
        services.reminder_delete(id=reminder.pk, owner=stranger)
    assert Reminder.objects.count() == 1


def test_deleting_takes_what_it_still_had_to_send_along(
    owner: Person, make_reminder: MakeReminder, due_at: datetime
) -> None:
    reminder = make_reminder(owner)
    claims.claim_reminders(now=due_at)
    services.reminder_delete(id=reminder.pk, owner=owner)
    assert not Delivery.objects.exists()


@pytest.mark.parametrize("kind", ["test", "nonsense", ""])
def test_only_kinds_a_person_can_plan(
    owner: Person, make_reminder: MakeReminder, kind: str
) -> None:
    with pytest.raises(Invalid) as caught:
        make_reminder(owner, kind=kind)
    assert list(caught.value.fields) == ["kind"]


def test_an_impossible_time_names_its_field(owner: Person, make_reminder: MakeReminder) -> None:
    with pytest.raises(Invalid) as caught:
        make_reminder(owner, "25:00")
    assert list(caught.value.fields) == ["schedule.times"]


def test_nothing_is_stored_without_consent(make_reminder: MakeReminder) -> None:
    with pytest.raises(Forbidden) as caught:
        make_reminder(make_person(consent=False))
    assert caught.value.code == "consent_required"
    assert not Reminder.objects.exists()


def test_there_is_an_end_to_how_many(owner: Person, make_reminder: MakeReminder) -> None:
    for _ in range(services.REMINDERS_PER_PERSON):
        make_reminder(owner)
    with pytest.raises(Conflict):
        make_reminder(owner)


def test_a_journey_moves_every_reminder_to_the_new_wall_clock(
    owner: Person, make_reminder: MakeReminder
) -> None:
    make_reminder(owner, "08:00")
    off = make_reminder(owner, enabled=False)
    accounts.person_update(person=owner, change=PersonChange(time_zone="Asia/Tokyo"), now=NOW)
    planned = Reminder.objects.exclude(pk=off.pk).get().next_due_at
    assert planned == NOW.replace(hour=23)  # 08:00 tomorrow in Tokyo
    off.refresh_from_db()
    assert off.next_due_at is None


def test_a_test_message_needs_a_device(owner: Person) -> None:
    with pytest.raises(Conflict) as caught:
        services.test_push(person=owner, device_id=None, now=NOW)
    assert caught.value.code == "no_device"


def test_a_test_message_never_goes_to_somebody_elses_device(
    owner: Person, stranger: Person, make_device: MakeDevice
) -> None:
    make_device(owner)
    foreign = make_device(stranger)
    with pytest.raises(Conflict):
        services.test_push(person=owner, device_id=foreign.pk, now=NOW)


def test_old_deliveries_go_and_recent_ones_stay(owner: Person) -> None:
    for days in (91, 89):
        ended = NOW - timedelta(days=days)
        Delivery.objects.create(
            owner=owner,
            kind="walk",
            due_at=ended,
            dedupe_key=str(uuid.uuid4()),
            state="sent",
            ended_at=ended,
        )
    services.prune_deliveries(now=NOW)
    assert Delivery.objects.get().ended_at == NOW - timedelta(days=89)
