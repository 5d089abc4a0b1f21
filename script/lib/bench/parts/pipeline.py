"""From due rows to recorded results, in one process of each: claim, decide, encrypt, send, save."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack

from script.lib.bench.bench import ROUNDS, Bench
from script.lib.bench.line import Line, median, median_ratio
from script.lib.bench.peers import NAMES
from script.lib.bench.subject import Cost, Subject
from script.lib.project import ScriptError

OURS = "backstep"
GOALS = {"django-push-notifications": 8}


def run(bench: Bench) -> Iterator[Line]:
    if not bench.peers:
        raise ScriptError("pipeline compares with other libraries only: leave out --no-peers")
    for kind in bench.kinds:
        yield from on(bench, kind)


def on(bench: Bench, kind: str) -> Iterator[Line]:
    counts = {OURS: bench.scaled(4_000, least=50)}
    counts |= dict.fromkeys(NAMES, bench.scaled(150, least=5))
    with ExitStack() as stack:
        senders = {OURS: our_sender(bench, kind, stack, due=counts[OURS] * (ROUNDS + 1))}
        due = counts[NAMES[0]] * (ROUNDS + 1)
        senders |= {name: their_sender(bench, kind, stack, name, due=due) for name in NAMES}
        rounds: dict[str, list[Cost]] = defaultdict(list)
        for _ in range(ROUNDS + 1):
            for name, subject in senders.items():
                bench.sink.reset()
                rounds[name].append(subject.do("pipeline", count=counts[name]))
                bench.sink.require(counts[name])
        require_recorded(senders[OURS], counts[OURS] * (ROUNDS + 1))
    for name in NAMES:
        yield line(kind, name, rounds[OURS][1:], rounds[name][1:], counts)


def our_sender(bench: Bench, kind: str, stack: ExitStack, *, due: int) -> Subject:
    """Among a tenth of all the reminders."""
    database = bench.database(kind, "pipeline", rows=bench.rows // 10, due=due)
    return stack.enter_context(bench.ours(database))


def their_sender(bench: Bench, kind: str, stack: ExitStack, name: str, *, due: int) -> Subject:
    """Among nothing but what is due."""
    with bench.ours(bench.database("sqlite", "devices")) as helper:
        bench.write_devices(helper, due)
    url = bench.databases(kind).url(f"pipeline_{name.replace('-', '_')}")
    with bench.theirs(name, url) as helper:
        helper.do("prepare", **bench.devices)
        helper.do("migrate")
        helper.do("add_due")
    subject = stack.enter_context(bench.theirs(name, url))
    subject.do("prepare", **bench.devices)
    return subject


def require_recorded(subject: Subject, count: int) -> None:
    found = subject.do("standing").result
    if found != {"sent": count}:
        raise ScriptError(f"{count} deliveries were to be recorded as sent, and there are {found}")


def line(
    kind: str, against: str, ours: list[Cost], theirs: list[Cost], counts: dict[str, int]
) -> Line:
    rates = [counts[OURS] / cost.wall for cost in ours]
    others = [counts[against] / cost.wall for cost in theirs]
    return Line(
        name="pipeline",
        value=median(rates),
        unit="messages/s",
        against=against,
        ratio=median_ratio(rates, others),
        more={
            "database": kind,
            "goal": GOALS.get(against),
            "against_value": median(others),
            "per_core": median([counts[OURS] / cost.cpu for cost in ours]),
            "against_per_core": median([counts[against] / cost.cpu for cost in theirs]),
            "peak_mb": ours[-1].peak_mb,
            "against_peak_mb": theirs[-1].peak_mb,
        },
    )
