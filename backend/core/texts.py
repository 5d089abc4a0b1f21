"""The texts that the server itself sends, in every language. The app has catalogues of its own."""

import tomllib
from functools import cache, lru_cache
from pathlib import Path

from django.conf import settings

FOLDER = Path(__file__).with_name("messages")
FALLBACK = "en"


@cache
def catalogue(language: str) -> dict[str, dict[str, str | list[str]]]:
    return tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))


def languages() -> list[str]:
    return [code for code, _ in settings.LANGUAGES]


@lru_cache(maxsize=1000)
def language_of(locale: str) -> str:
    """The language we have for a browser's locale: `de-AT` -> `de`, one we lack -> `en`."""
    code = locale.replace("_", "-").split("-")[0].lower()
    return code if code in languages() else FALLBACK


def text(section: str, key: str, *, language: str) -> str:
    """Raises KeyError for a text that does not exist: a test holds that all languages have all."""
    return texts(section, key, language=language)[0]


def texts(section: str, key: str, *, language: str) -> list[str]:
    """Every wording of a text that has several, or the only one."""
    found = catalogue(language)[section][key]
    return [found] if isinstance(found, str) else found
