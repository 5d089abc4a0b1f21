"""The nightly check at a minute at which people are due, against looking at everybody.

Both look at the same people at the same moments and have to find the same ones; ours also asks
them, which is to say that it writes the question, its delivery and when the next one comes.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from script.lib.bench.bench import Bench
from script.lib.bench.line import Line, median, median_ratio
from script.lib.bench.subject import Cost
from script.lib.project import ScriptError

EVERYBODY = "scan-everyone"
GOAL = 50
ROUNDS = 3  # after one to warm up; looking at a million people takes half a minute
UNRESOLVED = 20_000
LEAST_UNRESOLVED = 200
FEW, FEW_UNRESOLVED = 1_000, 1_000  # two batches: as much at a time as where there are many
IDLE = 100
IDLE_GOAL = 1.5
MEMORY_GOAL = 1.1
OUTAGE = timedelta(days=3)


class Does(Protocol):
    """A measured process."""

    def do(self, task: str, **values: Any) -> Cost: ...


@dataclass
class Rounds:
    asked: list[int] = field(default_factory=list)
    ours: list[Cost] = field(default_factory=list)
    theirs: list[Cost] = field(default_factory=list)


def run(bench: Bench) -> Iterator[Line]:
    for kind in bench.kinds:
        yield from on(bench, kind)


def on(bench: Bench, kind: str) -> Iterator[Line]:
    unresolved = bench.scaled(UNRESOLVED, least=LEAST_UNRESOLVED)
    many = made(bench, kind, "evenings", people=bench.rows, unresolved=unresolved)
    few = made(bench, kind, "few_evenings", people=FEW, unresolved=FEW_UNRESOLVED)
    yield at_a_busy_minute(bench, kind, many)
    yield while_nobody_is_due(bench, kind, many, few)
    yield all_at_once(bench, kind, many, few)


def made(bench: Bench, kind: str, name: str, *, people: int, unresolved: int) -> str:
    database = bench.databases(kind).url(name)
    with bench.ours(database) as helper:
        helper.do("migrate")
        helper.do("fill_evenings", people=people, unresolved=unresolved)
    return database


def at_a_busy_minute(bench: Bench, kind: str, database: str) -> Line:
    found, moment = Rounds(), datetime.now(UTC).isoformat()
    with bench.ours(database) as checker, bench.ours(database) as scanner:
        for _ in range(ROUNDS + 1):
            moment = checker.do("busiest", since=moment).result
            one_round(found, checker, scanner, moment)
    ours, theirs = ([1 / cost.wall for cost in costs[1:]] for costs in (found.ours, found.theirs))
    return Line(
        name="nightly",
        value=median(ours),
        unit=f"checks/s at {bench.rows} people",
        against=EVERYBODY,
        ratio=median_ratio(ours, theirs),
        more={
            "database": kind,
            "goal": GOAL,
            "against_value": median(theirs),
            "due": found.asked[1:],
            "ms": median([cost.wall * 1000 for cost in found.ours[1:]]),
            "against_ms": median([cost.wall * 1000 for cost in found.theirs[1:]]),
            "cpu_ms": median([cost.cpu * 1000 for cost in found.ours[1:]]),
            "against_cpu_ms": median([cost.cpu * 1000 for cost in found.theirs[1:]]),
            "peak_mb": found.ours[-1].peak_mb,
            "against_peak_mb": found.theirs[-1].peak_mb,
        },
    )


def one_round(found: Rounds, checker: Does, scanner: Does, moment: str) -> None:
    """Everybody who is due before that minute has been asked; then both look."""
    checker.do("catch_up", before=moment)
    theirs = scanner.do("scan_everyone", at=moment)
    ours = checker.do("check", at=moment)
    asked = checker.do("asked_at", at=moment).result
    if asked != theirs.result or asked["people"] != ours.result:
        raise ScriptError(
            f"at {moment} the scan found {theirs.result}, and the check asked {asked}"
        )
    found.asked.append(ours.result)
    found.ours.append(ours)
    found.theirs.append(theirs)


def while_nobody_is_due(bench: Bench, kind: str, many: str, few: str) -> Line:
    count = bench.scaled(IDLE, least=20)
    with bench.ours(many) as large, bench.ours(few) as little:
        for subject in (large, little):
            subject.do("idle_checks", count=count)
        costs = [
            (large.do("idle_checks", count=count), little.do("idle_checks", count=count))
            for _ in range(ROUNDS)
        ]
    ours, theirs = (
        [median(cost.result) * 1000 for cost in side] for side in zip(*costs, strict=True)
    )
    return Line(
        name="nightly_idle",
        value=median(ours),
        unit=f"ms a check at {bench.rows} people",
        against=f"{FEW} people",
        ratio=median_ratio(ours, theirs),
        more={
            "database": kind,
            "goal": IDLE_GOAL,
            "against_value": median(theirs),
            "peak_mb": costs[-1][0].peak_mb,
            "against_peak_mb": costs[-1][1].peak_mb,
        },
    )


def all_at_once(bench: Bench, kind: str, many: str, few: str) -> Line:
    """Everybody with an open episode is asked, in processes that did nothing else before."""
    moment = (datetime.now(UTC) + (ROUNDS + 2) * OUTAGE).isoformat()
    ours, traced = after_an_outage(bench, many, moment)
    theirs, traced_few = after_an_outage(bench, few, moment)
    return Line(
        name="nightly_memory",
        value=ours.peak_mb,
        unit=f"MB at {bench.rows} people",
        against=f"{FEW} people",
        ratio=ours.peak_mb / theirs.peak_mb,
        more={
            "database": kind,
            "goal": MEMORY_GOAL,
            "against_value": theirs.peak_mb,
            "peak_mb": ours.peak_mb,
            "asked": ours.result,
            "s": ours.wall,
            "against_asked": theirs.result,
            "traced_kib": traced,
            "against_traced_kib": traced_few,
        },
    )


def after_an_outage(bench: Bench, database: str, moment: str) -> tuple[Cost, float]:
    """What it took to ask everybody, and what Python allocated to do it once more."""
    later = (datetime.fromisoformat(moment) + OUTAGE).isoformat()
    with bench.ours(database) as checker:
        people = checker.do("all_due", at=moment).result
        cost = checker.do("check", at=moment)
        checker.do("all_due", at=later)
        traced: float = checker.do("traced_check", at=later).result["kib"]
    if cost.result != people:
        raise ScriptError(f"{people} people were due, and {cost.result} were asked")
    return cost, traced
