"""On whose word something is said, and how much that word weighs: every claim of the content."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from backend.core.content import Node, Part, Words

STRENGTHS = ("source", "guideline", "ours")


@dataclass(frozen=True)
class Source:
    name: Words
    year: int | None
    note: Words | None


@dataclass(frozen=True)
class Basis:
    """`strength`: our source article, a named guideline or health service, or a rule of our own."""

    sources: tuple[str, ...]
    strength: str


def read_sources(node: Node) -> Mapping[str, Source]:
    """By the names that claims call them. Raises ContentError."""
    return {name: _source(one) for name, one in node.entries()}


def _source(node: Node) -> Source:
    node.table(needs=("name",), may=("year", "note"))
    return Source(
        name=node.at("name").name(),
        year=node.at("year").number() if node.has("year") else None,
        note=node.at("note").words() if node.has("note") else None,
    )


def read_basis(node: Node, sources: Collection[str]) -> Basis:
    """The `sources` and the `strength` of a claim. Raises ContentError."""
    strength = node.at("strength").one_of(STRENGTHS)
    named = node.at("sources").some_of(sources)
    if not named and strength != "ours":
        raise node.at("sources").wrong("only a rule of our own may do without")
    return Basis(sources=named, strength=strength)


def sources_part(sources: Mapping[str, Source], language: str) -> Part:
    """What the content bundle holds of them."""
    return {
        name: {
            "name": one.name[language],
            "year": one.year,
            "note": one.note[language] if one.note else None,
        }
        for name, one in sources.items()
    }


def basis_part(basis: Basis) -> Part:
    return {"sources": list(basis.sources), "strength": basis.strength}
