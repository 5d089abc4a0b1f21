"""The beat starts only what exists, and never piles it up."""

from datetime import timedelta

import pytest

from worker.app import app
from worker.schedule import beat_schedule

app.loader.import_default_modules()
SCHEDULE = app.conf.beat_schedule


def test_every_entry_names_a_task_that_a_worker_has() -> None:
    assert {entry["task"] for entry in SCHEDULE.values()} <= set(app.tasks)


@pytest.mark.parametrize("tick_seconds", [1, 5, 60])
def test_a_run_that_nobody_took_is_gone_before_the_next(tick_seconds: int) -> None:
    for entry in beat_schedule(tick_seconds=tick_seconds, nightly_seconds=60).values():
        interval = entry["schedule"].run_every.total_seconds()
        assert 0 < entry["options"]["expires"] < interval


@pytest.mark.parametrize("tick_seconds", [1, 5, 60])
def test_the_tick_comes_as_often_as_the_host_says(tick_seconds: int) -> None:
    tick = beat_schedule(tick_seconds=tick_seconds, nightly_seconds=60)["tick"]
    assert tick["schedule"].run_every == timedelta(seconds=tick_seconds)


def test_the_beat_wakes_for_every_tick() -> None:
    shortest = min(entry["schedule"].run_every.total_seconds() for entry in SCHEDULE.values())
    assert app.conf.beat_max_loop_interval <= shortest


def test_only_json_travels() -> None:
    assert app.conf.accept_content == ["json"]
    assert app.conf.task_serializer == "json"


def test_a_task_is_over_before_it_is_handed_to_somebody_else() -> None:
    assert app.conf.task_time_limit < app.conf.broker_transport_options["visibility_timeout"]
