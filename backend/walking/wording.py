"""The ask-first questions: one file a version, in content/.

Answers keep the version they were given under, so old files stay and never change. The newest is
the one that the app asks from.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from backend.core.basis import Basis, Source, read_basis, read_sources
from backend.core.content import Node, Words

FOLDER = Path(__file__).with_name("content")


@dataclass(frozen=True)
class Question:
    """Something that blocks a plan where it applies, and why it is asked."""

    id: str
    text: Words
    hint: Words
    why: Words
    basis: Basis


@dataclass(frozen=True)
class Wording:
    """One version, complete and consistent."""

    version: str
    questions: tuple[Question, ...]
    sources: Mapping[str, Source]

    @property
    def ids(self) -> list[str]:
        return [one.id for one in self.questions]


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
    root = Node.of_file(path).table(needs=("sources", "questions"))
    sources = read_sources(root.at("sources"))
    questions = tuple(_question(one, sources) for one in root.at("questions").with_ids())
    if not questions:
        raise root.at("questions").wrong("without any the gate would stand open")
    return Wording(version=path.stem, questions=questions, sources=sources)


def _question(node: Node, sources: Collection[str]) -> Question:
    node.table(needs=("id", "text", "hint", "why", "sources", "strength"))
    return Question(
        id=node.at("id").text(),
        text=node.at("text").words(),
        hint=node.at("hint").words(),
        why=node.at("why").words(),
        basis=read_basis(node, sources),
    )
