"""What follows from what somebody ticked. The app has the same function: src/shared/triage.ts."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

# From the mildest to the most urgent.
LEVELS = ("self_care", "soon", "same_day", "emergency")
MILDEST, SOON, SAME_DAY, EMERGENCY = LEVELS


@dataclass(frozen=True)
class Row:
    """Where all of these facts are true, the level is at least this one."""

    id: str
    level: str
    all_of: frozenset[str]


@dataclass(frozen=True)
class Assessment:
    """`rows`: the ids of all that matched, in the order of the table."""

    level: str
    rows: tuple[str, ...]


def assess(rows: Sequence[Row], facts: Collection[str]) -> Assessment:
    """The most urgent of all rows that match; none is self-care. More facts never lower it."""
    matched = [row for row in rows if row.all_of.issubset(facts)]
    level = max((row.level for row in matched), key=LEVELS.index, default=MILDEST)
    return Assessment(level, tuple(row.id for row in matched))
