"""Everything that changes a device."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import Case, F, Value, When
from django.db.models.lookups import GreaterThanOrEqual

from backend.accounts.models import Person
from backend.core.errors import Invalid, NotFound
from backend.push import endpoints, keys
from backend.push.devices import readable_name
from backend.push.models import DeviceState, PushSubscription
from backend.push.results import Outcome, Result
from backend.push.sending import trusted_origins

REFUSALS_BEFORE_QUARANTINE = 3
DEVICES_PER_PERSON = 20


def subscription_save(
    *,
    id: UUID,  # noqa: A002 - the client's key for this row, named as in the API
    owner: Person,
    endpoint: str,
    p256dh: str,
    auth: str,
    user_agent: str,
    origin: str,
    now: datetime,
) -> tuple[PushSubscription, bool]:
    """Create or refresh the device `id`; answers it and whether it is new.

    A browser has one endpoint: whoever it last belonged to, it is now `owner`'s. Saving again
    brings a quarantined or retired device back.
    Raises Invalid for a hostile endpoint (`push_endpoint_refused`) or keys, NotFound for another
    person's id.
    """
    _check_endpoint(endpoint)
    _check_keys(p256dh=p256dh, auth=auth)
    values = {
        "endpoint": endpoint,
        "p256dh": p256dh,
        "auth": auth,
        "name": readable_name(user_agent),
        "origin": origin,
        "state": DeviceState.ACTIVE,
        "refusals": 0,
        "last_seen_at": now,
        "last_heard_at": now,
        "unheard": 0,
    }
    with transaction.atomic():
        if PushSubscription.objects.filter(pk=id).exclude(owner=owner).exists():
            raise NotFound
        PushSubscription.objects.filter(endpoint=endpoint).exclude(pk=id).delete()
        _check_room(owner, id)
        return PushSubscription.objects.update_or_create(pk=id, owner=owner, defaults=values)


def subscription_delete(*, id: UUID, owner: Person) -> None:  # noqa: A002
    """Raises NotFound where `owner` has no such device."""
    deleted, _ = PushSubscription.objects.filter(pk=id, owner=owner).delete()
    if not deleted:
        raise NotFound


def active_devices(owner_id: UUID) -> list[PushSubscription]:
    found = PushSubscription.objects.filter(owner_id=owner_id, state=DeviceState.ACTIVE)
    return list(found.order_by("created_at"))


def active_devices_of(owner_ids: Collection[UUID]) -> dict[UUID, list[PushSubscription]]:
    """The active devices of each owner that has any, the oldest first. One query."""
    found: dict[UUID, list[PushSubscription]] = {}
    rows = PushSubscription.objects.filter(owner__among=owner_ids, state=DeviceState.ACTIVE)
    needed = rows.only("owner_id", "endpoint", "p256dh", "auth", "origin")
    for device in needed.order_by("created_at"):
        found.setdefault(device.owner_id, []).append(device)
    return found


def device_heard(*, id: UUID, owner_id: UUID, now: datetime) -> None:  # noqa: A002
    """A receipt came from that device. One that is unknown by now is nobody's mistake."""
    found = PushSubscription.objects.filter(pk=id, owner_id=owner_id)
    found.update(last_heard_at=now, unheard=0)


class _Change(NamedTuple):
    """What a batch did to a device. One UPDATE serves all devices with the same change."""

    sent: int = 0
    refused: int = 0  # since the last one that was sent
    gone: bool = False

    def after(self, outcome: Outcome) -> "_Change":
        match outcome:
            case Outcome.SENT:
                return self._replace(sent=self.sent + 1, refused=0)
            case Outcome.REFUSED:
                return self._replace(refused=self.refused + 1)
            case Outcome.GONE:
                return self._replace(gone=True)
            case Outcome.RETRY:
                return self

    @property
    def only_sent(self) -> bool:
        return bool(self.sent) and not (self.refused or self.gone)

    def values(self, *, now: datetime) -> dict[str, Any]:
        refusals = Value(self.refused) if self.sent else F("refusals") + self.refused
        values: dict[str, Any] = {"refusals": refusals}
        if self.sent:
            values |= {"last_sent_at": now, "unheard": F("unheard") + self.sent}
        if self.gone:
            values["state"] = DeviceState.RETIRED
        elif self.refused:
            too_many = GreaterThanOrEqual(refusals, REFUSALS_BEFORE_QUARANTINE)
            values["state"] = Case(
                When(too_many, then=Value(DeviceState.QUARANTINED)), default=F("state")
            )
        return values


@transaction.atomic
def record_results(results: Sequence[tuple[PushSubscription, Result]], *, now: datetime) -> None:
    """What a batch of sends means for its devices. One device never affects another."""
    changes: dict[UUID, _Change] = {}
    endpoints_used: dict[UUID, str] = {}
    for device, result in results:
        changes[device.pk] = changes.get(device.pk, _Change()).after(result.outcome)
        endpoints_used[device.pk] = device.endpoint
    alike: dict[_Change, list[UUID]] = {}
    for id_ in _unless_renewed(changes, endpoints_used):
        alike.setdefault(changes[id_], []).append(id_)
    for change, ids in alike.items():
        PushSubscription.objects.filter(pk__among=ids).update(**change.values(now=now))


def _unless_renewed(changes: dict[UUID, _Change], endpoints_used: dict[UUID, str]) -> list[UUID]:
    """Devices to change, in one order, so that two workers do not wait for each other.

    A refusal counts only for a device that still has the endpoint that was refused, and its state:
    what the old one answered says nothing about a new one. That takes a lock; success, which is
    nearly all there is, does not.
    """
    found = [id_ for id_, change in changes.items() if change.only_sent]
    refused = [id_ for id_, change in changes.items() if change.refused or change.gone]
    if refused:
        rows = PushSubscription.objects.select_for_update(no_key=True).order_by("pk")
        active = rows.filter(pk__among=refused, state=DeviceState.ACTIVE)
        for id_, endpoint in active.values_list("pk", "endpoint"):
            if endpoint == endpoints_used[id_]:
                found.append(id_)
    return sorted(found)


def _check_endpoint(endpoint: str) -> None:
    reason = endpoints.refusal(endpoint, trusted_origins=trusted_origins())
    if reason:
        raise Invalid(
            f"This push address can't be used: {reason}.",
            code="push_endpoint_refused",
            fields={"endpoint": [reason]},
        )


def _check_keys(*, p256dh: str, auth: str) -> None:
    problems: dict[str, list[str]] = {}
    for name, value, check in (
        ("keys.p256dh", p256dh, keys.check_p256dh),
        ("keys.auth", auth, keys.check_auth),
    ):
        try:
            check(value)
        except ValueError as error:
            problems[name] = [str(error)]
    if problems:
        raise Invalid("The subscription's keys can't be used.", fields=problems)


def _check_room(owner: Person, id: UUID) -> None:  # noqa: A002
    """Each device costs a request at every reminder, so nobody may have any number of them."""
    others = PushSubscription.objects.filter(owner=owner).exclude(pk=id).order_by("-last_seen_at")
    surplus = others.values_list("pk", flat=True)[DEVICES_PER_PERSON - 1 :]
    PushSubscription.objects.filter(pk__in=list(surplus)).delete()
