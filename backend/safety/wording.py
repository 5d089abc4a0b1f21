"""The questions of the symptom check, their rules and texts: one file a version, in content/.

A check keeps the version it was answered under, so old files stay and never change. The newest is
the one that the app asks from.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from backend.core.basis import Basis, Source, read_basis, read_sources
from backend.core.content import Node, Words
from backend.safety.rules import LEVELS, Row

FOLDER = Path(__file__).with_name("content")
NUMBERS = "emergency_numbers.toml"
SCREENS = (1, 2)


@dataclass(frozen=True)
class Group:
    id: str
    screen: int
    title: Words
    hint: Words | None


@dataclass(frozen=True)
class Fact:
    """Something that can be ticked; `under` another one, it is asked only while that is ticked."""

    id: str
    group: str
    text: Words
    hint: Words | None
    under: str | None


@dataclass(frozen=True)
class Explained:
    """A rule, as people see it on the page that says why they are asked."""

    row: Row
    all_of: tuple[str, ...]
    why: Words
    basis: Basis


@dataclass(frozen=True)
class Advice:
    """What to do at a level, and what to say to whoever is called."""

    title: Words
    body: Words
    do: Mapping[str, tuple[str, ...]]
    say: Mapping[str, tuple[str, ...]]
    basis: Basis


@dataclass(frozen=True)
class Wording:
    """One version, complete and consistent."""

    version: str
    groups: tuple[Group, ...]
    facts: tuple[Fact, ...]
    explained: tuple[Explained, ...]
    levels: Mapping[str, Advice]
    easing: Advice
    waiting: tuple[tuple[Words, Basis], ...]
    sources: Mapping[str, Source]

    @property
    def rows(self) -> list[Row]:
        return [one.row for one in self.explained]

    @property
    def fact_ids(self) -> list[str]:
        return [fact.id for fact in self.facts]

    def texts(self, ids: Collection[str], *, language: str) -> list[str]:
        """The facts as they were read, in their order."""
        return [fact.text[language] for fact in self.facts if fact.id in ids]


def versions() -> list[str]:
    """Oldest first."""
    return sorted(path.stem for path in FOLDER.glob("[0-9]*.toml"))


def current() -> Wording:
    return wording(versions()[-1])


@cache
def wording(version: str) -> Wording:
    """Raises KeyError for a version that there is none of."""
    if version not in versions():
        raise KeyError(version)
    return load(FOLDER / f"{version}.toml")


def load(path: Path) -> Wording:
    """Raises ContentError, with file, field and reason, for whatever does not fit together."""
    root = Node.of_file(path).table(
        needs=("sources", "groups", "facts", "rows", "levels", "easing", "waiting")
    )
    sources = read_sources(root.at("sources"))
    groups = tuple(_group(one) for one in root.at("groups").with_ids())
    facts = _facts(root.at("facts"), {group.id for group in groups})
    ids = [fact.id for fact in facts]
    levels = root.at("levels").table(needs=LEVELS)
    return Wording(
        version=path.stem,
        groups=groups,
        facts=facts,
        explained=tuple(_row(one, ids, sources) for one in root.at("rows").with_ids()),
        levels={name: _advice(levels.at(name), sources) for name in reversed(LEVELS)},
        easing=_advice(root.at("easing"), sources),
        waiting=tuple(_line(one, sources) for one in root.at("waiting").items()),
        sources=sources,
    )


def _maybe(node: Node, name: str) -> Words | None:
    return node.at(name).words() if node.has(name) else None


def _group(node: Node) -> Group:
    node.table(needs=("id", "screen", "title"), may=("hint",))
    return Group(
        id=node.at("id").text(),
        screen=node.at("screen").one_of(SCREENS),
        title=node.at("title").words(),
        hint=_maybe(node, "hint"),
    )


def _facts(node: Node, groups: Collection[str]) -> tuple[Fact, ...]:
    entries = node.with_ids()
    home = {one.at("id").text(): one.at("group").value for one in entries}
    return tuple(_fact(one, groups, home) for one in entries)


def _fact(node: Node, groups: Collection[str], home: Mapping[str, str]) -> Fact:
    node.table(needs=("id", "group", "text"), may=("hint", "under"))
    group = node.at("group").one_of(groups)
    under = node.at("under").one_of(home) if node.has("under") else None
    if under is not None and home[under] != group:
        raise node.at("under").wrong(f"{under} stands in another group")
    return Fact(
        id=node.at("id").text(),
        group=group,
        text=node.at("text").words(),
        hint=_maybe(node, "hint"),
        under=under,
    )


def _row(node: Node, facts: Collection[str], sources: Collection[str]) -> Explained:
    node.table(needs=("id", "level", "all_of", "why", "sources", "strength"))
    all_of = node.at("all_of").some_of(facts)
    if not all_of:
        raise node.at("all_of").wrong("a row without facts would always match")
    level = node.at("level").one_of(LEVELS[1:])
    return Explained(
        row=Row(id=node.at("id").text(), level=level, all_of=frozenset(all_of)),
        all_of=all_of,
        why=node.at("why").words(),
        basis=read_basis(node, sources),
    )


def _advice(node: Node, sources: Collection[str]) -> Advice:
    node.table(needs=("title", "body", "do", "say", "sources", "strength"))
    return Advice(
        title=node.at("title").words(),
        body=node.at("body").words(),
        do=node.at("do").lists(),
        say=node.at("say").lists(),
        basis=read_basis(node, sources),
    )


def _line(node: Node, sources: Collection[str]) -> tuple[Words, Basis]:
    node.table(needs=("text", "sources", "strength"))
    return node.at("text").words(), read_basis(node, sources)


@cache
def emergency_numbers() -> Mapping[str, tuple[str, ...]]:
    """By ISO 3166 country; "" is where nobody knows the country."""
    root = Node.of_file(FOLDER / NUMBERS).table(needs=("unknown", "numbers"))
    found = {code: _numbers(one) for code, one in root.at("numbers").entries()}
    return found | {"": _numbers(root.at("unknown"))}


def _numbers(node: Node) -> tuple[str, ...]:
    for one in node.items():
        if not one.text().isdecimal():
            raise one.wrong("a telephone number is digits, as text")
    return tuple(node.value)
