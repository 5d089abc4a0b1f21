"""Everything that changes a device."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

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


def record_result(*, device: PushSubscription, result: Result, now: datetime) -> None:
    """What a send means for the device itself. One device never affects another."""
    row = PushSubscription.objects.filter(pk=device.pk)
    match result.outcome:
        case Outcome.SENT:
            row.update(refusals=0, last_sent_at=now)
        case Outcome.GONE:
            row.update(state=DeviceState.RETIRED)
        case Outcome.REFUSED:
            row.update(refusals=F("refusals") + 1)
            row.filter(refusals__gte=REFUSALS_BEFORE_QUARANTINE).update(
                state=DeviceState.QUARANTINED
            )
        case Outcome.RETRY:
            pass


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
