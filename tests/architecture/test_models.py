"""Every model about a person is in the registry, and goes with its person."""

import pytest
from django.apps import apps
from django.db import models

from backend.accounts.models import Person
from backend.core import personal

# Rows that only join a person to Django's groups and permissions. Nobody gets either, they hold
# nothing but keys, and they go with the person like everything else.
JOINS = {"accounts.Person_groups", "accounts.Person_user_permissions"}


def links(model: type[models.Model]) -> list[models.ForeignKey[models.Model]]:
    return [field for field in model._meta.get_fields() if isinstance(field, models.ForeignKey)]


def leads_to_a_person(model: type[models.Model], seen: frozenset[str] = frozenset()) -> bool:
    label = model._meta.label
    if model is Person:
        return True
    targets = [link.related_model for link in links(model)]
    return label not in seen and any(
        leads_to_a_person(target, seen | {label}) for target in targets
    )


def about_people() -> dict[str, type[models.Model]]:
    every = apps.get_models(include_auto_created=True)
    return {model._meta.label: model for model in every if leads_to_a_person(model)}


def test_every_model_that_leads_to_a_person_is_registered() -> None:
    assert set(about_people()) - JOINS == {entry.label for entry in personal.registered()}


def test_the_joins_exist_and_hold_only_keys() -> None:
    for label in JOINS:
        model = apps.get_model(label)
        assert model._meta.auto_created is Person
        assert len(links(model)) == len(model._meta.get_fields()) - 1  # all but its own id


@pytest.mark.parametrize("label", sorted(about_people()))
def test_a_row_goes_with_its_person(label: str) -> None:
    model = about_people()[label]
    ways = [link for link in links(model) if leads_to_a_person(link.related_model)]
    cascades = [link for link in ways if link.remote_field.on_delete is models.CASCADE]
    assert model is Person or cascades


@pytest.mark.parametrize("entry", personal.registered(), ids=lambda entry: entry.label)
def test_an_export_names_only_fields_that_exist(entry: personal.PersonalModel) -> None:
    known = {field.name for field in entry.model._meta.get_fields()}
    known |= {link.attname for link in links(entry.model)}
    assert set(entry.fields) <= known
