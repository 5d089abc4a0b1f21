"""The parent's side: starts what is measured as a process of its own, and tells it what to do."""

import json
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from script.lib.project import ROOT, ScriptError, environment

ENDING = 10.0


@dataclass(frozen=True)
class Cost:
    """What one task answered, and what it took: seconds of the clock and of the processor."""

    result: Any
    wall: float
    cpu: float
    peak_mb: float


class Subject:
    """A process that serves tasks (see protocol.py). Use as `with Subject(...) as subject`."""

    def __init__(
        self,
        module: str,
        *arguments: str,
        env: Mapping[str, str],
        python: Path = Path(sys.executable),
    ) -> None:
        self._name = " ".join([module, *arguments])
        self._process = subprocess.Popen(
            [python, "-P", "-m", module, *arguments],
            cwd=ROOT,
            env=environment(**env) | {"PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,  # a Ctrl-C is ours to handle
        )
        self._answer()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self.end()

    def begin(self, task: str, **values: Any) -> None:
        """Start `task` without waiting; `finish` answers it."""
        assert self._process.stdin is not None  # noqa: S101 - it was started with a pipe
        self._process.stdin.write(json.dumps({"do": task, **values}) + "\n")
        self._process.stdin.flush()

    def finish(self) -> Cost:
        return Cost(**self._answer())

    def do(self, task: str, **values: Any) -> Cost:
        self.begin(task, **values)
        return self.finish()

    def end(self) -> None:
        assert self._process.stdin is not None  # noqa: S101 - it was started with a pipe
        self._process.stdin.close()
        try:
            self._process.wait(ENDING)
        except subprocess.TimeoutExpired:
            self._process.send_signal(signal.SIGKILL)
            self._process.wait()

    def _answer(self) -> dict[str, Any]:
        assert self._process.stdout is not None  # noqa: S101 - it was started with a pipe
        line = self._process.stdout.readline()
        if not line:
            raise ScriptError(f"the measured process {self._name} failed; its errors are above")
        answer: dict[str, Any] = json.loads(line)
        return answer
