"""The account behind the first save: no name, one cookie, no way in for other people's pages."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from pytest_django import Settings
from rest_framework.test import APIClient

from backend.accounts.models import Person, PersonSession
from backend.accounts.services import CONSENT_VERSION
from backend.pain.models import PainEntry
from tests.conftest import NOW

pytestmark = [pytest.mark.service, pytest.mark.django_db]

BROWSER = {"time_zone": "Europe/Berlin", "locale": "de-AT"}
AGE = 400 * 24 * 3600
COOKIES = ("backstep_session", "backstep_csrf")


def start(client: APIClient, *, status: int = 201, **values: Any) -> dict[str, Any]:
    answer = client.post("/api/v1/session", BROWSER | values, format="json")
    assert answer.status_code == status, answer.content
    return dict(answer.json())


@pytest.fixture
def careful() -> APIClient:
    """A browser that the server treats with all its checks."""
    return APIClient(enforce_csrf_checks=True)


def test_a_first_session_makes_a_person(visitor: APIClient) -> None:
    person = start(visitor)["person"]
    assert person == {
        "id": str(Person.objects.get().pk),
        "time_zone": "Europe/Berlin",
        "locale": "de",
        "country": "DE",
        "consent_at": None,
        "quiet_hours": None,
        "evening_check_at": "19:30",
        "day_ends_at": 0,
        "daily_cap": 6,
        "lock_screen_details": False,
    }


def test_the_person_has_no_password_and_no_rights(visitor: APIClient) -> None:
    start(visitor)
    person = Person.objects.get()
    assert not person.has_usable_password()
    assert (person.username, person.is_staff, person.is_superuser) == (None, False, False)


def test_coming_back_finds_the_same_person(visitor: APIClient) -> None:
    first = start(visitor)["person"]["id"]
    assert start(visitor, status=200)["person"]["id"] == first
    assert Person.objects.count() == 1


def test_another_browser_is_another_person(visitor: APIClient) -> None:
    assert start(visitor)["person"]["id"] != start(APIClient())["person"]["id"]


def test_each_opening_refreshes_zone_and_language(visitor: APIClient) -> None:
    start(visitor)
    person = start(visitor, status=200, time_zone="Asia/Tokyo", locale="en-GB")["person"]
    assert (person["time_zone"], person["locale"]) == ("Asia/Tokyo", "en")


def test_a_refresh_without_a_country_keeps_the_one_there_is(visitor: APIClient) -> None:
    start(visitor, country="AT")
    assert start(visitor, status=200)["person"]["country"] == "AT"


def test_a_session_row_knows_its_person(visitor: APIClient) -> None:
    start(visitor)
    assert PersonSession.objects.get().person == Person.objects.get()


def test_the_cookies_are_out_of_reach_of_scripts_and_other_sites(visitor: APIClient) -> None:
    start(visitor)
    for name in COOKIES:
        cookie = visitor.cookies[name]
        assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


def test_the_session_lasts_as_long_as_browsers_allow(visitor: APIClient) -> None:
    start(visitor)
    assert visitor.cookies["backstep_session"]["max-age"] == AGE


def test_a_public_server_sends_cookies_over_https_only(
    visitor: APIClient, settings: Settings
) -> None:
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    start(visitor)
    assert all(visitor.cookies[name]["secure"] for name in COOKIES)


def test_each_opening_starts_the_cookies_age_anew(visitor: APIClient) -> None:
    with time_machine.travel(NOW, tick=False):
        start(visitor)
    visitor.cookies["backstep_session"]["max-age"] = ""
    later = NOW + timedelta(days=300)
    with time_machine.travel(later, tick=False):
        start(visitor, status=200)
    assert visitor.cookies["backstep_session"]["max-age"] == AGE
    assert PersonSession.objects.get().expire_date == later + timedelta(seconds=AGE)


def test_a_session_that_ran_out_is_none(visitor: APIClient) -> None:
    with time_machine.travel(NOW, tick=False):
        start(visitor)
    with time_machine.travel(NOW + timedelta(days=401), tick=False):
        answer = visitor.get("/api/v1/today")
    assert (answer.status_code, answer.json()["code"]) == (401, "no_session")


@pytest.mark.parametrize("key", ["nonsense-nonsense", '"\\000aaaaaaaaaaaa"', "a" * 5000, "ü" * 9])
def test_a_made_up_session_is_none(visitor: APIClient, key: str) -> None:
    answer = visitor.get("/api/v1/today", headers={"cookie": f"backstep_session={key}"})
    assert (answer.status_code, answer.json()["code"]) == (401, "no_session")


def test_a_person_who_was_erased_has_no_session(visitor: APIClient) -> None:
    start(visitor)
    Person.objects.all().delete()
    answer = visitor.get("/api/v1/today")
    assert (answer.status_code, answer.json()["code"]) == (401, "no_session")


def test_consent_is_stored_once_with_its_version(visitor: APIClient) -> None:
    start(visitor)
    with time_machine.travel(NOW, tick=False):
        start(visitor, status=200, consent=True)
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        start(visitor, status=200, consent=True)
    person = Person.objects.get()
    assert (person.consent_at, person.consent_version) == (NOW, CONSENT_VERSION)


def test_a_later_opening_takes_no_consent_back(visitor: APIClient) -> None:
    given = start(visitor, consent=True)["person"]["consent_at"]
    assert given
    assert start(visitor, status=200, consent=False)["person"]["consent_at"] == given


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/api/v1/pain/entries/{}", {"score": 4}),
        (
            "/api/v1/reminders/{}",
            {"kind": "walk", "schedule": {"days": [0], "times": ["08:00"]}, "enabled": True},
        ),
    ],
)
def test_nothing_about_health_is_stored_without_consent(
    visitor: APIClient, path: str, body: dict[str, Any]
) -> None:
    start(visitor)
    answer = visitor.put(path.format(uuid.uuid4()), body, format="json")
    assert (answer.status_code, answer.json()["code"]) == (403, "consent_required")
    assert not PainEntry.objects.exists()


def test_a_write_without_the_token_is_refused(careful: APIClient) -> None:
    start(careful, consent=True)
    answer = careful.put(f"/api/v1/pain/entries/{uuid.uuid4()}", {"score": 4}, format="json")
    assert (answer.status_code, answer.json()["code"]) == (403, "csrf_failed")
    assert not PainEntry.objects.exists()


@pytest.mark.parametrize("source", ["session", "me"])
def test_a_write_with_the_token_passes(careful: APIClient, source: str) -> None:
    started = start(careful, consent=True)
    token = (started if source == "session" else careful.get("/api/v1/session").json())[
        "csrf_token"
    ]
    answer = careful.put(
        f"/api/v1/pain/entries/{uuid.uuid4()}",
        {"score": 4},
        format="json",
        headers={"x-csrftoken": token},
    )
    assert answer.status_code == 201


def test_a_strangers_token_does_not_help(careful: APIClient) -> None:
    token = start(APIClient())["csrf_token"]
    start(careful, consent=True)
    answer = careful.patch(
        "/api/v1/me", {"locale": "en"}, format="json", headers={"x-csrftoken": token}
    )
    assert answer.json()["code"] == "csrf_failed"


@pytest.mark.parametrize("site", ["same-origin", "same-site", "none"])
def test_our_own_page_starts_a_session(careful: APIClient, site: str) -> None:
    answer = careful.post(
        "/api/v1/session", BROWSER, format="json", headers={"sec-fetch-site": site}
    )
    assert answer.status_code == 201


def test_a_foreign_page_does_not(careful: APIClient) -> None:
    answer = careful.post(
        "/api/v1/session", BROWSER, format="json", headers={"sec-fetch-site": "cross-site"}
    )
    assert (answer.status_code, answer.json()["code"]) == (403, "csrf_failed")
    assert not Person.objects.exists()


def test_one_address_makes_thirty_accounts_an_hour(visitor: APIClient) -> None:
    for _ in range(30):
        start(APIClient())
    answer = visitor.post("/api/v1/session", BROWSER, format="json")
    assert (answer.status_code, answer.json()["code"]) == (429, "rate_limited")
    assert int(answer["Retry-After"]) > 0
    assert Person.objects.count() == 30


def test_a_made_up_forwarded_address_does_not_help(visitor: APIClient) -> None:
    for last in range(30):
        start(APIClient(headers={"x-forwarded-for": f"203.0.113.{last}"}))
    answer = visitor.post("/api/v1/session", BROWSER, format="json")
    assert answer.status_code == 429


def test_opening_the_app_is_never_limited(visitor: APIClient) -> None:
    start(visitor)
    for _ in range(40):
        start(visitor, status=200)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"time_zone": "Mars/Olympus"}, "time_zone"),
        ({"time_zone": "europe/berlin"}, "time_zone"),
        ({"time_zone": "../../etc/passwd"}, "time_zone"),
        ({"time_zone": "localtime"}, "time_zone"),
        ({"time_zone": ""}, "time_zone"),
        ({"country": "XX"}, "country"),
        ({"country": "de"}, "country"),
        ({"country": "DEU"}, "country"),
        ({"locale": ""}, "locale"),
        ({"consent": "perhaps"}, "consent"),
        ({"consent": None}, "consent"),
    ],
)
def test_what_a_browser_would_not_say_is_refused(
    visitor: APIClient, values: dict[str, Any], field: str
) -> None:
    answer = start(visitor, status=400, **values)
    assert (answer["code"], list(answer["fields"])) == ("invalid", [field])
    assert not Person.objects.exists()
    assert not PersonSession.objects.exists()


def test_a_language_that_we_lack_reads_as_english(visitor: APIClient) -> None:
    assert start(visitor, locale="fr-CA")["person"]["locale"] == "en"


def test_somebody_new_is_nobody_yet_and_nothing_is_stored(visitor: APIClient) -> None:
    answer = visitor.get("/api/v1/session")
    assert (answer.status_code, answer.json()) == (200, {"person": None, "csrf_token": ""})
    assert not answer.cookies
    assert not PersonSession.objects.exists()
