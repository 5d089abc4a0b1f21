"""Many people with many reminders, loaded fast: COPY on PostgreSQL, one long INSERT on SQLite.

Runs inside a process of ours. Everything follows from a seed, so that two runs mean the same.
Zones, kinds, times and weekdays vary as people's do; whoever is due has one device of their own.
"""

import json
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from cryptography.hazmat.primitives.asymmetric import ec
from django.db import connection, models, transaction

from backend.accounts.models import Person
from backend.push import keys
from backend.push.models import PushSubscription
from backend.reminders import rules, schedules
from backend.reminders.models import Reminder

REMINDERS_A_PERSON = 4
ZONES = (
    "UTC", "Europe/Berlin", "Europe/London", "Europe/Helsinki", "Europe/Istanbul",
    "Africa/Lagos", "Africa/Johannesburg", "Africa/Cairo", "Asia/Dubai", "Asia/Kolkata",
    "Asia/Kathmandu", "Asia/Bangkok", "Asia/Shanghai", "Asia/Tokyo", "Australia/Adelaide",
    "Australia/Sydney", "Pacific/Auckland", "Pacific/Honolulu", "America/Anchorage",
    "America/Los_Angeles", "America/Denver", "America/Chicago", "America/New_York",
    "America/Halifax", "America/St_Johns", "America/Sao_Paulo", "America/Bogota",
)  # fmt: skip
WEEKS = ([0, 1, 2, 3, 4], [0, 1, 2, 3, 4, 5, 6], [0, 2, 4], [1, 3], [5, 6])
STEPS = (30, 45, 60, 90)
TIMED = ("walk", "check_in")
MINUTES_A_DAY = 24 * 60
NOT_SOON = timedelta(hours=2)  # the rest stays out of the way of what is measured
SPREAD = 5_000
CHUNK = 10_000
UNUSABLE = "!"  # a password that nobody has
TOKEN_LENGTH = 152  # as long as Google's

Schedule = dict[str, Any]


def fill(*, rows: int, now: datetime, seed: int = 1) -> None:
    """`rows` reminders that are not due within the next hours, with their people."""
    chance = random.Random(seed)  # noqa: S311 - not a secret
    people = [key(chance) for _ in range(-(-rows // REMINDERS_A_PERSON))]
    zones = [chance.choice(ZONES) for _ in people]
    load_people(zip(people, zones, strict=True), now=now)
    by_zone = {zone: _later(chance, zone, now, count=SPREAD // len(ZONES)) for zone in ZONES}

    def reminders() -> Iterator[Sequence[object]]:
        for number in range(rows):
            owner = number % len(people)
            yield (key(chance), people[owner], *chance.choice(by_zone[zones[owner]]))

    load(Reminder, REMINDER, reminders(), now=now)
    analyse()


def add_due(*, count: int, due_at: datetime, origin: str, now: datetime) -> None:
    """`count` people more, each with one device and one reminder that is due at `due_at`."""
    chance = random.Random(due_at.timestamp())  # noqa: S311 - other people each time
    people = [key(chance) for _ in range(count)]
    zones = [chance.choice(ZONES) for _ in people]
    load_people(zip(people, zones, strict=True), now=now)
    devices = ((key(chance), owner, *device(chance, origin)) for owner in people)
    names = ("id", "owner_id", "endpoint", "p256dh", "auth")
    said = {"name": "Chrome on Android", "origin": "https://back.example.org"}
    load(PushSubscription, names, devices, now=now, **said)
    reminders = (
        (key(chance), owner, *_due(chance, zone, due_at))
        for owner, zone in zip(people, zones, strict=True)
    )
    load(Reminder, REMINDER, reminders, now=now)
    analyse()


def key(chance: random.Random) -> str:
    return f"{chance.getrandbits(128):032x}"


def device(chance: random.Random, origin: str) -> tuple[str, str, str]:
    """An endpoint, and the keys that a browser would have made for it."""
    public = keys.public_point(ec.generate_private_key(ec.SECP256R1()))
    token = keys.encode(chance.randbytes(TOKEN_LENGTH))[:TOKEN_LENGTH]
    return f"{origin}/push/{token}", public, keys.encode(chance.randbytes(16))


def load_people(people: Iterable[tuple[str, str]], *, now: datetime) -> None:
    """With quiet hours half a day away, so that nobody's hold back what is measured."""

    def rows() -> Iterator[Sequence[object]]:
        for number, (person, zone) in enumerate(people):
            locale = "de" if number % 3 else "en"
            yield (person, zone, locale, *quiet[zone])

    quiet = {zone: _quiet(zone, now) for zone in ZONES}
    names = ("id", "time_zone", "locale", "quiet_from", "quiet_to")
    load(Person, names, rows(), now=now, password=UNUSABLE, consent_at=now)


def _quiet(zone: str, now: datetime) -> tuple[str, str]:
    local = now.astimezone(ZoneInfo(zone))
    begin, end = (local + timedelta(hours=hours) for hours in (9, 15))
    return f"{begin:%H:%M:00}", f"{end:%H:%M:00}"


REMINDER = ("id", "owner_id", "kind", "schedule", "next_due_at")


def _later(
    chance: random.Random, zone: str, now: datetime, *, count: int
) -> list[tuple[str, str, str]]:
    """Kinds and schedules, and when they come next but not soon."""
    found = []
    for _ in range(count):
        minute = chance.randrange(0, MINUTES_A_DAY, 5)
        kind, schedule = _habit(chance, minute)
        rule = schedules.parse_schedule(schedule)
        following = rules.next_due(rule, ZoneInfo(zone), now + NOT_SOON)
        assert following is not None  # noqa: S101 - these schedules have no end
        found.append((kind, json.dumps(schedule), stamp(following)))
    return found


def _due(chance: random.Random, zone: str, due_at: datetime) -> tuple[str, str, str]:
    local = due_at.astimezone(ZoneInfo(zone))
    kind, schedule = _habit(chance, local.hour * 60 + local.minute)
    # A window that began yesterday may be due on a day that its own days don't name.
    schedule["days"] = sorted({*schedule["days"], local.weekday(), (local.weekday() - 1) % 7})
    return kind, json.dumps(schedule), stamp(due_at)


def _habit(chance: random.Random, minute: int) -> tuple[str, Schedule]:
    """Something that is due at `minute` of the day, by the clock on the wall."""
    days = chance.choice(WEEKS)
    if chance.random() < 1 / 4:
        step, before, after = chance.choice(STEPS), chance.randrange(4), chance.randrange(1, 5)
        window = {"from": _clock(minute - before * step), "to": _clock(minute + after * step)}
        return "move", {"days": days, **window, "every_minutes": step, "except": []}
    times = {_clock(minute)}
    if chance.random() < 1 / 2:
        times.add(_clock(minute + chance.randrange(60, 12 * 60, 15)))
    return chance.choice(TIMED), {"days": days, "times": sorted(times)}


def _clock(minute: int) -> str:
    at = minute % MINUTES_A_DAY
    return f"{time(at // 60, at % 60):%H:%M}"


def stamp(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S}"


def load(
    model: type[models.Model],
    names: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    now: datetime,
    **constants: object,
) -> None:
    """`rows` give the columns `names`; all others have one value in every row."""
    rest = _constants(model, names, now=now, given=constants)
    columns = [*names, *rest]
    if connection.vendor == "postgresql":
        _copy(model._meta.db_table, columns, rows, list(rest.values()))
    else:
        _insert(model._meta.db_table, columns, rows, list(rest.values()))


def _constants(
    model: type[models.Model], names: Sequence[str], *, now: datetime, given: Mapping[str, object]
) -> dict[str, object]:
    found = {}
    for field in model._meta.concrete_fields:
        if field.column not in names:
            value = given.get(field.name, field.get_default())
            if isinstance(field, models.DateTimeField) and not field.null:
                value = now
            found[str(field.column)] = field.get_db_prep_save(value, connection)
    return found


def _copy(
    table: str, columns: Sequence[str], rows: Iterable[Sequence[object]], rest: Sequence[object]
) -> None:
    tail = "".join(f"\t{_copied(value)}" for value in rest)
    with transaction.atomic(), connection.cursor() as cursor:
        command = f"COPY {table} ({', '.join(columns)}) FROM STDIN"
        with cursor.copy(command) as copy:
            for chunk in _chunks(rows):
                copy.write("".join("\t".join(map(str, row)) + tail + "\n" for row in chunk))


def _copied(value: object) -> str:
    if value is None:
        return r"\N"
    if isinstance(value, bool):
        return "t" if value else "f"
    return str(value)


def _insert(
    table: str, columns: Sequence[str], rows: Iterable[Sequence[object]], rest: Sequence[object]
) -> None:
    marks = ", ".join(["%s"] * len(columns))
    command = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608 - our own names
    with transaction.atomic(), connection.cursor() as cursor:
        for chunk in _chunks(rows):
            values: list[Any] = [[*row, *rest] for row in chunk]
            cursor.executemany(command, values)


def _chunks(rows: Iterable[Sequence[object]]) -> Iterator[list[Sequence[object]]]:
    chunk: list[Sequence[object]] = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    yield chunk


def analyse() -> None:
    """What a database does by itself after a while: statistics, and the room of dead rows."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
