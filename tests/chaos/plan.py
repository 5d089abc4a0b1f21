"""What a run is made of, all drawn from its seed: who gets what when, and what breaks when."""

import random
import uuid
from dataclasses import dataclass
from typing import Literal

Database = Literal["postgres", "sqlite"]

PERSONS_FOR = 5  # reminders a person
ONE_OFF = "chaos:"  # and the id of a due: the dedupe key of its delivery
EVERY = 1.6  # seconds between two blows, on average
LONGEST_AWAY = 2.0
DAYBREAK, NIGHTFALL = 0.08, 0.92  # the part of the run in which things break
# Push services answer errors before that, while all runs: what they refuse waits half a minute.
FIRST, LAST_REFUSAL = 0.0, 0.06

KILLS = ("worker", "child", "beat", "web", "redis")
DATABASE = ("postgres", "postgres-restart")
OTHERS = ("flush", "wipe", "power-cut", "hold")
REFUSALS = ("answer-500", "answer-429")


@dataclass(frozen=True, kw_only=True)
class Scenario:
    reminders: int = 200
    seed: int = 7
    workers: int = 2
    beats: int = 1
    database: Database = "postgres"
    seconds: float = 0  # how long things fall due and break; 0 for what the number asks for
    settle: float = 0

    @property
    def storm(self) -> float:
        return self.seconds or 20 + self.reminders / 40

    @property
    def patience(self) -> float:
        """After the storm: a first retry waits half a minute, and a second one a minute."""
        return self.settle or 60 + self.reminders / 40

    def __str__(self) -> str:
        return (
            f"{self.reminders} reminders, seed {self.seed}, {self.beats} beats, "
            f"{self.workers} workers, {self.database}, {self.storm:g} s"
        )


@dataclass(frozen=True)
class Blow:
    """Something that breaks, `at` seconds into the run, and is away for `away` seconds."""

    at: float
    what: str
    target: int = 0
    away: float = 0


@dataclass(frozen=True)
class Due:
    """A message that has to arrive. `at` in seconds from the start; a reminder, or a one-off."""

    id: str
    person: int
    kind: str
    one_off: bool
    at: float


def blows(scenario: Scenario) -> list[Blow]:
    """At least one of each kind, the rest at random, in an order and with gaps from the seed."""
    chance = random.Random(f"blows {scenario.seed}")  # noqa: S311
    begin, end = scenario.storm * DAYBREAK, scenario.storm * NIGHTFALL
    kinds = [*KILLS, *OTHERS]
    if scenario.database == "postgres":
        kinds += DATABASE
    missing = int((end - begin) / EVERY) - len(kinds)
    kinds += chance.choices([*kinds, *["worker"] * 4], k=max(0, missing))
    refused = [scenario.storm * chance.uniform(FIRST, LAST_REFUSAL) for _ in REFUSALS]
    return sorted(
        [_blow(chance, what, at) for what, at in zip(REFUSALS, refused, strict=True)]
        + [_blow(chance, what, chance.uniform(begin, end)) for what in kinds],
        key=lambda blow: blow.at,
    )


def _blow(chance: random.Random, what: str, at: float) -> Blow:
    return Blow(at, what, chance.randrange(1000), round(chance.uniform(0, LONGEST_AWAY), 2))


def dues(scenario: Scenario) -> list[Due]:
    """Four of five are reminders, the rest one-offs. Whole seconds, so that several coincide."""
    chance = random.Random(f"dues {scenario.seed}")  # noqa: S311
    persons = max(1, scenario.reminders // PERSONS_FOR)
    return [
        Due(
            id=str(uuid.UUID(int=chance.getrandbits(128), version=4)),
            person=number % persons,
            kind=chance.choice(("walk", "check_in")),
            one_off=number % 5 == 4,
            at=float(chance.randrange(int(scenario.storm))),
        )
        for number in range(scenario.reminders)
    ]
