"""The server's own texts: every language has all of them."""

import string

import pytest

from backend.core import texts
from backend.reminders import registry

LANGUAGES = texts.languages()


def keys(language: str) -> set[tuple[str, str]]:
    found = texts.catalogue(language)
    return {(section, key) for section, entries in found.items() for key in entries}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_texts(language: str) -> None:
    assert keys(language) == keys(texts.FALLBACK)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_empty_or_shouts(language: str) -> None:
    for section, key in keys(language):
        for text in texts.texts(section, key, language=language):
            assert text == text.strip() != ""
            assert "!" not in text


@pytest.mark.parametrize("details", [False, True])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_reminder_has_its_texts(language: str, details: bool) -> None:
    for name in registry.names():
        title, body = registry.get(name).words(language=language, details=details, turn=0)
        assert title
        assert body.endswith(tuple(string.punctuation))


def test_every_language_has_as_many_wordings_of_a_text() -> None:
    for section, key in keys(texts.FALLBACK):
        counts = {len(texts.texts(section, key, language=language)) for language in LANGUAGES}
        assert len(counts) == 1, (section, key)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_wording_with_blanks_has_those_of_its_text(language: str) -> None:
    for section, key in keys(texts.FALLBACK):
        expected = blanks(texts.text(section, key, language=texts.FALLBACK))
        for text in texts.texts(section, key, language=language):
            assert blanks(text) == expected, (section, key)


def blanks(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("details", [False, True])
@pytest.mark.parametrize("language", LANGUAGES)
def test_without_facts_no_blank_is_left(language: str, details: bool) -> None:
    for name in registry.names():
        for turn in range(3):
            _, body = registry.get(name).words(language=language, details=details, turn=turn)
            assert "{" not in body


@pytest.mark.parametrize("language", LANGUAGES)
def test_facts_fill_every_wording(language: str) -> None:
    walk = registry.get("walk")
    for turn in range(3):
        _, body = walk.words(language=language, details=True, turn=turn, facts={"minutes": "12"})
        assert "12" in body


def test_facts_are_nobodys_business_without_details() -> None:
    walk = registry.get("walk")
    _, body = walk.words(language="en", details=False, turn=0, facts={"minutes": "12"})
    assert "12" not in body


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_answer_that_a_lock_screen_offers_has_its_word(language: str) -> None:
    for name in registry.names():
        for answer in registry.get(name).quick:
            assert texts.text("action", answer, language=language)


def test_there_is_one_catalogue_for_each_language_and_no_other() -> None:
    assert sorted(path.stem for path in texts.FOLDER.iterdir()) == sorted(LANGUAGES)


@pytest.mark.parametrize(
    ("locale", "language"),
    [
        ("de", "de"), ("de-AT", "de"), ("de_CH", "de"), ("DE", "de"), ("en-GB", "en"),
        ("fr", "en"), ("", "en"), ("-", "en"), ("deutsch", "en"), ("zh-Hant-TW", "en"),
    ],
)  # fmt: skip
def test_a_locale_finds_its_language_or_english(locale: str, language: str) -> None:
    assert texts.language_of(locale) == language


def test_a_text_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(KeyError):
        texts.text("walk", "subtitle", language="en")
