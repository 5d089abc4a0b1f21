"""script/bench runs from end to end, small and without other libraries, and keeps its promises."""

import json
import math
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from script.lib.bench import peer_environment, sink
from script.lib.bench.parts import nightly
from script.lib.bench.subject import Cost
from script.lib.project import ROOT, ScriptError, environment

KEYS = ["name", "value", "unit", "against", "ratio"]
SMALL = ("--rows", "1000", "--no-peers", "--database", "sqlite")

pytestmark = [pytest.mark.processes, pytest.mark.timeout(600)]


def bench(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-P", "-m", "script.lib.bench", *arguments],
        cwd=ROOT,
        env=environment(PYTHONPATH=str(ROOT)),
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def lines() -> list[dict[str, Any]]:
    done = bench("tick_idle", "claims", "send_path", "nightly", *SMALL)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_every_line_tells_what_was_measured_against_what(lines: list[dict[str, Any]]) -> None:
    assert [list(line)[: len(KEYS)] for line in lines] == [KEYS] * len(lines)
    assert [(line["name"], line["against"]) for line in lines] == [
        ("tick_idle", "1000 reminders"),
        ("claims", "save per row"),
        ("claims", "save per row, each in a transaction"),
        ("send_path", "encryption-only"),
        ("nightly", "scan-everyone"),
        ("nightly_idle", "1000 people"),
        ("nightly_memory", "1000 people"),
    ]


def test_a_ratio_is_between_two_figures_that_were_measured(lines: list[dict[str, Any]]) -> None:
    for line in lines:
        assert line["value"] > 0
        assert line["against_value"] > 0
        assert math.isclose(line["ratio"], line["value"] / line["against_value"], rel_tol=0.9)


def test_every_line_tells_the_most_memory_that_was_used(lines: list[dict[str, Any]]) -> None:
    assert all(10 < line["peak_mb"] < 1000 for line in lines)


def test_a_message_that_did_not_arrive_spoils_the_figure(tmp_path: Path) -> None:
    with sink.running(tmp_path) as service, pytest.raises(ScriptError, match="1 messages were"):
        service.require(1)


class Finds:
    """A measured process that finds these people due."""

    def __init__(self, people: int, who: str) -> None:
        self._found = {"people": people, "who": who}

    def do(self, task: str, **_: Any) -> Cost:
        result = self._found["people"] if task == "check" else self._found
        return Cost(result=result, wall=1, cpu=1, peak_mb=1)


@pytest.mark.parametrize("other", [Finds(2, "two"), Finds(1, "somebody else")])
def test_a_check_that_asks_others_than_the_scan_finds_spoils_the_figure(other: Finds) -> None:
    nightly.one_round(nightly.Rounds(), Finds(1, "one"), Finds(1, "one"), "")
    with pytest.raises(ScriptError, match="the scan found"):
        nightly.one_round(nightly.Rounds(), Finds(1, "one"), other, "")


def test_without_a_network_it_says_how_to_go_on_without_the_other_libraries(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(peer_environment, "VENV", tmp_path / "bench" / "venv")
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    monkeypatch.setenv("PIP_INDEX_URL", f"http://127.0.0.1:{sink.free_port()}/")
    monkeypatch.setenv("PIP_RETRIES", "1")
    with pytest.raises(ScriptError, match=r"check the network .* leave them out with --no-peers"):
        peer_environment.python()


def test_a_part_that_is_about_other_libraries_says_that_it_needs_them() -> None:
    done = bench("pipeline", *SMALL)
    assert (done.returncode, done.stdout) == (1, "")
    assert "leave out --no-peers" in done.stderr


def test_a_part_that_there_is_not_ends_with_the_names_of_those_there_are() -> None:
    done = bench("nightly-news", *SMALL)
    assert done.returncode == 1
    assert "there are send_path, pipeline, tick_idle, claims, burst, nightly" in done.stderr
