"""What a person changes about themselves."""

from datetime import UTC, datetime, time
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from rest_framework.test import APIClient

from backend.accounts import services
from backend.accounts.models import Person
from backend.accounts.services import PersonChange, QuietHours
from backend.accounts.signals import time_zone_changed
from backend.core.errors import Invalid
from tests.conftest import NOW, MakeReminder

pytestmark = [pytest.mark.service, pytest.mark.django_db]

AT_23_IN_TOKYO = datetime(2026, 6, 4, 14, 0, tzinfo=UTC)


def change(client: APIClient, *, status: int = 200, **values: Any) -> dict[str, Any]:
    answer = client.patch("/api/v1/me", values, format="json")
    assert answer.status_code == status, answer.content
    return dict(answer.json())


def test_a_person_sees_themselves_and_gets_a_token(owner: Person, as_owner: APIClient) -> None:
    answer = as_owner.get("/api/v1/session").json()
    assert answer["person"]["id"] == str(owner.pk)
    assert answer["csrf_token"]


def test_what_is_not_named_stays(owner: Person, as_owner: APIClient) -> None:
    before = as_owner.get("/api/v1/session").json()["person"]
    assert change(as_owner, locale="de") == before | {"locale": "de"}


def test_an_empty_change_changes_nothing(as_owner: APIClient) -> None:
    before = as_owner.get("/api/v1/session").json()["person"]
    assert change(as_owner) == before


def test_unknown_names_are_left_alone(owner: Person, as_owner: APIClient) -> None:
    change(as_owner, is_staff=True, is_superuser=True, id="x", consent_at="2020-01-01T00:00:00Z")
    owner.refresh_from_db()
    assert (owner.is_staff, owner.is_superuser, owner.consent_at) == (False, False, NOW)


def test_the_country_can_be_taken_away(as_owner: APIClient) -> None:
    assert change(as_owner, country="AT")["country"] == "AT"
    assert change(as_owner, country="")["country"] == ""


def test_the_evening_check_moves(as_owner: APIClient) -> None:
    assert change(as_owner, evening_check_at="21:05")["evening_check_at"] == "21:05"


def test_quiet_hours_may_span_midnight(as_owner: APIClient) -> None:
    hours = {"from": "22:00", "to": "07:00"}
    assert change(as_owner, quiet_hours=hours)["quiet_hours"] == hours
    assert as_owner.get("/api/v1/session").json()["person"]["quiet_hours"] == hours


def test_quiet_hours_may_begin_at_midnight(as_owner: APIClient) -> None:
    hours = {"from": "00:00", "to": "23:59"}
    assert change(as_owner, quiet_hours=hours)["quiet_hours"] == hours


def test_null_clears_quiet_hours(as_owner: APIClient) -> None:
    change(as_owner, quiet_hours={"from": "22:00", "to": "07:00"})
    assert change(as_owner, quiet_hours=None)["quiet_hours"] is None


def test_quiet_hours_stay_where_they_are_not_named(as_owner: APIClient) -> None:
    hours = {"from": "22:00", "to": "07:00"}
    change(as_owner, quiet_hours=hours)
    assert change(as_owner, locale="de")["quiet_hours"] == hours


@pytest.mark.parametrize(
    ("hours", "field"),
    [
        ({"from": "22:00", "to": "22:00"}, "quiet_hours"),
        ({"from": "22:00"}, "quiet_hours.to"),
        ({"to": "22:00"}, "quiet_hours.from"),
        ({"from": "22:00", "to": None}, "quiet_hours.to"),
        ({"from": "24:00", "to": "07:00"}, "quiet_hours.from"),
        ({"from": "22:60", "to": "07:00"}, "quiet_hours.from"),
        ({"from": "22:00", "to": "7:00"}, "quiet_hours.to"),
        ({"from": "22:00:30", "to": "07:00"}, "quiet_hours.from"),
        ({"from": "٢٢:00", "to": "07:00"}, "quiet_hours.from"),
        ({"from": 22, "to": "07:00"}, "quiet_hours.from"),
    ],
)
def test_other_quiet_hours_are_refused(
    as_owner: APIClient, hours: dict[str, Any], field: str
) -> None:
    answer = change(as_owner, status=400, quiet_hours=hours)
    assert (answer["code"], list(answer["fields"])) == ("invalid", [field])
    assert as_owner.get("/api/v1/session").json()["person"]["quiet_hours"] is None


def test_the_database_refuses_quiet_hours_with_one_end(owner: Person) -> None:
    owner.quiet_from = time(22)
    with pytest.raises(IntegrityError), transaction.atomic():
        owner.save()


def test_a_refused_change_stores_nothing_of_it(owner: Person, as_owner: APIClient) -> None:
    same = {"from": "22:00", "to": "22:00"}
    change(as_owner, status=400, time_zone="Asia/Tokyo", locale="de", quiet_hours=same)
    owner.refresh_from_db()
    assert (owner.time_zone, owner.locale) == ("Europe/Berlin", "en")


def test_consent_can_follow_later(visitor: APIClient) -> None:
    started = {"time_zone": "UTC", "locale": "en"}
    visitor.post("/api/v1/session", started, format="json")
    with time_machine.travel(NOW, tick=False):
        assert change(visitor, consent=True)["consent_at"] == "2026-06-03T10:00:00Z"


def test_every_change_notes_when_the_person_was_seen(owner: Person) -> None:
    services.person_update(person=owner, change=PersonChange(), now=AT_23_IN_TOKYO)
    owner.refresh_from_db()
    assert owner.last_seen_at == AT_23_IN_TOKYO


def test_a_new_zone_moves_every_reminder(owner: Person, make_reminder: MakeReminder) -> None:
    reminder = make_reminder(owner, "23:00")
    asleep = make_reminder(owner, "08:00", enabled=False)
    now = datetime(2026, 6, 4, 0, 0, tzinfo=UTC)
    services.person_update(person=owner, change=PersonChange(time_zone="Asia/Tokyo"), now=now)
    reminder.refresh_from_db()
    asleep.refresh_from_db()
    assert (reminder.next_due_at, asleep.next_due_at) == (AT_23_IN_TOKYO, None)


def test_a_new_zone_moves_nobody_elses(
    owner: Person, stranger: Person, make_reminder: MakeReminder
) -> None:
    theirs = make_reminder(stranger)
    services.person_update(person=owner, change=PersonChange(time_zone="Asia/Tokyo"), now=NOW)
    due = theirs.next_due_at
    theirs.refresh_from_db()
    assert theirs.next_due_at == due


def test_the_same_zone_moves_nothing(owner: Person, make_reminder: MakeReminder) -> None:
    reminder = make_reminder(owner)
    due = reminder.next_due_at
    later = datetime(2026, 6, 5, tzinfo=UTC)
    same = PersonChange(time_zone="Europe/Berlin")
    services.person_update(person=owner, change=same, now=later)
    reminder.refresh_from_db()
    assert reminder.next_due_at == due


def test_zone_and_reminders_move_together_or_not_at_all(
    owner: Person, make_reminder: MakeReminder
) -> None:
    reminder = make_reminder(owner)
    due = reminder.next_due_at

    def fail(**_: object) -> None:
        raise ZeroDivisionError

    time_zone_changed.connect(fail)
    try:
        with pytest.raises(ZeroDivisionError):
            services.person_update(
                person=owner, change=PersonChange(time_zone="Asia/Tokyo"), now=NOW
            )
    finally:
        time_zone_changed.disconnect(fail)
    owner.refresh_from_db()
    reminder.refresh_from_db()
    assert (owner.time_zone, reminder.next_due_at) == ("Europe/Berlin", due)


def test_a_person_is_made_whole_or_not_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(services, "person_update", fail)
    with pytest.raises(ZeroDivisionError):
        services.person_create(time_zone="UTC", locale="en", country="", consent=True, now=NOW)
    assert not Person.objects.exists()


def test_the_service_itself_refuses_quiet_hours_without_length(owner: Person) -> None:
    hours = QuietHours(start=time(22), end=time(22))
    with pytest.raises(Invalid) as refusal:
        services.person_update(person=owner, change=PersonChange(quiet_hours=hours), now=NOW)
    assert list(refusal.value.fields) == ["quiet_hours"]


def test_the_host_has_an_account_with_a_password() -> None:
    host = Person.objects.create_superuser("host", "correct horse battery staple")
    assert host.check_password("correct horse battery staple")
    assert (host.is_staff, host.is_superuser, str(host)) == (True, True, "host")
