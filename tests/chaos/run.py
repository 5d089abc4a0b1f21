"""One run: a house, phones, a storm; then what holds is compared with what was promised."""

import json
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.request import urlopen

from tests.chaos import plan
from tests.chaos.house import LEASE_SECONDS, House
from tests.chaos.ledger import Ledger, Row
from tests.chaos.phones import Arrival, Phone, arrivals
from tests.chaos.plan import Scenario
from tests.chaos.storm import Storm
from tests.chaos.visitors import Visitor
from tests.support import vapid
from tests.support.push_service import PushService

VISITORS = 4
POLL = 0.5
DONE = "sent"


@dataclass
class Report:
    """`problems` is empty where every promise was kept."""

    scenario: Scenario
    blows: dict[str, int] = field(default_factory=dict)
    ended_by_themselves: dict[str, int] = field(default_factory=dict)
    figures: dict[str, float] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return json.dumps(
            {
                "scenario": str(self.scenario),
                "blows": self.blows,
                "ended by themselves": self.ended_by_themselves,
                **self.figures,
                "problems": self.problems,
            },
            indent=1,
        )


class Run:
    def __init__(self, scenario: Scenario, house: House, services: Sequence[PushService]) -> None:
        self._scenario = scenario
        self._house = house
        self._services = services
        self._ledger = Ledger(house.database_url)
        self._dues = plan.dues(scenario)
        self._phones = self._make_phones()
        self._report = Report(scenario)

    def _make_phones(self) -> list[Phone]:
        """One for each person, a second one for every other; the last ones are the visitors'."""
        with urlopen(f"{self._house.url}/api/v1/push/key", timeout=10) as answer:
            key = vapid.decode(json.load(answer)["public_key"])
        persons = 1 + max(due.person for due in self._dues)
        owners = [*range(persons), *range(0, persons, 2), *range(persons, persons + VISITORS)]
        return [
            Phone.make(owner, self._services[number % len(self._services)], key)
            for number, owner in enumerate(owners)
        ]

    def carry_out(self) -> Report:
        begun = time.monotonic()
        start = self._seed()
        begin = time.monotonic() + start - time.time()
        visitors = [
            Visitor(self._house.url, phone, begin + self._scenario.storm, far_away())
            for phone in self._phones[-VISITORS:]
        ]
        for visitor in visitors:
            visitor.start()
        storm = Storm(self._house, self._services)
        storm.blow(plan.blows(self._scenario), begin=begin, end=begin + self._scenario.storm)
        for visitor in visitors:
            visitor.join(timeout=90)
        calm = time.monotonic()
        rows = self._settle(storm)
        settled = time.monotonic()
        self._report.blows = dict(sorted(storm.felt.items()))
        self._report.ended_by_themselves = dict(storm.ended)
        self._check(rows, visitors)
        self._report.figures |= {
            "settled after the storm, s": round(settled - calm, 1),
            "whole run, s": round(time.monotonic() - begun, 1),
        }
        return self._report

    def _seed(self) -> float:
        given = {
            "persons": 1 + max(due.person for due in self._dues),
            "devices": [
                {"id": one.id, "person": one.person, "endpoint": one.endpoint, "keys": one.keys}
                for one in self._phones[:-VISITORS]
            ],
            "dues": [vars(due) for due in self._dues],
        }
        return float(self._house.run("-m", "tests.chaos.seeding", given=json.dumps(given)))

    def _settle(self, storm: Storm) -> list[Row]:
        """Wait, not for ever, until all has ended; then for as long as a late repeat would take."""
        deadline = time.monotonic() + self._scenario.patience
        while time.monotonic() < deadline and not self._all_ended(self._ledger.deliveries()):
            time.sleep(POLL)
            storm.supervise()
        time.sleep(LEASE_SECONDS + 1)
        return self._ledger.deliveries()

    def _all_ended(self, rows: list[Row]) -> bool:
        planned = {row.due for row in rows}
        return all(due.id in planned for due in self._dues) and all(
            row.state != "pending" for row in rows
        )

    def _check(self, rows: list[Row], visitors: Sequence[Visitor]) -> None:
        posts = [post for service in self._services for post in service.posts]
        came = arrivals(self._phones, posts)
        self._check_rows(rows)
        self._check_screens(rows)
        self._check_visitors(rows, visitors)
        self._report.problems += different_topics(came)
        self._report.figures |= {
            "deliveries": len(rows),
            "by the web": sum(visitor.asked_for for visitor in visitors),
            "asked again": sum(visitor.repeated for visitor in visitors),
            "pushes": len({(one.phone.id, one.notification.delivery) for one in came}),
            "posts": len(posts),
            "refused": len(posts) - len(came),
            "repeats on the wire": len(came)
            - len({(one.phone.id, one.notification.delivery) for one in came}),
            "most leases": max(row.lease for row in rows),
            **_lateness(came),
        }

    def _check_rows(self, rows: list[Row]) -> None:
        """Every slot has one delivery, it was sent, and its reminder has moved on."""
        of_slot = Counter(row.due for row in rows if row.due)
        problems = [
            f"{due} has {of_slot[due.id]} deliveries" for due in self._dues if of_slot[due.id] != 1
        ]
        problems += [f"ended otherwise: {row}" for row in rows if row.state != DONE]
        overdue = self._ledger.overdue(datetime.now(UTC))
        problems += [f"reminder {one} has not moved on" for one in overdue]
        problems += [f"given up: {one}" for one in self._ledger.devices_given_up()]
        self._report.problems += problems

    def _check_screens(self, rows: list[Row]) -> None:
        """Each phone shows each of its owner's slots, once; its mailbox holds the same."""
        slots = {row.id: row.due or row.id for row in rows}
        expected: dict[int, list[str]] = {}
        for due in self._dues:
            expected.setdefault(due.person, []).append(due.id)
        for phone in self._phones[:-VISITORS]:
            shown = [slots.get(one.delivery, "unknown") for one in phone.screen.values()]
            self._compare(phone, "screen", shown, expected.get(phone.person, []))
            kept = [slots.get(delivery, "unknown") for delivery in phone.mailbox()]
            self._compare(phone, "mailbox", kept, expected.get(phone.person, []))

    def _compare(self, phone: Phone, where: str, found: list[str], expected: list[str]) -> None:
        twice = {slot: times for slot, times in Counter(found).items() if times > 1}
        missing = set(expected) - set(found)
        strange = set(found) - set(expected)
        for what, slots in (("twice", twice), ("missing", missing), ("strange", strange)):
            if slots:
                self._report.problems.append(f"{where} of {phone.id}: {what} {slots}")

    def _check_visitors(self, rows: list[Row], visitors: Sequence[Visitor]) -> None:
        """Their answers came, and each test message that was planned for them arrived."""
        asked = sum(visitor.asked_for for visitor in visitors)
        tests = {row.id for row in rows if row.kind == "test"}
        shown = {one.delivery for visitor in visitors for one in visitor.phone.screen.values()}
        self._report.problems += [visitor.problem for visitor in visitors if visitor.problem]
        if tests != shown:
            self._report.problems.append(f"test messages: planned {tests}, shown {shown}")
        if len(tests) < asked:
            self._report.problems.append(f"the web promised {asked} tests and kept {len(tests)}")


def far_away() -> dict[str, object]:
    """A reminder's times that do not come during a run."""
    time_of_day = datetime.now(UTC) + timedelta(hours=11)
    return {"days": [0, 1, 2, 3, 4, 5, 6], "times": [f"{time_of_day:%H:%M}"]}


def different_topics(came: Sequence[Arrival]) -> list[str]:
    """A repeat under another Topic or tag would stand beside the first one."""
    names: dict[str, set[tuple[str, str]]] = {}
    for one in came:
        pair = (one.topic, one.notification.tag)
        names.setdefault(one.notification.delivery, set()).add(pair)
    return [f"delivery {key} went by {pairs}" for key, pairs in names.items() if len(pairs) > 1]


def _lateness(came: Sequence[Arrival]) -> dict[str, float]:
    """From the due time to the first arrival on each phone, whatever was broken in between."""
    offset = time.time() - time.monotonic()
    first: dict[tuple[str, str], float] = {}
    for one in came:
        due = datetime.fromisoformat(one.notification.due_at).timestamp()
        first.setdefault((one.phone.id, one.notification.delivery), one.at + offset - due)
    ordered = sorted(first.values()) or [0.0]

    def at(part: float) -> float:
        return round(ordered[min(len(ordered) - 1, int(part * len(ordered)))], 2)

    return {"late p50, s": at(0.5), "late p99, s": at(0.99), "late max, s": at(1)}


def run(scenario: Scenario, folder: Path, tell: Callable[[str], None] = print) -> Report:
    with PushService() as one, PushService() as two:
        services = (one, two)
        with House(folder, scenario, [service.origin for service in services]) as house:
            report = Run(scenario, house, services).carry_out()
            if report.problems:
                tell(house.logs())
    return report
