"""What a tick costs while nothing is due: it must not depend on how many reminders there are."""

from collections.abc import Iterator

from script.lib.bench.bench import ROUNDS, Bench
from script.lib.bench.line import Line, median
from script.lib.bench.subject import Cost

FEW = 1_000
TICKS = 200
GOAL = 1.5


def run(bench: Bench) -> Iterator[Line]:
    for kind in bench.kinds:
        yield on(bench, kind)


def on(bench: Bench, kind: str) -> Line:
    ticks = bench.scaled(TICKS, least=40)
    small = bench.database(kind, "few", rows=FEW)
    many: list[Cost] = []
    few: list[Cost] = []
    with bench.ours(bench.filled(kind)) as large, bench.ours(small) as little:
        for subject in (large, little):
            subject.do("ticks", count=ticks)
        for _ in range(ROUNDS):
            many.append(large.do("ticks", count=ticks))
            few.append(little.do("ticks", count=ticks))
    ours, theirs = ([median(cost.result) * 1000 for cost in costs] for costs in (many, few))
    return Line(
        name="tick_idle",
        value=median(ours),
        unit=f"ms a tick at {bench.rows} reminders",
        against=f"{FEW} reminders",
        ratio=median(ours) / median(theirs),
        more={
            "database": kind,
            "goal": GOAL,
            "against_value": median(theirs),
            "cpu": median([cost.cpu / ticks * 1000 for cost in many]),
            "peak_mb": many[-1].peak_mb,
            "against_peak_mb": few[-1].peak_mb,
        },
    )
