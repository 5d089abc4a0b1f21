"""The cases that server and phone are both tested on: tests/contract/cases/triage.json.

    python -m tests.safety.cases        writes them anew, after a new wording

Levels come from the oracle; the rows that match from the content itself.
"""

import json
import os
import random
import sys
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

from backend.safety import wording
from backend.safety.rules import assess
from backend.safety.wording import Wording
from tests.safety.oracle import AT_ONCE, TODAY, level_of

FILE = Path(__file__).parents[1] / "contract" / "cases" / "triage.json"
SEED = 20261123
RANDOM_SETS = 2_000
MOST_AT_ONCE = 9


def fact_sets(asked: Wording) -> Iterator[list[str]]:
    """Nothing, each fact alone, each row, each row but for one fact, and random sets."""
    ids = asked.fact_ids
    yield []
    yield from ([one] for one in ids)
    for one in asked.explained:
        yield list(one.all_of)
        yield from (list(part) for part in combinations(one.all_of, len(one.all_of) - 1))
    # One emergency among nine facts hides all others, so each further pool leaves a level out.
    milder = [one for one in ids if one not in AT_ONCE]
    mildest = [one for one in milder if one not in TODAY]
    chance = random.Random(SEED)  # noqa: S311 - the same sets each time is the point
    for _ in range(RANDOM_SETS):
        pool = chance.choice([ids, milder, mildest])
        yield chance.sample(pool, chance.randint(1, MOST_AT_ONCE))


def made() -> dict[str, Any]:
    asked = wording.current()
    cases = []
    for facts in fact_sets(asked):
        rows = list(assess(asked.rows, facts).rows)
        cases.append({"facts": facts, "level": level_of(facts), "rows": rows})
    return {"wording": asked.version, "seed": SEED, "cases": cases}


def written() -> str:
    """A line for each case."""
    found = made()
    lines = ",\n".join(f"  {json.dumps(case)}" for case in found["cases"])
    head = f'"wording": {json.dumps(found["wording"])}, "seed": {found["seed"]}'
    return f'{{{head}, "cases": [\n{lines}\n]}}\n'


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.config.settings")
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text(written(), encoding="utf-8")
    sys.stdout.write(f"wrote {FILE.name}\n")
