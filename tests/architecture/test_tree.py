"""What holds for every file of the project."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
LONGEST = 400
CODE = {".py", ".ts", ".svelte", ".css", ".js"}
CODE_FOLDERS = ("backend/", "worker/", "tests/", "script/", "frontend/src/")
GENERATED = ("frontend/src/api/schema.d.ts", "frontend/src/paraglide/")

# Put together here, so that this file does not name them itself.
REGISTRIES = [
    re.compile(re.escape(".".join(name)), re.IGNORECASE)
    for name in (
        ("pypi", "org"), ("pythonhosted", "org"), ("registry", "npmjs"), ("npmjs", "org"),
        ("yarnpkg", "com"), ("npmmirror", "com"),
    )
]  # fmt: skip
PRIVATE_INDEX = re.compile(r"--(extra-)?index-url|--find-links|--trusted-host")
SOMEBODYS_COMPUTER = re.compile(r"(?<![\w.])/(home|Users)/\w+/|\b[A-Z]:\\Users\\", re.ASCII)


def project_files() -> list[str]:
    """All files that are, or could be, committed."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return sorted(name for name in listed.stdout.split("\0") if (ROOT / name).is_file())


def texts() -> dict[str, str]:
    found = {}
    for name in project_files():
        content = (ROOT / name).read_bytes()
        if b"\0" not in content:
            found[name] = content.decode()
    return found


def test_no_file_is_too_long_to_read() -> None:
    code = {
        name: text.count("\n")
        for name, text in texts().items()
        if Path(name).suffix in CODE
        and name.startswith(CODE_FOLDERS)
        and not name.startswith(GENERATED)
        and "/migrations/" not in name
    }
    assert len(code) > 100  # else it looked in the wrong place
    assert {name: lines for name, lines in code.items() if lines >= LONGEST} == {}


def test_no_file_names_the_host_of_a_registry() -> None:
    """Where packages come from is the business of the machine that installs them."""
    found = [
        name
        for name, text in texts().items()
        if any(host.search(text) for host in REGISTRIES) or PRIVATE_INDEX.search(_pins(name, text))
    ]
    assert found == []


def _pins(name: str, text: str) -> str:
    """The text where options of pip would act; elsewhere they are only talked about."""
    return text if name.startswith("requirements/") else ""


def test_no_file_names_a_place_on_somebodys_computer() -> None:
    here = str(ROOT) + "/"
    checkout = here if len(ROOT.parts) > 2 else "\0"  # "/app/" could stand anywhere
    found = [
        name
        for name, text in texts().items()
        if SOMEBODYS_COMPUTER.search(text) or checkout in text
    ]
    assert found == []


def test_the_layers_hold() -> None:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr
