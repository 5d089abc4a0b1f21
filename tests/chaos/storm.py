"""Breaks a house as a plan says, and puts back what it broke."""

import heapq
import itertools
import time
from collections import Counter
from collections.abc import Callable, Sequence
from typing import TypeVar

from tests.chaos.house import LEASE_SECONDS, House
from tests.chaos.phones import ACCEPTED
from tests.chaos.plan import Blow
from tests.support.push_service import PushService

POLL = 0.05
IN_FLIGHT_WITHIN = 15.0  # a power cut waits this long for a push that is just being sent
REFUSED_AT_ONCE = 12

Action = Callable[[], None]
T = TypeVar("T")


class Storm:
    """`felt` counts the blows by kind, `ended` the processes that ended though nobody did it."""

    def __init__(self, house: House, services: Sequence[PushService]) -> None:
        self.felt: Counter[str] = Counter()
        self.ended: Counter[str] = Counter()
        self._house = house
        self._services = services
        self._order = itertools.count()
        self._agenda: list[tuple[float, int, Action]] = []

    def blow(self, blows: Sequence[Blow], *, begin: float, end: float) -> None:
        """Carry out `blows`, counted from `begin`, until `end`; both on the monotonic clock."""
        for one in blows:
            self._plan(begin + one.at, lambda one=one: self._strike(one))  # type: ignore[misc]
        while time.monotonic() < end or self._agenda:
            self._carry_out_what_is_due()
            self.supervise()
            time.sleep(POLL)
        self.calm()

    def calm(self) -> None:
        """Everything runs again, and the push services take everything."""
        for service in self._services:
            service.release()
            service._faults.clear()
        if self._house.postgres:
            self._house.postgres.start()
        self._start(self._house.names(""))

    def _plan(self, at: float, action: Action) -> None:
        heapq.heappush(self._agenda, (at, next(self._order), action))

    def _carry_out_what_is_due(self) -> None:
        while self._agenda and self._agenda[0][0] <= time.monotonic():
            _, _, action = heapq.heappop(self._agenda)
            action()

    def supervise(self) -> None:
        """What ends by itself is started again, as a supervisor would, but it is noted."""
        for name, code in self._house.ended_by_themselves().items():
            self.ended[f"{name} ({code})"] += 1
            self._house.start(name)

    def _strike(self, blow: Blow) -> None:
        self.felt[blow.what] += 1
        mend = self._hit(blow)
        if mend:
            self._plan(time.monotonic() + blow.away, mend)

    def _hit(self, blow: Blow) -> Action | None:
        """Do it; answers what mends it later."""
        match blow.what:
            case "worker" | "beat" | "web" | "redis":
                return self._kill(_chosen(self._house.names(blow.what), blow))
            case "child":
                self._house.kill_child(_chosen(self._house.names("worker"), blow))
            case "flush":
                self._house.flush()
            case "wipe":
                self._house.wipe()
                return lambda: self._house.start("redis")
            case "postgres" | "postgres-restart":
                return self._end_database(gently=blow.what == "postgres-restart")
            case "power-cut":
                self._cut_power_while_sending(blow)
            case _:
                self._upset(_chosen(self._services, blow), blow)
        return None

    def _kill(self, name: str) -> Action:
        self._house.kill(name)
        return lambda: self._house.start(name)

    def _start(self, names: Sequence[str]) -> None:
        for name in names:
            self._house.start(name)

    def _end_database(self, *, gently: bool) -> Action | None:
        postgres = self._house.postgres
        if postgres is None:
            return None
        (postgres.stop_at_once if gently else postgres.kill)()
        return postgres.start

    def _cut_power_while_sending(self, blow: Blow) -> None:
        """Workers, beats and web die at the moment between a push's arrival and its being noted."""
        for service in self._services:
            service.hold()
        before, latest = self._arrived(), time.monotonic() + IN_FLIGHT_WITHIN

        def look() -> None:
            if self._arrived() > before or time.monotonic() > latest:
                self._cut_power(blow)
            else:
                self._plan(time.monotonic() + POLL, look)

        look()

    def _cut_power(self, blow: Blow) -> None:
        names = [name for name in self._house.names("") if name != "redis"]
        for name in names:
            self._house.kill(name)
        for service in self._services:
            service.release()
        self._plan(time.monotonic() + blow.away, lambda: self._start(names))

    def _arrived(self) -> int:
        return sum(post.status == ACCEPTED for one in self._services for post in list(one.posts))

    def _upset(self, service: PushService, blow: Blow) -> None:
        match blow.what:
            case "answer-500":
                service.fail(REFUSED_AT_ONCE, 500)
            case "answer-429":
                service.fail(REFUSED_AT_ONCE, 429, {"Retry-After": "1"})
            case "hold":
                service.hold()
                # Longer than a lease: others take over what is held, and send it again.
                self._plan(time.monotonic() + LEASE_SECONDS + blow.away, service.release)


def _chosen(found: Sequence[T], blow: Blow) -> T:
    return found[blow.target % len(found)]
