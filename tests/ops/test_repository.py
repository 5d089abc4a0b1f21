"""What is committed names no machine and no registry, and no file is too long to read."""

import re
import subprocess
from functools import cache
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from script.lib.project import ROOT

LOCKS = ("requirements/*.txt", "frontend/package-lock.json", "frontend/.npmrc")
# Where home folders and mounted work trees are; /data, /secrets and /venv are the containers' own.
MACHINE_PATHS = re.compile(r"(?<![\w.~$}-])/(?:home|root|Users|work|farm|mnt|opt|srv)/[\w.-]")
LONGEST = 400
READABLE = {".py", ".ts", ".svelte", ".css"}
GENERATED = re.compile(r"migrations/|\.d\.ts$")
TEXTS = READABLE | {
    "",
    ".sh",
    ".yml",
    ".yaml",
    ".toml",
    ".json",
    ".js",
    ".txt",
    ".md",
    ".in",
    ".html",
}


@cache
def committed() -> list[Path]:
    """Every file that git has or would take."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


@pytest.mark.parametrize("pattern", LOCKS)
def test_no_lock_names_a_host(pattern: str) -> None:
    found = list(ROOT.glob(pattern))
    assert found
    for lock in found:
        assert not re.search(r"https?://", lock.read_text(encoding="utf-8")), lock


@pytest.mark.parametrize("name", ["base", "local", "dev", "bench"])
def test_every_requirement_is_pinned_with_hashes(name: str) -> None:
    lock = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    blocks = re.split(r"\n(?=[a-zA-Z0-9])", re.sub(r"(?m)^#.*\n", "", lock).strip())
    for block in blocks:
        pinned = Requirement(block.split("\\")[0].strip())
        assert [part.operator for part in pinned.specifier] == ["=="], block[:80]
        assert "--hash=sha256:" in block, block[:80]


def test_no_file_names_a_path_of_one_machine() -> None:
    for file in committed():
        if file.suffix in TEXTS and file.name != Path(__file__).name:
            text = file.read_text(encoding="utf-8")
            assert not MACHINE_PATHS.search(text), (file, MACHINE_PATHS.search(text))


def test_no_file_is_too_long_to_read() -> None:
    for file in committed():
        name = str(file.relative_to(ROOT))
        if file.suffix in READABLE and not GENERATED.search(name):
            assert len(file.read_text(encoding="utf-8").splitlines()) <= LONGEST, name


def test_what_is_made_is_not_committed() -> None:
    made = {".venv", "var", "node_modules", "dist", "paraglide", "__pycache__", ".env"}
    for file in committed():
        assert not made & set(file.relative_to(ROOT).parts), file


@pytest.mark.parametrize("name", ["bootstrap", "server", "test", "lock", "bench"])
def test_a_script_can_be_run_and_is_plain_sh(name: str) -> None:
    script = ROOT / "script" / name
    assert script.stat().st_mode & 0o111
    assert subprocess.run(["/bin/sh", "-n", script], check=False).returncode == 0
    assert script.read_text(encoding="utf-8").startswith("#!/bin/sh\n")


def test_ci_runs_every_check() -> None:
    ci = ROOT / ".ci" / "run"
    assert ci.stat().st_mode & 0o111
    assert "exec script/test" in ci.read_text(encoding="utf-8")
