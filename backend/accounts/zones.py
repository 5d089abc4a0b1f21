"""Time zones and the countries they lie in, from the tz database."""

from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo, available_timezones

NO_PLACE = {"Factory", "localtime"}  # "not set yet", and whatever this server is set to


@cache
def zone(name: str) -> ZoneInfo:
    """Each zone's table is read once; ZoneInfo itself remembers eight of them."""
    return ZoneInfo(name)


@cache
def known_zones() -> frozenset[str]:
    return frozenset(available_timezones() - NO_PLACE)


def is_zone(name: str) -> bool:
    return name in known_zones()


@cache
def _countries() -> dict[str, str]:
    table = files("tzdata").joinpath("zoneinfo", "zone.tab").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines() if line and not line.startswith("#"))
    return {row[2]: row[0] for row in rows}


def country_of(zone: str) -> str:
    """ISO 3166 code of the zone's country, or "" where the zone spans none ("UTC")."""
    return _countries().get(zone, "")


@cache
def known_countries() -> frozenset[str]:
    table = files("tzdata").joinpath("zoneinfo", "iso3166.tab").read_text(encoding="utf-8")
    return frozenset(line[:2] for line in table.splitlines() if line and not line.startswith("#"))
