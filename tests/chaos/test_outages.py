"""Longer outages than a restart: nobody ends, nobody fills the log, and all goes on by itself."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.chaos.house import House
from tests.chaos.ledger import Ledger
from tests.chaos.plan import Scenario
from tests.ops.processes import until

pytestmark = pytest.mark.processes

AWAY = 10.0
BACK_WITHIN = 15.0
LINES_A_SECOND = 5


@pytest.fixture(scope="module")
def house(folders: Path) -> Iterator[House]:
    with House(folders, Scenario(workers=1, beats=1), push_origins=[]) as house:
        yield house


def goes_on(house: House) -> None:
    """A tick ran that was not there before, and web answers that all is well."""
    back = datetime.now(UTC)
    ledger = Ledger(house.database_url)
    until("a tick", lambda: (ledger.last_tick() or back) > back, BACK_WITHIN)
    until("web to be ready", house.is_ready, BACK_WITHIN)


def sit_out(house: House) -> str:
    """Let the outage last; answers what worker and beat had to say about it."""
    before = house.log_of("worker"), house.log_of("beat")
    time.sleep(AWAY)
    assert house.ended_by_themselves() == {}
    after = house.log_of("worker"), house.log_of("beat")
    return "\n".join(new.removeprefix(old) for old, new in zip(before, after, strict=True))


def test_redis_is_away_for_a_while(house: House) -> None:
    house.kill("redis")
    said = sit_out(house)
    house.start("redis")
    goes_on(house)
    assert said.count("\n") < AWAY * LINES_A_SECOND, said
    assert "Traceback" not in said


def test_the_database_is_away_for_a_while(house: House) -> None:
    assert house.postgres is not None
    house.postgres.kill()
    said = sit_out(house)
    house.postgres.start()
    goes_on(house)
    assert said.count("\n") < AWAY * LINES_A_SECOND, said
    assert "Traceback" not in said
