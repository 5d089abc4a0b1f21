"""Content: texts and tables that are authored once, in TOML, and that the app has offline.

Each app reads its own files through `Node`, which says exactly what is wrong where, and contributes
its part of the bundle. `manage.py build_content` writes one bundle a language for the frontend.
"""

import json
import tomllib
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from backend.core import texts

Words = Mapping[str, str]
Part = dict[str, Any]


class ContentError(Exception):
    """`file: field: reason`, for whoever wrote it."""


@dataclass(frozen=True)
class Node:
    """A value of a content file that knows where it stands. Every reader raises ContentError."""

    file: str
    field: str
    value: Any

    @classmethod
    def of_file(cls, path: Path) -> "Node":
        try:
            return cls(path.name, "", tomllib.loads(path.read_text(encoding="utf-8")))
        except tomllib.TOMLDecodeError as error:
            raise ContentError(f"{path.name}: this is no TOML: {error}") from None

    def wrong(self, reason: str) -> ContentError:
        return ContentError(f"{self.file}: {self.field or 'the file'}: {reason}")

    def table(self, *, needs: Collection[str], may: Collection[str] = ()) -> "Node":
        """Itself, as a table with all of `needs`, perhaps some of `may`, and nothing else."""
        if not isinstance(self.value, dict):
            raise self.wrong("this is a table of several values")
        for name in self.value:
            if name not in {*needs, *may}:
                raise self.at(name).wrong("there is no such field")
        for name in needs:
            if name not in self.value:
                raise self.at(name).wrong("it is missing")
        return self

    def at(self, name: str) -> "Node":
        field = f"{self.field}.{name}" if self.field else name
        return Node(self.file, field, self.value.get(name))

    def has(self, name: str) -> bool:
        return name in self.value

    def entries(self) -> Iterator[tuple[str, "Node"]]:
        """The named values of a table whose names are free."""
        if not isinstance(self.value, dict):
            raise self.wrong("this is a table of several values")
        return ((name, self.at(name)) for name in self.value)

    def items(self) -> list["Node"]:
        """The values of a list: those that have an id are known by it, others by their place."""
        if not isinstance(self.value, list):
            raise self.wrong("this is a list")
        return [Node(self.file, self._name(n, one), one) for n, one in enumerate(self.value)]

    def with_ids(self) -> list["Node"]:
        """The same, of a list in which no two may have the same id."""
        seen: set[str] = set()
        entries = self.items()
        for entry in entries:
            name = entry.at("id").text()
            if name in seen:
                raise entry.wrong("another one has this id")
            seen.add(name)
        return entries

    def _name(self, place: int, value: Any) -> str:
        known = value.get("id") if isinstance(value, dict) else None
        return f"{self.field}[{known or place}]"

    def text(self) -> str:
        if not isinstance(self.value, str) or not self.value.strip():
            raise self.wrong("a text is missing")
        return self.value

    def number(self) -> int:
        if type(self.value) is not int:
            raise self.wrong("this is a whole number")
        return self.value

    def one_of(self, choices: Collection[Any]) -> Any:
        if self.value not in choices:
            raise self.wrong(f"{self.value!r} is not one of {', '.join(map(str, choices))}")
        return self.value

    def some_of(self, choices: Collection[str]) -> tuple[str, ...]:
        return tuple(one.one_of(choices) for one in self.items())

    def words(self) -> Words:
        """A text in every language."""
        return {code: self._in(code).text() for code in self._languages()}

    def name(self) -> Words:
        """The same, where a plain text may stand for all: names need not be translated."""
        if isinstance(self.value, str):
            return dict.fromkeys(texts.languages(), self.text())
        return self.words()

    def lists(self) -> Mapping[str, tuple[str, ...]]:
        """A list of texts in every language, equally long in all."""
        found = {
            code: tuple(one.text() for one in self._in(code).items()) for code in self._languages()
        }
        if len({len(lines) for lines in found.values()}) > 1:
            raise self.wrong("some language has more lines than another")
        return found

    def _languages(self) -> list[str]:
        self.table(needs=(), may=texts.languages())
        return texts.languages()

    def _in(self, code: str) -> "Node":
        if code not in self.value:
            raise self.at(code).wrong("the translation is missing")
        return self.at(code)


_parts: dict[str, Callable[[str], Part]] = {}


def contribute(name: str, part: Callable[[str], Part]) -> None:
    """Add what `part` answers for a language to the bundle. Call it when the app is loaded."""
    _parts[name] = part


def bundle(language: str) -> Part:
    """Everything that the app has offline in `language`. Two parts may share sources."""
    found: Part = {"language": language}
    for part in _parts.values():
        for name, value in part(language).items():
            _add(found, name, value)
    return found


def _add(found: Part, name: str, value: Any) -> None:
    if name not in found:
        found[name] = value
        return
    known = found[name]
    for key, one in value.items():
        if known.setdefault(key, one) != one:
            raise ContentError(f"{name}.{key}: two parts of the content disagree about it")


def written(language: str) -> str:
    """The bundle as its file holds it: a line for each entry, so that a change is easy to read, and
    no other white space, as phones keep the file."""
    return _lines(bundle(language), deep=3) + "\n"


def _lines(value: Any, *, deep: int) -> str:
    if deep and isinstance(value, dict):
        entries = [
            f"{_lines(key, deep=0)}:{_lines(one, deep=deep - 1)}" for key, one in value.items()
        ]
        return "{\n" + ",\n".join(entries) + "\n}"
    if deep and isinstance(value, list):
        return "[\n" + ",\n".join(_lines(one, deep=0) for one in value) + "\n]"
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def file_of(language: str) -> Path:
    return settings.BASE_DIR / "frontend" / "src" / "content" / f"{language}.json"


def asset_of(language: str) -> str | None:
    """The address of the built bundle: the frontend's build has put a hash into its name."""
    assets = Path(settings.FRONTEND_DIST) / "assets"
    built = sorted(assets.glob(f"{language}-????????.json"), key=lambda one: one.stat().st_mtime)
    return f"/assets/{built[-1].name}" if built else None
