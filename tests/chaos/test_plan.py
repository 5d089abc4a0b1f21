"""The plan of a run: the same seed breaks the same things at the same moments."""

import pytest

from tests.chaos import plan
from tests.chaos.plan import Scenario


def test_a_seed_says_all() -> None:
    assert plan.blows(Scenario(seed=3)) == plan.blows(Scenario(seed=3))
    assert plan.dues(Scenario(seed=3)) == plan.dues(Scenario(seed=3))
    assert plan.blows(Scenario(seed=3)) != plan.blows(Scenario(seed=4))


@pytest.mark.parametrize("seed", range(20))
def test_everything_breaks_at_least_once(seed: int) -> None:
    struck = {blow.what for blow in plan.blows(Scenario(seed=seed))}
    assert struck == {*plan.KILLS, *plan.DATABASE, *plan.OTHERS, *plan.REFUSALS}


def test_sqlite_has_no_server_to_kill() -> None:
    struck = {blow.what for blow in plan.blows(Scenario(database="sqlite"))}
    assert not struck & {*plan.DATABASE}


def test_all_falls_due_while_things_break() -> None:
    scenario = Scenario(reminders=2000)
    assert len(plan.dues(scenario)) == 2000
    assert all(0 <= due.at < scenario.storm for due in plan.dues(scenario))
