"""Zones and countries, from the tz database."""

from zoneinfo import ZoneInfo

import pytest

from backend.accounts import zones


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/Argentina/Ushuaia", "UTC", "Etc/GMT+5"])
def test_zones_of_the_tz_database_are_known(zone: str) -> None:
    assert zones.is_zone(zone)


@pytest.mark.parametrize(
    "zone", ["", "Berlin", "europe/berlin", "Europe/Berlin ", "Mars/Olympus", "/etc/localtime",
             "../Europe/Berlin", "posixrules", "localtime", "Factory", "UTC\0"],
)  # fmt: skip
def test_other_names_are_not(zone: str) -> None:
    assert not zones.is_zone(zone)


def test_every_known_zone_can_be_reckoned_with() -> None:
    assert all(ZoneInfo(zone) for zone in zones.known_zones())


@pytest.mark.parametrize(
    ("zone", "country"),
    [
        ("Europe/Berlin", "DE"),
        ("Europe/Vienna", "AT"),
        ("Asia/Tokyo", "JP"),
        ("UTC", ""),
        ("Etc/GMT+5", ""),
        ("Mars/Olympus", ""),
    ],
)
def test_a_country_is_guessed_from_the_zone(zone: str, country: str) -> None:
    assert zones.country_of(zone) == country


def test_every_guess_is_a_country_that_we_know() -> None:
    guesses = {zones.country_of(zone) for zone in zones.known_zones()}
    assert guesses - {""} <= zones.known_countries()
