"""One run of evenings: everybody is due at once, the check is killed where it stands, and in the
end each person has each evening's question once."""

import json
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.request import urlopen

from tests.chaos import evening_plan, fatal
from tests.chaos.evening_plan import ASKED_AT, HEAD_START, ONSET, Evenings
from tests.chaos.house import House
from tests.chaos.ledger import Ledger, Question
from tests.chaos.phones import Arrival, Phone, arrivals
from tests.chaos.run import POLL, different_topics
from tests.chaos.storm import Storm
from tests.support import vapid
from tests.support.push_service import PushService
from tests.timetravel.clock import FILE, Clock

SENT = "sent"
PLACES_WITHIN = 20.0


@dataclass
class Report:
    """`problems` is empty where every promise was kept. `struck`: how often the check was killed
    at a place of its own."""

    scenario: Evenings
    blows: Counter[str] = field(default_factory=Counter)
    struck: Counter[str] = field(default_factory=Counter)
    ended_by_themselves: Counter[str] = field(default_factory=Counter)
    figures: dict[str, float] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        found = {
            "scenario": str(self.scenario),
            "blows": self.blows,
            "struck": self.struck,
            "ended by themselves": self.ended_by_themselves,
            **self.figures,
            "problems": self.problems,
        }
        return json.dumps(found, indent=1)


class Run:
    def __init__(
        self, scenario: Evenings, house: House, clock: Clock, services: Sequence[PushService]
    ) -> None:
        self._scenario = scenario
        self._house = house
        self._clock = clock
        self._services = services
        self._places = house.folder / "places"
        self._ledger = Ledger(house.database_url)
        self._report = Report(scenario)
        self._phones = self._make_phones()

    def _make_phones(self) -> list[Phone]:
        with urlopen(f"{self._house.url}/api/v1/push/key", timeout=10) as answer:
            key = vapid.decode(json.load(answer)["public_key"])
        turns = [self._services[number % len(self._services)] for number in range(self._people)]
        return [Phone.make(number, service, key) for number, service in enumerate(turns)]

    @property
    def _people(self) -> int:
        return self._scenario.people

    def carry_out(self) -> Report:
        begun = time.monotonic()
        owners = self._seed()
        for number, evening in enumerate(self._scenario.dates(), start=1):
            self._live_through(evening, number)
        self._check(owners)
        self._report.figures["whole run, s"] = round(time.monotonic() - begun, 1)
        return self._report

    def _seed(self) -> list[str]:
        given = {
            "onset": ONSET.isoformat(),
            "first": _due(self._scenario.dates()[0]).isoformat(),
            "devices": [
                {"id": one.id, "endpoint": one.endpoint, "keys": one.keys} for one in self._phones
            ],
        }
        made = self._house.run("-m", "tests.chaos.evening_seeding", given=json.dumps(given))
        owners: list[str] = json.loads(made)
        return owners

    def _live_through(self, evening: date, number: int) -> None:
        """A storm around the moment at which all are due; then calm, until all have been asked."""
        blows = evening_plan.blows(self._scenario, number)
        if blows:
            fatal.lay_out(self._places)
        self._clock.set(_due(evening) - HEAD_START)
        storm, begin = Storm(self._house, self._services), time.monotonic()
        storm.blow(blows, begin=begin, end=begin + self._scenario.lasts(number))
        if blows:
            self._let_the_rest_strike(storm)
            self._report.struck.update(fatal.clear(self._places))
        self._settle(storm, questions=number * self._people)
        self._report.blows += storm.felt
        self._report.ended_by_themselves += storm.ended

    def _let_the_rest_strike(self, storm: Storm) -> None:
        """On a slow machine not every place was come by yet; while somebody is due they will be."""
        deadline = time.monotonic() + PLACES_WITHIN
        while time.monotonic() < deadline and self._ledger.unasked(self._clock.now()):
            time.sleep(POLL)
            storm.supervise()

    def _settle(self, storm: Storm, *, questions: int) -> None:
        """Wait, not for ever, until all has ended; then for as long as a late repeat would take."""
        deadline = time.monotonic() + self._scenario.patience
        while time.monotonic() < deadline and not self._all_sent(questions):
            time.sleep(POLL)
            storm.supervise()
        time.sleep(self._scenario.lease + 1)

    def _all_sent(self, questions: int) -> bool:
        found = self._ledger.questions()
        return len(found) >= questions and all(one.state == SENT for one in found)

    # --- what holds in the end ---------------------------------------------------------------

    def _check(self, owners: Sequence[str]) -> None:
        posts = [post for service in self._services for post in service.posts]
        came = arrivals(self._phones, posts)
        prompts, questions = self._ledger.prompts(), self._ledger.questions()
        evenings = [f"{evening}" for evening in self._scenario.dates()]
        for what, rows in (("prompts", prompts), ("deliveries", questions)):
            self._report.problems += _not_once(what, rows, owners, evenings)
        self._report.problems += [f"not sent: {row}" for row in questions if row.state != SENT]
        self._report.problems += self._stuck()
        self._report.problems += different_topics(came)
        for phone, owner in zip(self._phones, owners, strict=True):
            self._report.problems += _not_shown_once(phone, owner, questions, evenings)
        self._report.figures |= _figures(prompts, questions, came, len(posts))

    def _stuck(self) -> list[str]:
        now = self._clock.now()
        found = [f"episode {one} is due, and nobody asks" for one in self._ledger.unasked(now)]
        return found + [f"given up: {one}" for one in self._ledger.devices_given_up()]


def _due(evening: date) -> datetime:
    return datetime.combine(evening, ASKED_AT, UTC)


def _not_once(
    what: str, rows: Iterable[Question], owners: Sequence[str], evenings: Sequence[str]
) -> list[str]:
    """Pairs of person and evening that have none, or more than one, and those nobody asked for."""
    found = Counter((row.owner, row.evening) for row in rows)
    expected = {(owner, evening) for owner in owners for evening in evenings}
    wrong = {pair: found[pair] for pair in expected | set(found) if found[pair] != 1}
    strange = set(found) - expected
    return [
        f"{number} {what} of {owner} for {evening or 'no evening'}"
        for (owner, evening), number in wrong.items()
    ] + [f"{what} that nobody was due for: {pair}" for pair in strange]


def _not_shown_once(
    phone: Phone, owner: str, questions: Sequence[Question], evenings: Sequence[str]
) -> list[str]:
    """On the screen, where a tag has one place, and at the push service, where a Topic has one."""
    mine = {one.id: one.evening for one in questions if one.owner == owner}
    shown = [notification.delivery for notification in phone.screen.values()]
    problems = []
    for where, deliveries in (("screen", shown), ("mailbox", phone.mailbox())):
        found = sorted(mine.get(delivery, "strange") for delivery in deliveries)
        if found != sorted(evenings):
            problems.append(f"{where} of {owner}: {found}")
    return problems


def _figures(
    prompts: Sequence[Question], questions: Sequence[Question], came: Sequence[Arrival], posts: int
) -> dict[str, float]:
    different = len({(one.phone.id, one.notification.delivery) for one in came})
    return {
        "prompts": len(prompts),
        "deliveries": len(questions),
        "posts": posts,
        "pushes": different,
        "repeats on the wire": len(came) - different,
    }


def run(scenario: Evenings, folder: Path, tell: Callable[[str], None] = print) -> Report:
    clock = Clock(folder / "clock.json", ONSET, pace=1)
    (folder / "places").mkdir()
    more = {
        FILE: str(clock.path),
        fatal.FOLDER: str(folder / "places"),
        "NIGHTLY_SECONDS": "1",
        "LEASE_SECONDS": str(scenario.lease),
    }
    with PushService(clock=clock.timestamp) as one, PushService(clock=clock.timestamp) as two:
        services = (one, two)
        origins = [service.origin for service in services]
        with House(
            folder, scenario.house(), origins, settings="tests.chaos.evening_host", **more
        ) as house:
            report = Run(scenario, house, clock, services).carry_out()
            if report.problems or report.ended_by_themselves:
                tell(house.logs(lines=200))
    return report
