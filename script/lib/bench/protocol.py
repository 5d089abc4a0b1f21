"""The measured side of a benchmark: a process that does as it is told, and says what that took.

Standard library only: the processes of the other libraries import it, too.
"""

import json
import re
import resource
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

Task = Callable[..., Any]
STATUS = Path("/proc/self/status")


def serve(tasks: Mapping[str, Task]) -> None:
    """Read `{"do": name, ...}` lines and answer each with the result and its cost, until the end.

    What a library prints goes to standard error, so that it can't mix with the answers.
    """
    answers, sys.stdout = sys.stdout, sys.stderr
    say(answers, result="ready")
    for line in sys.stdin:
        order = json.loads(line)
        task = tasks[order.pop("do")]
        wall, cpu = time.perf_counter(), time.process_time()
        result = task(**order)
        cost = {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}
        say(answers, result=result, peak_mb=peak_mb(), **cost)


def say(answers: Any, **values: Any) -> None:
    print(json.dumps(values), file=answers, flush=True)


def peak_mb() -> float:
    """The most memory that this process ever had.

    Linux counts into ru_maxrss what the parent had when it started us; VmHWM is ours alone.
    """
    if STATUS.exists():
        found = re.search(r"VmHWM:\s+(\d+) kB", STATUS.read_text())
        if found:
            return round(int(found[1]) / 1024, 1)
    return max_rss_mb(resource.RUSAGE_SELF)


def max_rss_mb(whose: int) -> float:
    unit = 1 if sys.platform == "darwin" else 1024
    return round(resource.getrusage(whose).ru_maxrss * unit / 1024 / 1024, 1)
