"""Everything that changes a person."""

from dataclasses import dataclass
from datetime import datetime, time
from uuid import UUID

from django.db import transaction

from backend.accounts import zones
from backend.accounts.models import Person
from backend.accounts.signals import evening_check_moved, time_zone_changed
from backend.core import texts
from backend.core.errors import Forbidden, Invalid, NotFound

CONSENT_VERSION = "2026-11"


@dataclass(frozen=True)
class QuietHours:
    """Wall-clock times between which nothing arrives; `start` may be the later one."""

    start: time
    end: time


@dataclass(frozen=True, kw_only=True)
class PersonChange:
    """What to change; None leaves a value as it is. `clear_quiet_hours` takes quiet hours away."""

    time_zone: str | None = None
    locale: str | None = None
    country: str | None = None
    consent: bool = False
    quiet_hours: QuietHours | None = None
    clear_quiet_hours: bool = False
    evening_check_at: time | None = None
    day_ends_at: int | None = None
    daily_cap: int | None = None
    lock_screen_details: bool | None = None


MOST_A_DAY = 24
LATEST_DAY_END = 6  # o'clock


@transaction.atomic
def person_create(
    *, time_zone: str, locale: str, country: str, consent: bool, now: datetime
) -> Person:
    """An anonymous person. Raises Invalid for an unknown zone or country."""
    check_zone(time_zone)
    check_country(country)
    person = Person.objects.create_anonymous(
        time_zone=time_zone,
        locale=texts.language_of(locale),
        country=country or zones.country_of(time_zone),
    )
    return person_update(person=person, change=PersonChange(consent=consent), now=now)


@transaction.atomic
def person_update(*, person: Person, change: PersonChange, now: datetime) -> Person:
    """Store `change` and that the person was seen. Raises Invalid; then nothing is stored.

    A new zone re-plans everything that hangs on the wall clock, in this transaction.
    """
    zone, evening = person.time_zone, person.evening_check_at
    changed = _apply(person, change, now=now) | {"last_seen_at": now}
    for name, value in changed.items():
        setattr(person, name, value)
    person.save(update_fields=list(changed))
    if person.time_zone != zone:
        time_zone_changed.send(sender=Person, person=person, now=now)
    if person.evening_check_at != evening:
        evening_check_moved.send(sender=Person, person=person, now=now)
    return person


def _apply(person: Person, change: PersonChange, *, now: datetime) -> dict[str, object]:
    changed: dict[str, object] = {}
    if change.time_zone is not None:
        check_zone(change.time_zone)
        changed["time_zone"] = change.time_zone
    if change.locale is not None:
        changed["locale"] = texts.language_of(change.locale)
    if change.country is not None:
        check_country(change.country)
        changed["country"] = change.country
    if change.consent and person.consent_at is None:
        changed |= {"consent_at": now, "consent_version": CONSENT_VERSION}
    return changed | _reminder_wishes(change) | _quiet(change)


def _reminder_wishes(change: PersonChange) -> dict[str, object]:
    if change.daily_cap is not None and not 0 <= change.daily_cap <= MOST_A_DAY:
        problem = f"Choose 0 to {MOST_A_DAY} a day."
        raise Invalid(problem, fields={"daily_cap": [problem]})
    if change.day_ends_at is not None and not 0 <= change.day_ends_at <= LATEST_DAY_END:
        problem = f"A day ends between 0 and {LATEST_DAY_END} o'clock."
        raise Invalid(problem, fields={"day_ends_at": [problem]})
    names = ("evening_check_at", "day_ends_at", "daily_cap", "lock_screen_details")
    return {name: value for name in names if (value := getattr(change, name)) is not None}


def _quiet(change: PersonChange) -> dict[str, object]:
    if change.clear_quiet_hours:
        return {"quiet_from": None, "quiet_to": None}
    if change.quiet_hours is None:
        return {}
    if change.quiet_hours.start == change.quiet_hours.end:
        problem = "Quiet hours need a start and an end that differ."
        raise Invalid(problem, fields={"quiet_hours": [problem]})
    return {"quiet_from": change.quiet_hours.start, "quiet_to": change.quiet_hours.end}


def check_zone(time_zone: str) -> None:
    if not zones.is_zone(time_zone):
        problem = "Name a time zone of the tz database, such as Europe/Berlin."
        raise Invalid(problem, fields={"time_zone": [problem]})


def check_country(country: str) -> None:
    if country and country not in zones.known_countries():
        problem = "Use a two-letter country code, such as DE."
        raise Invalid(problem, fields={"country": [problem]})


def person_lock(*, person_id: UUID) -> Person:
    """One change at a time for each person, whichever device it comes from. They come as they are
    now, and stay so until the caller's transaction ends; rows about them can still be inserted.

    Lock the person before anything of theirs, so that two changes never wait for each other.
    Raises NotFound for one that was erased meanwhile.
    """
    person = Person.objects.select_for_update(no_key=True).filter(pk=person_id).first()
    if person is None:
        raise NotFound
    return person


def require_consent(person: Person) -> None:
    """Raises Forbidden (`consent_required`) before health data of a person who has not agreed."""
    if person.consent_at is None:
        raise Forbidden("Agree to storing health data first.", code="consent_required")


def person_erase(*, person_id: UUID) -> int:
    """Delete a person and, by cascade, every row about them. Answers the number of rows."""
    deleted, _ = Person.objects.filter(pk=person_id).delete()
    return deleted
