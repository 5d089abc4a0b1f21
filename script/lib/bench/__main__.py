"""script/bench: prints one JSON object a line. docs/scale.md says what each means."""

import argparse
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

from script.lib.bench import stores
from script.lib.bench.bench import FULL_SIZE, Bench
from script.lib.bench.line import Line
from script.lib.bench.parts import burst, claims, nightly, pipeline, send_path, tick_idle
from script.lib.project import ScriptError, run

PARTS: dict[str, Callable[[Bench], Iterator[Line]]] = {
    "send_path": send_path.run,
    "pipeline": pipeline.run,
    "tick_idle": tick_idle.run,
    "claims": claims.run,
    "burst": burst.run,
    "nightly": nightly.run,
}
LEAST_ROWS = 1_000


def main(arguments: list[str]) -> int:
    asked = parser().parse_args(arguments)
    if unknown := set(asked.parts) - PARTS.keys():
        raise ScriptError(
            f"no such part: {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}"
        )
    with tempfile.TemporaryDirectory(prefix="backstep-bench-") as folder, ExitStack() as stack:
        bench = Bench(
            folder=Path(folder),
            stack=stack,
            rows=asked.rows,
            kinds=tuple(asked.database or stores.KINDS),
            peers=not asked.no_peers,
        )
        for part in asked.parts or PARTS:
            for line in PARTS[part](bench):
                print(line, flush=True)
    return 0


def parser() -> argparse.ArgumentParser:
    found = argparse.ArgumentParser(prog="script/bench", description=__doc__)
    found.add_argument("parts", nargs="*", metavar="part", help=f"of {', '.join(PARTS)}")
    found.add_argument(
        "--rows", type=rows, default=FULL_SIZE, help="reminders, or people (1000000)"
    )
    found.add_argument("--database", action="append", choices=stores.KINDS, help="both if not said")
    found.add_argument("--no-peers", action="store_true", help="without the other libraries")
    return found


def rows(text: str) -> int:
    number = int(text)
    if number < LEAST_ROWS:
        raise argparse.ArgumentTypeError(f"at least {LEAST_ROWS}")
    return number


if __name__ == "__main__":
    run(main)
