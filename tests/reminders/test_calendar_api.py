"""The secret address: made once, read without a session, taken back, and never guessed."""

import re
from typing import Any

import pytest
from icalendar import Calendar
from rest_framework.test import APIClient

from backend.accounts.models import Person
from backend.reminders import calendar
from backend.reminders.models import CalendarFeed
from tests.conftest import MakeReminder

pytestmark = [pytest.mark.service, pytest.mark.django_db]

URL = "/api/v1/reminders/calendar"
HOST = "http://testserver"


@pytest.fixture
def address(as_owner: APIClient) -> str:
    url: str = as_owner.put(URL).json()["url"]
    assert url.startswith(f"{HOST}/api/v1/calendar/")
    return url.removeprefix(HOST)


def code_of(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


def test_at_first_there_is_no_address(as_owner: APIClient) -> None:
    answer = as_owner.get(URL)
    assert (answer.status_code, answer.json()) == (200, {"url": None})


def test_asking_again_answers_the_same_address(as_owner: APIClient) -> None:
    first, again = as_owner.put(URL), as_owner.put(URL)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json() == as_owner.get(URL).json()


def test_the_address_holds_256_random_bits(address: str) -> None:
    assert re.fullmatch(r"/api/v1/calendar/[\w-]{43}\.ics", address)


def test_a_calendar_reads_it_without_a_session(
    owner: Person, address: str, visitor: APIClient, make_reminder: MakeReminder
) -> None:
    make_reminder(owner)
    answer = visitor.get(address)
    assert answer.status_code == 200
    assert len(Calendar.from_ical(answer.content.decode()).events) == 1


def test_it_comes_as_a_private_calendar_file(address: str, visitor: APIClient) -> None:
    headers = visitor.get(address).headers
    assert headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert headers["Content-Disposition"] == 'inline; filename="backstep.ics"'
    assert headers["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize("accept", ["text/calendar", "*/*", "image/png"])
def test_whatever_an_app_accepts_it_gets_the_calendar(
    accept: str, address: str, visitor: APIClient
) -> None:
    assert visitor.get(address, headers={"Accept": accept}).status_code == 200


def test_what_has_not_changed_is_not_sent_again(
    owner: Person, address: str, visitor: APIClient, make_reminder: MakeReminder
) -> None:
    etag = visitor.get(address).headers["ETag"]
    again = visitor.get(address, headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")
    make_reminder(owner)
    changed = visitor.get(address, headers={"If-None-Match": etag})
    assert changed.status_code == 200


def test_a_new_zone_is_a_change(
    owner: Person, address: str, visitor: APIClient, make_reminder: MakeReminder
) -> None:
    make_reminder(owner)
    etag = visitor.get(address).headers["ETag"]
    Person.objects.filter(pk=owner.pk).update(time_zone="Asia/Tokyo")
    assert visitor.get(address, headers={"If-None-Match": etag}).status_code == 200


def test_a_revoked_address_answers_nobody(
    address: str, as_owner: APIClient, visitor: APIClient
) -> None:
    assert as_owner.delete(URL).status_code == 204
    assert code_of(visitor.get(address)) == (404, "not_found")
    assert as_owner.get(URL).json() == {"url": None}


def test_revoking_twice_is_fine(as_owner: APIClient) -> None:
    assert [as_owner.delete(URL).status_code for _ in range(2)] == [204, 204]


def test_after_a_revocation_the_next_address_is_another(address: str, as_owner: APIClient) -> None:
    as_owner.delete(URL)
    again = as_owner.put(URL)
    assert again.status_code == 201
    assert not again.json()["url"].endswith(address)


@pytest.mark.parametrize(
    "secret",
    ["A" * 43, "a", "A" * 42 + "%00", "%00", "A" * 44, "A" * 5000, "..%2F..", "Ä" * 43],
)
@pytest.mark.parametrize("accept", ["application/json", "text/calendar"])
def test_a_forged_address_is_not_found(
    secret: str, accept: str, address: str, visitor: APIClient
) -> None:
    answer = visitor.get(f"/api/v1/calendar/{secret}.ics", headers={"Accept": accept})
    assert code_of(answer) == (404, "not_found")


def test_a_strangers_session_neither_sees_nor_revokes_it(
    address: str, as_stranger: APIClient, visitor: APIClient
) -> None:
    assert as_stranger.get(URL).json() == {"url": None}
    as_stranger.delete(URL)
    assert visitor.get(address).status_code == 200


@pytest.mark.parametrize("method", ["get", "put", "delete"])
def test_managing_it_takes_a_session(method: str, visitor: APIClient) -> None:
    assert code_of(getattr(visitor, method)(URL)) == (401, "no_session")


def test_nothing_can_be_written_to_it(address: str, visitor: APIClient) -> None:
    assert code_of(visitor.put(address)) == (405, "method_not_allowed")


def test_a_feed_takes_two_queries_however_much_is_in_it(
    owner: Person,
    address: str,
    visitor: APIClient,
    make_reminder: MakeReminder,
    django_assert_num_queries: Any,
) -> None:
    for _ in range(5):
        make_reminder(owner, "08:00", "12:00", "17:30")
    with django_assert_num_queries(2):  # the feed with its owner, the reminders
        assert visitor.get(address).status_code == 200


def test_one_address_asks_only_so_often(
    address: str, visitor: APIClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    from backend.core.throttling import FailOpenScopedThrottle  # noqa: PLC0415

    monkeypatch.setattr(FailOpenScopedThrottle, "THROTTLE_RATES", {"calendar": "2/hour"})
    answers = [visitor.get(address).status_code for _ in range(3)]
    assert answers == [200, 200, 429]


def test_two_people_have_two_addresses(owner: Person, stranger: Person) -> None:
    feeds = [calendar.feed_open(owner=person)[0] for person in (owner, stranger)]
    assert len({feed.secret for feed in feeds}) == CalendarFeed.objects.count() == 2
