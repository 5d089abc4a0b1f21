"""A person's devices."""

import uuid
from datetime import timedelta

import pytest

from backend.accounts.models import Person
from backend.core.errors import Invalid, NotFound
from backend.push import services
from backend.push.models import DeviceState, PushSubscription
from backend.push.results import Outcome, Result
from tests.conftest import NOW, MakeDevice

pytestmark = [pytest.mark.service, pytest.mark.django_db]


def record(device: PushSubscription, outcome: Outcome) -> str:
    services.record_result(device=device, result=Result(outcome=outcome), now=NOW)
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


def test_an_unknown_device_can_not_be_removed(owner: Person) -> None:
    with pytest.raises(NotFound):
        services.subscription_delete(id=uuid.uuid4(), owner=owner)
