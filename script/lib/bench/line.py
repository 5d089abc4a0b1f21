"""One result, as one line of JSON."""

import json
import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

DIGITS = 4  # significant ones: more would be noise


@dataclass(frozen=True, kw_only=True)
class Line:
    """`value` is ours. `ratio` is read as the issue's goals are: ours to the other's, in `unit`."""

    name: str
    value: float
    unit: str
    against: str
    ratio: float
    more: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        keys = ("name", "value", "unit", "against", "ratio")
        found = {key: getattr(self, key) for key in keys} | self.more
        return json.dumps({key: _short(value) for key, value in found.items()})


def _short(value: object) -> object:
    return float(f"{value:.{DIGITS}g}") if isinstance(value, float) else value


def median(values: Sequence[float]) -> float:
    return statistics.median(values)


def median_ratio(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """The median of the rounds' own ratios: what slows the machine down slows both of a round."""
    return median([one / other for one, other in zip(ours, theirs, strict=True)])
