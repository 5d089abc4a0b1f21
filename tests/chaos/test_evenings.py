"""Many people are due on the same evening, twice the beats are running, and everything is killed
while it asks: each person is asked once.

A run of another size: `python -m tests.chaos evenings --people 2000 --evenings 5`, or on SQLite:
`python -m tests.chaos evenings --database sqlite`.
"""

from pathlib import Path

import pytest

from tests.chaos import fatal
from tests.chaos.evening_plan import KILLS, Evenings
from tests.chaos.evening_run import run

pytestmark = [pytest.mark.processes, pytest.mark.timeout(240)]


def test_everybody_is_asked_once_an_evening_whatever_dies(folders: Path) -> None:
    scenario = Evenings()
    folder = folders / "evenings"
    folder.mkdir()
    report = run(scenario, folder)
    print(report)
    assert report.problems == []
    assert report.ended_by_themselves == {}
    # It was felt, or this proves nothing.
    assert {*report.struck} == {*fatal.PLACES}
    assert all(report.blows[what] >= 2 for what in KILLS)
    assert report.figures["repeats on the wire"] > 0
