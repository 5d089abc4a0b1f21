"""Everybody at once: one reminder in twenty is due at the same second.

Beat and workers run as the Procfile starts them, with a real Redis. The ideal is the time in which
as many processes as there are workers send as many prepared messages to the same push service: the
same encryption and network, but no database, no Redis, no decisions.
"""

import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from statistics import mean

from script.lib.bench import stores
from script.lib.bench.bench import Bench, require_sent
from script.lib.bench.line import Line
from script.lib.bench.subject import Cost, Subject
from script.lib.project import ScriptError

HOST = "script.lib.bench.host"
GOAL = 2
DUE_OF = 20
ON_SQLITE = 5  # it has one writer at a time, so it gets a fifth of the burst
WORKERS = 2  # as in the Procfile
LOADED_A_SECOND = 2_000  # people with a device and a reminder that is due
STARTING = 20.0
SETTLING = 8.0  # until workers and beat are up
POLL = 0.25
PATIENCE = 120.0


def run(bench: Bench) -> Iterator[Line]:
    for kind in bench.kinds:
        yield on(bench, kind)


def on(bench: Bench, kind: str) -> Line:
    due = bench.rows // DUE_OF // (ON_SQLITE if kind == stores.SQLITE else 1) // WORKERS * WORKERS
    database = bench.filled(kind)
    with ExitStack() as stack:
        senders = ideal_senders(bench, stack, due)
        ideals = [ideal(bench, senders, due)]
        begun, ended, late, cost = storm(bench, database, due)
        ideals.append(ideal(bench, senders, due))
    with bench.ours(database) as helper:
        helper.do("clear")
    return Line(
        name="burst",
        value=ended - begun,
        unit=f"s until {due} of {bench.rows} are recorded",
        against="ideal",
        ratio=(ended - begun) / mean(ideals),
        more={
            "database": kind,
            "goal": GOAL,
            "against_value": mean(ideals),
            "p50": at(late, 0.5),
            "p99": at(late, 0.99),
            "max": late[-1],
            **cost.result,
        },
    )


def ideal_senders(bench: Bench, stack: ExitStack, due: int) -> list[Subject]:
    database = bench.database("sqlite", "ideal")  # nobody writes to it
    senders = []
    for _ in range(WORKERS):
        subject = stack.enter_context(bench.ours(database))
        bench.write_devices(subject, due // WORKERS)
        subject.do("prepare", **bench.devices)
        senders.append(subject)
    return senders


def ideal(bench: Bench, senders: Sequence[Subject], due: int) -> float:
    """Seconds until the slower share is out."""
    bench.sink.reset()
    for subject in senders:
        subject.begin("send", count=due // WORKERS)
    costs = [subject.finish() for subject in senders]
    for cost in costs:
        require_sent(cost, due // WORKERS)
    bench.sink.require(due)
    return max(cost.wall for cost in costs)


def storm(bench: Bench, database: str, due: int) -> tuple[float, float, list[float], Cost]:
    """When it was due, when the last delivery was recorded, how late each came, what it took."""
    env = bench.environment(database)
    with bench.ours(database) as watcher, Subject(HOST, str(bench.folder), env=env) as host:
        begun = round(time.time() + STARTING + due / LOADED_A_SECOND)
        watcher.do("add_due", count=due, origin=bench.sink.origin, at=begun)
        host.do("start")
        if time.time() > begun - SETTLING:
            raise ScriptError("this machine loads people too slowly; give fewer --rows")
        bench.sink.reset()
        time.sleep(begun - time.time())
        wait_for(bench, watcher, due)
        ended: float = watcher.do("last_ended").result
        late = sorted(arrival - begun for arrival in bench.sink.arrivals())
        require_once(bench, due)
        return begun, ended, late, host.do("stop")


def wait_for(bench: Bench, watcher: Subject, due: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if bench.sink.tally()["messages"] >= due:
            found = watcher.do("standing").result
            if found == {"sent": due}:
                return
        time.sleep(POLL)
    found = watcher.do("standing").result
    raise ScriptError(
        f"after {PATIENCE:g} s the deliveries are {found}; the sink: {bench.sink.tally()}"
    )


def require_once(bench: Bench, due: int) -> None:
    tally = bench.sink.tally()
    if tally != {"messages": due, "devices": due, "faults": 0}:
        raise ScriptError(f"{due} people were due once, and the sink has {tally}")


def at(late: Sequence[float], share: float) -> float:
    return late[min(len(late) - 1, int(share * len(late)))]
