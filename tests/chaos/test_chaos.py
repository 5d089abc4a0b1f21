"""Everything breaks while reminders fall due; each of them arrives, and each is shown once.

A run of another size: `python -m tests.chaos --reminders 2000 --beats 2 --workers 3`, or on SQLite:
`python -m tests.chaos --database sqlite`.
"""

from pathlib import Path

import pytest

from tests.chaos.plan import Scenario, blows
from tests.chaos.run import run

pytestmark = [pytest.mark.processes, pytest.mark.timeout(240)]


@pytest.mark.parametrize(
    "scenario",
    [
        pytest.param(Scenario(beats=1, workers=2), id="postgres-one-beat"),
        pytest.param(Scenario(beats=2, workers=3, seed=8), id="postgres-two-beats"),
    ],
)
def test_every_reminder_arrives_and_is_shown_once(scenario: Scenario, folders: Path) -> None:
    folder = folders / f"seed{scenario.seed}"
    folder.mkdir()
    report = run(scenario, folder)
    print(report)
    assert report.problems == []
    assert report.ended_by_themselves == {}
    assert sum(report.blows.values()) == len(blows(scenario))
    # The storm was felt, or this proves nothing.
    assert report.figures["refused"] > 0
    assert report.figures["repeats on the wire"] > 0
