"""Installing again costs nothing, half an installation counts as none, and errors are one line."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from script.lib import bootstrap, complete_lock, frontend
from script.lib.project import ROOT, ScriptError, digest


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout with locks, and a .venv that looks whole but has no stamp."""
    root = tmp_path / "back step"
    venv = root / ".venv"
    (venv / "bin").mkdir(parents=True)
    (venv / "bin" / "python").symlink_to(sys.executable)
    (root / "requirements").mkdir()
    for lock in bootstrap.LOCKS:
        (root / "requirements" / f"{lock}.txt").write_text(f"# {lock}\n")
    monkeypatch.setattr(bootstrap, "ROOT", root)
    monkeypatch.setattr(bootstrap, "BIN", venv / "bin")
    monkeypatch.setattr(bootstrap, "VENV", venv)
    monkeypatch.setattr(bootstrap, "PYTHON_STAMP", venv / "backstep.json")
    return root


def stamp(lock: str) -> None:
    content = json.dumps(bootstrap.python_stamp(lock))
    bootstrap.PYTHON_STAMP.write_text(content, encoding="utf-8")


def test_without_a_stamp_nothing_counts_as_installed(checkout: Path) -> None:
    assert not bootstrap.python_is_current("local")


def test_a_stamp_of_the_same_lock_means_installed(checkout: Path) -> None:
    stamp("local")
    assert bootstrap.python_is_current("local")
    assert not bootstrap.python_is_current("dev")


def test_the_checks_packages_hold_the_servers(checkout: Path) -> None:
    stamp("dev")
    assert bootstrap.python_is_current("local")


def test_a_changed_lock_is_installed_again(checkout: Path) -> None:
    stamp("dev")
    (checkout / "requirements" / "dev.txt").write_text("# newer\n")
    assert not bootstrap.python_is_current("dev")
    assert not bootstrap.python_is_current("local")


def test_a_moved_checkout_is_installed_again(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stamp("dev")
    monkeypatch.setattr(bootstrap, "ROOT", checkout.rename(checkout.with_name("moved")))
    assert not bootstrap.python_is_current("dev")


@pytest.mark.parametrize("content", ["", "[]", "not json"])
def test_a_damaged_stamp_counts_as_none(checkout: Path, content: str) -> None:
    bootstrap.PYTHON_STAMP.write_text(content, encoding="utf-8")
    assert not bootstrap.python_is_current("local")


def test_a_python_that_went_away_is_noticed(checkout: Path) -> None:
    stamp("dev")
    (checkout / ".venv" / "bin" / "python").unlink()
    assert not bootstrap.python_is_current("dev")


@pytest.mark.parametrize(
    ("printed", "reason"),
    [
        (
            "WARNING: ... Temporary failure in name resolution\nERROR: No matching",
            "check the network",
        ),
        ("npm error code ENOTFOUND\nnpm error network", "check the network"),
        ("Collecting\nERROR: THESE PACKAGES DO NOT MATCH THE HASHES\n", "DO NOT MATCH THE HASHES"),
        ("", "it gave no reason"),
    ],
)
def test_a_failed_install_says_why_in_one_line(
    checkout: Path, tmp_path: Path, printed: str, reason: str
) -> None:
    script = tmp_path / "installer"
    script.write_text(f"#!/bin/sh\ncat <<'EOF'\n{printed}\nEOF\nexit 1\n")
    script.chmod(0o755)
    with pytest.raises(ScriptError, match=reason) as raised:
        bootstrap.install([str(script)], what="packages", cwd=tmp_path)
    assert "\n" not in str(raised.value)


def test_an_old_python_is_named_in_one_line(tmp_path: Path) -> None:
    old = tmp_path / "python3"
    old.write_text('#!/bin/sh\n[ "$1" = --version ] && echo "Python 3.9.2" && exit 0\nexit 1\n')
    old.chmod(0o755)
    for tool in ("dirname", "sh"):
        (tmp_path / tool).symlink_to(f"/usr/bin/{tool}")
    answer = run_script("bootstrap", env={"PATH": str(tmp_path)})
    assert answer.returncode == 1
    assert answer.stderr == ("backstep: Python 3.11 or newer is needed, and here is Python 3.9.2\n")


@pytest.mark.parametrize("name", ["bootstrap", "test"])
def test_a_wrong_argument_is_answered_with_the_usage(name: str) -> None:
    module = {"bootstrap": "bootstrap", "test": "gates"}[name]
    answer = subprocess.run(
        [sys.executable, "-m", f"script.lib.{module}", "nonsense"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert answer.returncode == 1
    assert answer.stderr.startswith(f"backstep: usage: script/{name} ")


def run_script(name: str, env: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [ROOT / "script" / name], env=env, cwd="/", capture_output=True, text=True, check=False
    )


@pytest.fixture
def sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "main.ts").write_text("one")
    (tmp_path / "node_modules").mkdir()
    monkeypatch.setattr(frontend, "FRONTEND", tmp_path)
    monkeypatch.setattr(frontend, "DIST", tmp_path / "dist")
    monkeypatch.setattr(frontend, "STAMP", tmp_path / "node_modules" / ".backstep-build")
    return tmp_path


def build(sources: Path) -> None:
    unfinished = frontend.Build()
    (sources / "dist").mkdir(exist_ok=True)
    (sources / "dist" / "index.html").write_text("built")
    unfinished.done()


def test_the_app_is_built_once_for_the_same_sources(sources: Path) -> None:
    assert not frontend.is_current()
    build(sources)
    assert frontend.is_current()


def test_a_changed_new_or_removed_source_means_another_build(sources: Path) -> None:
    build(sources)
    (sources / "src" / "main.ts").write_text("two")
    assert not frontend.is_current()
    build(sources)
    (sources / "src" / "new.ts").write_text("three")
    assert not frontend.is_current()
    build(sources)
    (sources / "src" / "new.ts").unlink()
    assert not frontend.is_current()


def test_an_interrupted_build_is_built_again(sources: Path) -> None:
    build(sources)
    frontend.Build()
    assert not frontend.is_current()


def test_an_edit_during_the_build_means_another_build(sources: Path) -> None:
    unfinished = frontend.Build()
    (sources / "src" / "main.ts").write_text("edited meanwhile")
    (sources / "dist").mkdir()
    (sources / "dist" / "index.html").write_text("built")
    unfinished.done()
    assert not frontend.is_current()


def test_the_name_of_a_file_is_part_of_the_digest(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    one.write_text("same")
    os.link(one, other)
    assert digest([one]) != digest([other])


def test_the_lock_is_completed_with_other_platforms_and_rid_of_addresses(tmp_path: Path) -> None:
    lock = tmp_path / "package-lock.json"
    parent = {
        "version": "4.68.7",
        "dev": True,
        "funding": {"url": "https://example.org"},
        "optionalDependencies": {"@bundler/native-linux-x64-musl": "4.68.7"},
    }
    lock.write_text(json.dumps({"packages": {"node_modules/bundler": parent}}))
    complete_lock.main(lock)
    packages = json.loads(lock.read_text(encoding="utf-8"))["packages"]
    assert packages["node_modules/@bundler/native-linux-x64-musl"] == {
        "version": "4.68.7",
        "dev": True,
        "optional": True,
        "cpu": ["x64"],
        "libc": ["musl"],
        "os": ["linux"],
    }
    assert "https" not in lock.read_text(encoding="utf-8")
