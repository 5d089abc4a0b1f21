"""Encrypt, sign and POST over TLS: how many messages a second one core sends."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack

from script.lib.bench.bench import ROUNDS, Bench, require_sent
from script.lib.bench.line import Line, median, median_ratio
from script.lib.bench.peers import NAMES
from script.lib.bench.subject import Cost, Subject

OURS, LIMIT = "backstep", "encryption-only"
GOALS = {"django-push-notifications": 12, LIMIT: 0.6}
UNIT = "messages/s per core"


def run(bench: Bench) -> Iterator[Line]:
    counts = {OURS: bench.scaled(5_000, least=100), LIMIT: bench.scaled(5_000, least=100)}
    counts |= dict.fromkeys(NAMES, bench.scaled(200, least=5))
    with ExitStack() as stack:
        senders = start(bench, stack)
        for name, subject in senders.items():
            once(bench, name, subject, counts[name])  # connections, caches, imports
        rounds: dict[str, list[Cost]] = defaultdict(list)
        for _ in range(ROUNDS):
            for name, subject in senders.items():
                rounds[name].append(once(bench, name, subject, counts[name]))
    for name in senders:
        if name != OURS:
            yield line(name, rounds[OURS], rounds[name], counts)


def start(bench: Bench, stack: ExitStack) -> dict[str, Subject]:
    database = bench.database("sqlite", "send_path")  # nobody writes to it
    senders = {name: stack.enter_context(bench.ours(database)) for name in (OURS, LIMIT)}
    bench.write_devices(senders[OURS])
    if bench.peers:
        theirs = bench.databases("sqlite").url("theirs")
        senders |= {name: stack.enter_context(bench.theirs(name, theirs)) for name in NAMES}
    for subject in senders.values():
        subject.do("prepare", **bench.devices)
    return senders


def once(bench: Bench, name: str, subject: Subject, count: int) -> Cost:
    if name == LIMIT:
        return subject.do("encrypt", count=count)
    bench.sink.reset()
    cost = subject.do("send", count=count)
    if name == OURS:
        require_sent(cost, count)
    bench.sink.require(count)
    return cost


def line(against: str, ours: list[Cost], theirs: list[Cost], counts: dict[str, int]) -> Line:
    rates = [counts[OURS] / cost.cpu for cost in ours]
    others = [counts[against] / cost.cpu for cost in theirs]
    return Line(
        name="send_path",
        value=median(rates),
        unit=UNIT,
        against=against,
        ratio=median_ratio(rates, others),
        more={
            "goal": GOALS.get(against),
            "against_value": median(others),
            "wall": median([counts[OURS] / cost.wall for cost in ours]),
            "against_wall": median([counts[against] / cost.wall for cost in theirs]),
            "peak_mb": ours[-1].peak_mb,
            "against_peak_mb": theirs[-1].peak_mb,
        },
    )
