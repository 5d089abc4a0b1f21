"""A host: runs the Procfile's worker and beat, and says what memory and processor they took.

A process of its own, because the system counts what ended children took per parent.
"""

import resource
import subprocess
import sys
from pathlib import Path

from script.lib.bench import protocol
from script.lib.project import ROOT
from script.lib.serve import read_procfile

RUNS = ("worker", "beat")
ENDING = 60.0
running: list[subprocess.Popen[bytes]] = []


def start() -> None:
    folder = Path(sys.argv[1])
    for program in read_procfile(ROOT / "Procfile"):
        if program.name in RUNS:
            with (folder / f"{program.name}.log").open("wb") as log:
                running.append(subprocess.Popen(program.command, cwd=ROOT, stdout=log, stderr=log))


def stop() -> dict[str, float]:
    for process in running:
        process.terminate()
    for process in running:
        process.wait(ENDING)
    took = resource.getrusage(resource.RUSAGE_CHILDREN)
    peak = protocol.max_rss_mb(resource.RUSAGE_CHILDREN)
    return {"peak_mb": peak, "cpu": took.ru_utime + took.ru_stime}


if __name__ == "__main__":
    protocol.serve({"start": start, "stop": stop})
