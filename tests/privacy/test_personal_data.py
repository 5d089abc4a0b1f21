"""A person can take everything with them, and can be forgotten without a rest."""

import json
from collections.abc import Iterator
from io import StringIO
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, models

from backend.accounts.models import Person
from backend.core import personal
from backend.core.errors import NotFound
from backend.core.personal import PersonalModel
from backend.privacy import services
from tests.conftest import NOW
from tests.privacy.factories import FACTORIES

pytestmark = [pytest.mark.service, pytest.mark.django_db]

every_personal_model = pytest.mark.parametrize(
    "entry", personal.registered(), ids=lambda entry: entry.label
)
UNKNOWN = UUID(int=7)


def fill(person: Person) -> list[models.Model]:
    """A row of everything about `person`."""
    return [FACTORIES[entry.label](person) for entry in personal.registered()]


def export(person: Person) -> dict[str, Any]:
    out = StringIO()
    call_command("export_person", str(person.pk), stdout=out)
    return dict(json.loads(out.getvalue()))


def tables() -> Iterator[tuple[str, list[str]]]:
    """Every table of the database with its rows as text, dashes of UUIDs left out."""
    with connection.cursor() as cursor:
        for name in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)}")  # noqa: S608
            yield name, [str(row).replace("-", "") for row in cursor.fetchall()]


def places_of(*keys: object) -> set[str]:
    """The tables that still hold one of `keys` anywhere."""
    marks = [str(key).replace("-", "") for key in keys]
    # psycopg shows a UUID as UUID('…'), SQLite as its hex: without dashes both hold the mark.
    return {name for name, rows in tables() for row in rows if any(m in row for m in marks)}


def test_there_is_a_factory_for_every_personal_model_and_no_other() -> None:
    assert sorted(FACTORIES) == sorted(entry.label for entry in personal.registered())


@every_personal_model
def test_an_export_holds_every_row_of_the_owner(entry: PersonalModel, owner: Person) -> None:
    made = FACTORIES[entry.label](owner)
    rows = export(owner)["data"][entry.label]
    assert len(rows) == entry.model._default_manager.filter(**{entry.owner: owner.pk}).count() == 1
    assert set(rows[0]) == set(entry.fields)
    if "id" in entry.fields:
        assert rows[0]["id"] == str(made.pk)


@every_personal_model
def test_an_export_holds_no_row_of_a_stranger(
    entry: PersonalModel, owner: Person, stranger: Person
) -> None:
    theirs = FACTORIES[entry.label](stranger)
    found = json.dumps(export(owner))
    assert str(theirs.pk) not in found
    assert str(stranger.pk) not in found


@every_personal_model
def test_erasing_leaves_no_trace_of_a_row_in_any_table(entry: PersonalModel, owner: Person) -> None:
    made = FACTORIES[entry.label](owner)
    assert places_of(made.pk, owner.pk)  # else the search itself is blind
    services.erase(person_id=owner.pk)
    assert places_of(made.pk, owner.pk) == set()


@every_personal_model
def test_erasing_leaves_a_strangers_row_as_it_was(
    entry: PersonalModel, owner: Person, stranger: Person
) -> None:
    theirs = FACTORIES[entry.label](stranger)
    fill(owner)
    kept = entry.model._default_manager.filter(pk=theirs.pk)
    before = kept.values().get()
    services.erase(person_id=owner.pk)
    assert kept.values().get() == before


def test_a_person_with_everything_leaves_nothing(owner: Person) -> None:
    keys = [row.pk for row in fill(owner)]
    assert len(places_of(*keys)) >= len(FACTORIES)
    call_command("erase_person", str(owner.pk), "--yes", stdout=StringIO())
    assert places_of(*keys, owner.pk) == set()


def test_what_a_stranger_has_is_the_same_after_somebody_left(
    owner: Person, stranger: Person
) -> None:
    fill(owner)
    fill(stranger)
    before = export(stranger)["data"]
    services.erase(person_id=owner.pk)
    assert export(stranger)["data"] == before


def test_an_export_says_what_it_is(owner: Person) -> None:
    found = services.export(person_id=owner.pk, now=NOW)
    assert (found["format"], found["version"], found["exported_at"]) == ("backstep-export", 1, NOW)
    assert list(found["data"]) == [entry.label for entry in personal.registered()]


def test_an_export_holds_no_credentials(owner: Person) -> None:
    owner.set_password("hunter2")
    owner.save()
    made = {type(row).__name__: row for row in fill(owner)}
    found = json.dumps(export(owner))
    secrets = [
        owner.password,
        made["PersonSession"].pk,
        getattr(made["PushSubscription"], "auth", None),
        getattr(made["PushSubscription"], "p256dh", None),
    ]
    assert all(isinstance(secret, str) and secret not in found for secret in secrets)


def test_nobody_is_erased_without_a_yes(owner: Person) -> None:
    with pytest.raises(CommandError, match="add --yes"):
        call_command("erase_person", str(owner.pk))
    assert Person.objects.filter(pk=owner.pk).exists()


def test_erasing_says_how_much_went(owner: Person) -> None:
    out = StringIO()
    call_command("erase_person", str(owner.pk), "--yes", stdout=out)
    assert out.getvalue() == "Rows deleted: 1.\n"


@pytest.mark.parametrize("command", [("export_person",), ("erase_person", "--yes")])
def test_an_unknown_person_is_an_error(db: None, command: tuple[str, ...]) -> None:
    name, *options = command
    with pytest.raises(CommandError, match="no such person"):
        call_command(name, str(uuid4()), *options)


@pytest.mark.parametrize("command", [("export_person",), ("erase_person", "--yes")])
def test_what_is_no_id_is_an_error(db: None, command: tuple[str, ...]) -> None:
    name, *options = command
    with pytest.raises(CommandError, match="invalid UUID value"):
        call_command(name, "somebody", *options)


def test_rows_that_would_stay_behind_stop_the_erasing(
    owner: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "person_erase", lambda **_: 0)
    with pytest.raises(RuntimeError, match=r"rows were left behind in accounts\.Person"):
        services.erase(person_id=owner.pk)
    assert Person.objects.filter(pk=owner.pk).exists()


def test_erasing_nobody_is_refused() -> None:
    with pytest.raises(NotFound):
        services.erase(person_id=UNKNOWN)


def test_a_model_is_registered_once() -> None:
    known = personal.registered()[0]
    personal.register(known.model, owner=known.owner, fields=known.fields)
    with pytest.raises(ValueError, match="is registered twice"):
        personal.register(known.model, owner=known.owner, fields=("id",))
    assert personal.registered()[0] == known
