"""Building the app that the phone loads, and knowing when it has to be built again."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

from script.lib.project import BIN, FRONTEND, ScriptError, captured, digest

DIST = FRONTEND / "dist"
# Not inside dist, which is served as it is.
STAMP = FRONTEND / "node_modules" / ".backstep-build"
MADE = {"node_modules", "dist", "paraglide", "coverage"}

STEPS: tuple[tuple[str, ...], ...] = (
    (str(BIN / "npm"), "run", "--silent", "messages"),
    (str(BIN / "npm"), "run", "--silent", "build"),
    # WhiteNoise serves these beside each file, so no request waits for compression.
    (sys.executable, "-m", "whitenoise.compress", "--quiet", "dist"),
)


def sources() -> Iterator[Path]:
    """Every file that the build reads."""
    for folder, folders, files in os.walk(FRONTEND):
        folders[:] = [name for name in folders if name not in MADE]
        yield from (Path(folder) / name for name in files)


def is_current() -> bool:
    return (
        (DIST / "index.html").exists()
        and STAMP.exists()
        and STAMP.read_text(encoding="utf-8") == digest(sources())
    )


class Build:
    """The sources are hashed before the first step: an edit during the build counts as new."""

    def __init__(self) -> None:
        self.digest = digest(sources())
        STAMP.unlink(missing_ok=True)

    def done(self) -> None:
        STAMP.write_text(self.digest, encoding="utf-8")


def build() -> str:
    """Build where the sources changed, and answer what the tools printed."""
    if is_current():
        return "unchanged since the last build"
    unfinished = Build()
    output = ""
    for step in STEPS:
        done = captured(step, cwd=FRONTEND)
        output += done.stdout
        if done.returncode:
            raise ScriptError(f"{' '.join(step[-2:])} failed\n{output}")
    unfinished.done()
    return output
