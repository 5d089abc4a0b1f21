"""A person's devices."""

import threading
import uuid
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.utils import timezone
from rest_framework.test import APIClient

from backend.accounts.models import Person
from backend.core.errors import Invalid, NotFound
from backend.push import services
from backend.push.models import DeviceState, PushSubscription
from backend.push.results import Outcome, Result
from tests.conftest import NOW, MakeDevice

pytestmark = [pytest.mark.service, pytest.mark.django_db]


def record(device: PushSubscription, *outcomes: Outcome) -> str:
    """What one batch with these outcomes makes of the device."""
    results = [(device, Result(outcome=outcome)) for outcome in outcomes]
    services.record_results(results, now=NOW)
    device.refresh_from_db()
    return device.state


def test_a_device_has_a_readable_name(owner: Person, make_device: MakeDevice) -> None:
    assert make_device(owner).name == "Firefox on Android"


def test_saving_it_again_is_the_same_device(owner: Person, make_device: MakeDevice) -> None:
    first = make_device(owner)
    later = NOW + timedelta(days=1)
    make_device(owner, id=first.pk, endpoint=first.endpoint, now=later)
    assert PushSubscription.objects.get().last_seen_at == later


def test_a_new_endpoint_takes_the_place_of_the_old(owner: Person, make_device: MakeDevice) -> None:
    first = make_device(owner)
    again = make_device(owner, id=first.pk)
    assert PushSubscription.objects.get().endpoint == again.endpoint != first.endpoint


def test_a_browser_that_changed_hands_belongs_to_its_new_person_only(
    owner: Person, stranger: Person, make_device: MakeDevice
) -> None:
    old = make_device(stranger)
    make_device(owner, endpoint=old.endpoint)
    assert [device.owner for device in PushSubscription.objects.all()] == [owner]


def test_a_stranger_can_not_take_over_an_id(
    owner: Person, stranger: Person, make_device: MakeDevice
) -> None:
    device = make_device(owner)
    with pytest.raises(NotFound):
        make_device(stranger, id=device.pk)
    assert PushSubscription.objects.get().owner == owner


def test_a_stranger_can_not_remove_it(
    owner: Person, stranger: Person, make_device: MakeDevice
) -> None:
    device = make_device(owner)
    with pytest.raises(NotFound):
        services.subscription_delete(id=device.pk, owner=stranger)


def test_a_hostile_endpoint_is_refused_and_nothing_is_stored(
    owner: Person, make_device: MakeDevice
) -> None:
    with pytest.raises(Invalid) as caught:
        make_device(owner, endpoint="https://169.254.169.254/latest/meta-data")
    assert caught.value.code == "push_endpoint_refused"
    assert not PushSubscription.objects.exists()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("p256dh", "AAAA"),
        ("p256dh", "not base64!"),
        ("p256dh", "BA" + "A" * 85),  # 65 bytes, but no point on the curve
        ("p256dh", ""),
        ("auth", "AAAAAAAAAAA"),  # 8 bytes would be sent and never decrypted
        ("auth", "$$$"),
        ("auth", "ü"),
    ],
)
def test_keys_that_can_not_be_encrypted_to_name_their_field(
    owner: Person, make_device: MakeDevice, name: str, value: str
) -> None:
    with pytest.raises(Invalid) as caught:
        make_device(owner, **{name: value})
    assert list(caught.value.fields) == [f"keys.{name}"]


def test_the_oldest_device_makes_room(owner: Person, make_device: MakeDevice) -> None:
    oldest = make_device(owner, now=NOW - timedelta(days=1))
    for _ in range(services.DEVICES_PER_PERSON):
        make_device(owner)
    assert PushSubscription.objects.filter(owner=owner).count() == services.DEVICES_PER_PERSON
    assert not PushSubscription.objects.filter(pk=oldest.pk).exists()


def test_a_device_that_is_gone_is_retired(owner: Person, make_device: MakeDevice) -> None:
    assert record(make_device(owner), Outcome.GONE) == DeviceState.RETIRED


def test_two_refusals_keep_a_device_the_third_quarantines_it(
    owner: Person, make_device: MakeDevice
) -> None:
    device = make_device(owner)
    states = [record(device, Outcome.REFUSED) for _ in range(3)]
    assert states == [DeviceState.ACTIVE, DeviceState.ACTIVE, DeviceState.QUARANTINED]


def test_refusals_count_only_in_a_row(owner: Person, make_device: MakeDevice) -> None:
    device = make_device(owner)
    for outcome in (Outcome.REFUSED, Outcome.REFUSED, Outcome.SENT, Outcome.REFUSED):
        state = record(device, outcome)
    assert state == DeviceState.ACTIVE


def test_a_service_that_is_down_says_nothing_about_the_device(
    owner: Person, make_device: MakeDevice
) -> None:
    device = make_device(owner)
    for _ in range(5):
        state = record(device, Outcome.RETRY)
    assert state == DeviceState.ACTIVE


def test_opening_the_app_again_mends_a_quarantined_device(
    owner: Person, make_device: MakeDevice
) -> None:
    device = make_device(owner)
    for _ in range(3):
        record(device, Outcome.REFUSED)
    again = make_device(owner, id=device.pk, endpoint=device.endpoint)
    assert (again.state, again.refusals) == (DeviceState.ACTIVE, 0)


def test_one_device_never_affects_another(owner: Person, make_device: MakeDevice) -> None:
    bad, good = make_device(owner), make_device(owner)
    record(bad, Outcome.GONE)
    assert services.active_devices(owner.pk) == [good]


def test_what_was_sent_counts_until_a_sign_of_life(owner: Person, make_device: MakeDevice) -> None:
    device = make_device(owner)
    record(device, Outcome.SENT, Outcome.SENT)
    record(device, Outcome.SENT, Outcome.RETRY, Outcome.REFUSED)
    assert (device.unheard, device.last_sent_at, device.refusals) == (3, NOW, 1)


def test_three_refusals_in_one_batch_quarantine_it(owner: Person, make_device: MakeDevice) -> None:
    assert record(make_device(owner), *[Outcome.REFUSED] * 3) == DeviceState.QUARANTINED


def test_a_batch_is_recorded_in_a_constant_number_of_queries(
    owner: Person, make_device: MakeDevice, django_assert_num_queries: Any
) -> None:
    devices = [make_device(owner) for _ in range(16)]
    outcomes = [Outcome.SENT, Outcome.GONE, Outcome.REFUSED, Outcome.RETRY] * 4
    results = [
        (device, Result(outcome=outcome)) for device, outcome in zip(devices, outcomes, strict=True)
    ]
    with django_assert_num_queries(6):  # a savepoint's two, one to lock, one an outcome
        services.record_results(results, now=NOW)
    found = {device.pk: device for device in PushSubscription.objects.all()}
    for device, outcome in zip(devices, outcomes, strict=True):
        row = found[device.pk]
        assert row.unheard == (outcome is Outcome.SENT)
        assert row.refusals == (outcome is Outcome.REFUSED)
        assert (row.state == DeviceState.RETIRED) == (outcome is Outcome.GONE)


@pytest.mark.django_db(transaction=True)
def test_two_workers_with_the_same_devices_do_not_wait_for_each_other_for_ever(
    owner: Person, make_device: MakeDevice
) -> None:
    devices = [make_device(owner) for _ in range(6)]
    outcomes = [Outcome.SENT, Outcome.REFUSED] * 3
    results = [(device, Result(outcome=one)) for device, one in zip(devices, outcomes, strict=True)]
    failures: list[DatabaseError] = []

    def work(mine: list[tuple[PushSubscription, Result]]) -> None:
        try:
            for _ in range(20):
                services.record_results(mine, now=NOW)
        except DatabaseError as error:
            failures.append(error)
        finally:
            connection.close()

    orders = (results, results[::-1])
    threads = [threading.Thread(target=work, args=[order]) for order in orders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert failures == []
    assert PushSubscription.objects.filter(unheard=40).count() == 3


def test_an_answer_for_an_old_endpoint_says_nothing_about_the_new_one(
    owner: Person, make_device: MakeDevice
) -> None:
    """The phone subscribed anew while the message was under way."""
    before = make_device(owner)
    make_device(owner, id=before.pk)
    assert record(before, Outcome.GONE) == DeviceState.ACTIVE


def test_a_device_that_was_removed_meanwhile_is_no_trouble(
    owner: Person, make_device: MakeDevice
) -> None:
    gone, there = make_device(owner), make_device(owner)
    PushSubscription.objects.filter(pk=gone.pk).delete()
    sent = Result(outcome=Outcome.SENT)
    services.record_results([(gone, sent), (there, sent)], now=NOW)
    assert PushSubscription.objects.get().unheard == 1


def test_the_devices_of_many_people_take_one_query(
    owner: Person, stranger: Person, make_device: MakeDevice, django_assert_num_queries: Any
) -> None:
    first, second, theirs = make_device(owner), make_device(owner), make_device(stranger)
    record(make_device(stranger), Outcome.GONE)
    with django_assert_num_queries(1):
        found = services.active_devices_of({owner.pk, stranger.pk, uuid.uuid4()})
    assert found == {owner.pk: [first, second], stranger.pk: [theirs]}


def test_a_receipt_is_a_sign_of_life(owner: Person, make_device: MakeDevice) -> None:
    device = make_device(owner)
    record(device, Outcome.SENT)
    later = NOW + timedelta(minutes=1)
    services.device_heard(id=device.pk, owner_id=owner.pk, now=later)
    device.refresh_from_db()
    assert (device.unheard, device.last_heard_at) == (0, later)


def test_opening_the_app_is_a_sign_of_life(owner: Person, make_device: MakeDevice) -> None:
    device = make_device(owner)
    record(device, Outcome.SENT)
    later = NOW + timedelta(days=1)
    again = make_device(owner, id=device.pk, endpoint=device.endpoint, now=later)
    assert (again.unheard, again.last_heard_at) == (0, later)


def test_a_receipt_speaks_for_its_owners_devices_only(
    owner: Person, stranger: Person, make_device: MakeDevice
) -> None:
    device = make_device(owner)
    record(device, Outcome.SENT)
    services.device_heard(id=device.pk, owner_id=stranger.pk, now=NOW)
    device.refresh_from_db()
    assert device.unheard == 1


@pytest.mark.parametrize(
    ("unheard", "days", "silent"),
    [(4, 30, False), (5, 7, False), (5, 7.001, True), (50, 1, False), (50, 8, True)],
)
def test_a_device_is_silent_after_five_messages_and_a_week(
    owner: Person, make_device: MakeDevice, unheard: int, days: float, silent: bool
) -> None:
    device = make_device(owner)
    record(device, *[Outcome.SENT] * unheard)
    assert device.is_silent(now=NOW + timedelta(days=days)) is silent


def test_the_app_hears_which_device_is_silent(
    owner: Person, as_owner: APIClient, make_device: MakeDevice
) -> None:
    silent, lively = make_device(owner, now=NOW), make_device(owner, now=timezone.now())
    for device in (silent, lively):
        record(device, *[Outcome.SENT] * 5)
    first, second = as_owner.get("/api/v1/push/subscriptions").json()["results"]
    assert (first["silent"], second["silent"]) == (True, False)
    assert datetime.fromisoformat(first["last_heard_at"]) == NOW
    assert datetime.fromisoformat(first["last_sent_at"]) == NOW


def test_an_unknown_device_can_not_be_removed(owner: Person) -> None:
    with pytest.raises(NotFound):
        services.subscription_delete(id=uuid.uuid4(), owner=owner)
