"""Taking what is due: deliveries inserted and reminders moved on, in rows a second."""

from collections.abc import Iterator
from typing import Any

from script.lib.bench.bench import ROUNDS, Bench
from script.lib.bench.line import Line, median, median_ratio
from script.lib.bench.subject import Cost
from script.lib.project import ScriptError

GOAL = 6
# The plain ways to do it, and how many rows each takes in a transaction.
PLAIN = {"save per row": 500, "save per row, each in a transaction": 1}


def run(bench: Bench) -> Iterator[Line]:
    for kind in bench.kinds:
        yield from on(bench, kind)


def on(bench: Bench, kind: str) -> Iterator[Line]:
    count, plain = bench.scaled(5_000, least=100), bench.scaled(1_000, least=50)
    due = (count + plain * len(PLAIN)) * (ROUNDS + 1)
    database = bench.filled(kind)
    with bench.ours(database) as helper:
        helper.do("add_due", count=due, origin=bench.sink.origin)
    ours: list[Cost] = []
    theirs: dict[str, list[Cost]] = {name: [] for name in PLAIN}
    with bench.ours(database) as claimer, bench.ours(database) as saver:
        for _ in range(ROUNDS + 1):
            ours.append(required(claimer.do("claim", count=count), count))
            for name, at_once in PLAIN.items():
                cost = saver.do("save_per_row", count=plain, at_once=at_once)
                theirs[name].append(required(cost, plain))
    with bench.ours(database) as helper:
        helper.do("clear")
    for name in PLAIN:
        rates = [count / cost.wall for cost in ours[1:]]
        others = [plain / cost.wall for cost in theirs[name][1:]]
        more: dict[str, Any] = {"goal": GOAL} if kind == "postgresql" else {}
        more |= {"database": kind, "against_value": median(others)}
        more |= {"cpu": median([cost.cpu / count * 1000 for cost in ours[1:]])}
        more |= {"peak_mb": ours[-1].peak_mb, "against_peak_mb": theirs[name][-1].peak_mb}
        yield Line(
            name="claims",
            value=median(rates),
            unit="rows/s",
            against=name,
            ratio=median_ratio(rates, others),
            more=more,
        )


def required(cost: Cost, count: int) -> Cost:
    if cost.result != count:
        raise ScriptError(f"{count} reminders were to be claimed, and {cost.result} were")
    return cost
