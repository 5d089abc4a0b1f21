"""The committed OpenAPI document is the API."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import call_command

from tests.contract.operations import (
    BY_TOKEN,
    ID,
    LANGUAGE,
    OPERATIONS,
    PUBLIC,
    SECRET,
    Operation,
)

DOCUMENT = Path(__file__).parents[2] / "docs" / "openapi.yaml"
ERROR = {"$ref": "#/components/schemas/Error"}


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    return dict(yaml.safe_load(DOCUMENT.read_text(encoding="utf-8")))


def described(document: dict[str, Any], operation: Operation) -> dict[str, Any]:
    path = operation.path.replace(ID, "{id}").replace(SECRET, "{secret}")
    path = path.replace(LANGUAGE, "{language}")
    return dict(document["paths"][path][operation.method])


DOCUMENTED = [one for one in OPERATIONS if one.route != "schema"]


def test_it_is_what_the_code_says_now() -> None:
    out = StringIO()
    call_command("spectacular", "--validate", "--fail-on-warn", stdout=out)
    assert out.getvalue().strip() == DOCUMENT.read_text(encoding="utf-8").strip()


@pytest.mark.parametrize("operation", DOCUMENTED, ids=str)
def test_every_operation_describes_its_errors(
    operation: Operation, document: dict[str, Any]
) -> None:
    default = described(document, operation)["responses"]["default"]
    assert default["content"]["application/json"]["schema"] == ERROR


@pytest.mark.parametrize("operation", DOCUMENTED, ids=str)
def test_every_operation_but_the_open_ones_names_the_session(
    operation: Operation, document: dict[str, Any]
) -> None:
    needs = {"session": []} in described(document, operation).get("security", [])
    assert needs is (operation.key not in PUBLIC | BY_TOKEN)


def test_every_operation_has_a_name_of_its_own(document: dict[str, Any]) -> None:
    names = [described(document, one)["operationId"] for one in DOCUMENTED]
    assert len(set(names)) == len(names)
