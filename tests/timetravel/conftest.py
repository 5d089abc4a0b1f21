"""One server on a clock of its own, with what it needs around it."""

import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.chaos.house import House
from tests.chaos.plan import Scenario
from tests.support.push_service import PushService
from tests.timetravel.clock import FILE, Clock
from tests.timetravel.timeline import Timeline

START = datetime(2026, 9, 20, tzinfo=UTC)  # a Sunday; nothing in the stories is earlier


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="backstep-time-", ignore_cleanup_errors=True) as path:
        yield Path(path)


@pytest.fixture(scope="module")
def timeline(folder: Path) -> Iterator[Timeline]:
    clock = Clock(folder / "clock.json", START)
    scenario = Scenario(workers=1, beats=1, database="sqlite")
    with (
        PushService(clock=clock.timestamp) as service,
        House(
            folder,
            scenario,
            [service.origin],
            settings="tests.timetravel.host",
            **{FILE: str(clock.path)},
        ) as house,
    ):
        yield Timeline(house, service, clock)
