"""What a run of evenings is made of: who is due when, and what is killed meanwhile."""

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from tests.chaos.plan import LONGEST_AWAY, Blow, Database, Scenario

MONDAY = date(2026, 9, 21)
ONSET = datetime.combine(MONDAY, time(10), UTC)
ASKED_AT = time(19, 30)
DAYS = (4, 7, 14, 28, 42)
HEAD_START = timedelta(seconds=2)

KILLS = ("worker", "child", "beat")
EVERY = 1.5  # seconds between two of them, on average
STORM = 10.0  # seconds of an evening during which things are killed
CUT_AT = 4.0  # messages are about to leave
# On the first evening nothing is killed: two beats alone must not ask twice.
CALM = 5.0


@dataclass(frozen=True, kw_only=True)
class Evenings:
    """`people` have been in pain since the same Monday and are all due in the same second."""

    people: int = 160
    evenings: int = 3
    seed: int = 7
    workers: int = 2
    beats: int = 2
    database: Database = "postgres"

    def house(self) -> Scenario:
        return Scenario(workers=self.workers, beats=self.beats, database=self.database)

    def dates(self) -> list[date]:
        return [MONDAY + timedelta(day - 1) for day in DAYS[: self.evenings]]

    def lasts(self, number: int) -> float:
        return STORM if number > 1 else CALM

    @property
    def lease(self) -> int:
        """Longer than a batch takes here; else it counts as given up and is sent over and over."""
        return 3 + self.people // 100

    @property
    def patience(self) -> float:
        """Seconds after a storm: what a dead worker held waits for its lease to end."""
        return 45 + self.people / 10

    def __str__(self) -> str:
        return (
            f"{self.people} people, {self.evenings} evenings, seed {self.seed}, "
            f"{self.beats} beats, {self.workers} workers, {self.database}"
        )


def blows(scenario: Evenings, number: int) -> list[Blow]:
    """Each kind once an evening and more at random; once all power goes while messages leave."""
    if number == 1:
        return []
    chance = random.Random(f"evening {scenario.seed} {number}")  # noqa: S311
    kinds = [*KILLS, *chance.choices(KILLS, k=int(STORM / EVERY) - len(KILLS))]
    moments = [(chance.uniform(0, STORM), what) for what in kinds]
    return [
        Blow(at, what, chance.randrange(1000), round(chance.uniform(0, LONGEST_AWAY), 2))
        for at, what in sorted([*moments, (CUT_AT, "power-cut")])
    ]
