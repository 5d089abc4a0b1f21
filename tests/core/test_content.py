"""The content bundle: built from every app's part, committed, and found where the build put it."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from rest_framework.test import APIClient

from backend.core import content
from backend.core.content import ContentError, Node

LANGUAGES = ("en", "de")


@pytest.fixture
def parts(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """The registry, empty."""
    empty: dict[str, Any] = {}
    monkeypatch.setattr(content, "_parts", empty)
    return empty


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(content, "file_of", lambda language: tmp_path / f"{language}.json")
    return tmp_path


def build(*options: str) -> None:
    call_command("build_content", *options, stdout=StringIO())


class TestTheBundle:
    def test_holds_what_each_app_contributes(self, parts: dict[str, Any]) -> None:
        content.contribute("a", lambda language: {"prompts": [language]})
        content.contribute("b", lambda _: {"library": {"x": 1}})
        assert content.bundle("de") == {
            "language": "de", "prompts": ["de"], "library": {"x": 1},
        }  # fmt: skip

    def test_lets_two_apps_name_the_same_source(self, parts: dict[str, Any]) -> None:
        content.contribute("a", lambda _: {"sources": {"nhs": {"year": 1}, "who": {}}})
        content.contribute("b", lambda _: {"sources": {"nhs": {"year": 1}, "ours": {}}})
        assert set(content.bundle("en")["sources"]) == {"nhs", "who", "ours"}

    def test_but_not_two_things_by_one_name(self, parts: dict[str, Any]) -> None:
        content.contribute("a", lambda _: {"sources": {"nhs": {"year": 1}}})
        content.contribute("b", lambda _: {"sources": {"nhs": {"year": 2}}})
        with pytest.raises(ContentError, match=r"sources\.nhs: two parts of the content disagree"):
            content.bundle("en")

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_is_the_same_when_read_back(self, language: str) -> None:
        assert json.loads(content.written(language)) == content.bundle(language)

    def test_has_the_same_shape_in_every_language(self) -> None:
        def shape(value: Any) -> Any:
            if isinstance(value, dict):
                return {name: shape(one) for name, one in value.items()}
            return [shape(one) for one in value] if isinstance(value, list) else type(value)

        assert shape(content.bundle("en")) == shape(content.bundle("de"))


class TestTheCommand:
    def test_the_committed_bundles_are_what_the_content_says(self) -> None:
        build("--check")

    def test_writes_and_is_content_then(self, files: Path) -> None:
        build()
        build("--check")
        assert sorted(one.name for one in files.iterdir()) == ["de.json", "en.json"]

    @pytest.mark.parametrize("text", [None, "{}"])
    def test_names_what_is_missing_or_out_of_date(self, files: Path, text: str | None) -> None:
        build()
        if text is None:
            (files / "de.json").unlink()
        else:
            (files / "de.json").write_text(text, encoding="utf-8")
        with pytest.raises(CommandError, match=r"content/de\.json is out of date"):
            build("--check")

    def test_says_what_is_wrong_in_the_content_and_writes_nothing(
        self, files: Path, parts: dict[str, Any]
    ) -> None:
        def broken(_: str) -> content.Part:
            raise Node("walks.toml", "walks[3].text", "").wrong("a text is missing")

        content.contribute("walks", broken)
        with pytest.raises(CommandError, match=r"walks\.toml: walks\[3\]\.text: a text is missing"):
            build()
        assert list(files.iterdir()) == []


class TestANode:
    """What safety/content does not happen to spoil in tests/safety/test_wording.py."""

    @pytest.mark.parametrize(
        ("value", "read", "complaint"),
        [
            (5, "text", "a text is missing"),
            ("5", "number", "this is a whole number"),
            (True, "number", "this is a whole number"),
            ({}, "items", "this is a list"),
            ("en", "words", "this is a table"),
            ({"en": "a"}, "words", r"place\.de: the translation is missing"),
            ({"en": ["a"], "de": []}, "lists", "some language has more lines"),
            ([], "entries", "this is a table"),
        ],
    )
    def test_refuses_another_kind_of_value(self, value: Any, read: str, complaint: str) -> None:
        with pytest.raises(ContentError, match=complaint):
            getattr(Node("some.toml", "place", value), read)()

    def test_takes_a_name_that_needs_no_translation(self) -> None:
        assert Node("some.toml", "name", "NHS").name() == {"en": "NHS", "de": "NHS"}

    def test_names_the_file_itself_where_that_is_wrong(self) -> None:
        with pytest.raises(ContentError, match=r"some\.toml: the file: this is a table"):
            Node("some.toml", "", []).table(needs=())


@pytest.fixture
def dist(tmp_path: Path, settings: Any) -> Path:
    settings.FRONTEND_DIST = tmp_path
    (tmp_path / "assets").mkdir()
    return tmp_path / "assets"


class TestTheAddress:
    @pytest.mark.parametrize(
        ("language", "name"), [("en", "en-DXVK7DrR.json"), ("de", "de--GOS0UaN.json")]
    )
    def test_leads_to_the_built_file(
        self, visitor: APIClient, dist: Path, language: str, name: str
    ) -> None:
        (dist / name).touch()
        (dist / f"{language}-notahash.json.br").touch()
        (dist / "en-US-12345678.json").touch()
        answer = visitor.get(f"/api/v1/content/{language}")
        assert (answer.status_code, answer.headers["Location"]) == (302, f"/assets/{name}")
        assert answer.headers["Cache-Control"] == "public, max-age=60"

    @pytest.mark.parametrize("language", ["fr", "EN", "en-GB", "..", "index"])
    def test_knows_no_other_language(self, visitor: APIClient, dist: Path, language: str) -> None:
        answer = visitor.get(f"/api/v1/content/{language}")
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")

    def test_says_so_where_nothing_is_built(self, visitor: APIClient, dist: Path) -> None:
        answer = visitor.get("/api/v1/content/en")
        assert (answer.status_code, answer.json()["code"]) == (503, "not_built")

    def test_asks_for_no_session_and_sets_none(self, visitor: APIClient, dist: Path) -> None:
        (dist / "en-DXVK7DrR.json").touch()
        assert visitor.get("/api/v1/content/en").cookies == {}
