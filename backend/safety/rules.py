"""From what was ticked to what to do. Pure; `frontend/src/shared/triage.ts` is the same in the app.

Both run over the cases in tests/contract/cases/triage.json.
"""

from collections.abc import Iterable
from dataclasses import dataclass

LEVELS = ("self_care", "soon", "same_day", "emergency")  # the mildest first


@dataclass(frozen=True)
class Row:
    """Whoever ticks every fact of `all_of` is at `level` or above."""

    id: str
    level: str
    all_of: frozenset[str]


@dataclass(frozen=True)
class Assessment:
    """`rows`: the ids of every row that applies, in the order of the table."""

    level: str
    rows: tuple[str, ...]


def assess(rows: Iterable[Row], facts: Iterable[str]) -> Assessment:
    """The highest level of all rows that apply; self-care where none does.

    Ticking more never lowers the level.
    """
    ticked = frozenset(facts)
    found = [row for row in rows if row.all_of <= ticked]
    level = max((row.level for row in found), key=LEVELS.index, default=LEVELS[0])
    return Assessment(level=level, rows=tuple(row.id for row in found))
