"""What every script knows of this checkout. Standard library only: bootstrap runs first."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BIN = ROOT / ".venv" / "bin"
FRONTEND = ROOT / "frontend"
INTERRUPTED = 130


class ScriptError(Exception):
    """Something that the person at the keyboard has to mend. The message is one line."""


def environment(**changes: str) -> dict[str, str]:
    """This process's environment with our tools first on the PATH."""
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    path = os.pathsep.join([str(BIN), inherited.get("PATH", os.defpath)])
    return {**inherited, "PATH": path, "PYTHONUNBUFFERED": "1", **changes}


def captured(
    command: Sequence[str | Path], *, cwd: Path = ROOT, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run `command` without input; what it prints comes back as `stdout`, errors among it."""
    return subprocess.run(
        command,
        cwd=cwd,
        env=env or environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )


def digest(files: Iterable[Path]) -> str:
    """One hash for the names and contents of `files`."""
    total = hashlib.sha256()
    for file in sorted(files):
        content = hashlib.sha256(file.read_bytes()).hexdigest()
        total.update(f"{os.path.relpath(file, ROOT)}\0{content}\n".encode())
    return total.hexdigest()


def run(main: Callable[[list[str]], int]) -> None:
    """Run a script's `main`. Problems and Ctrl-C end in one line, not a traceback."""
    try:
        code = main(sys.argv[1:])
    except ScriptError as problem:
        print(f"backstep: {problem}", file=sys.stderr)
        code = 1
    except KeyboardInterrupt:
        print("backstep: stopped half-way; run it again to go on", file=sys.stderr)
        code = INTERRUPTED
    sys.exit(code)
