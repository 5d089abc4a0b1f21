"""The chaos test on demand:

    python -m tests.chaos --reminders 2000 --seed 7 --beats 2 --workers 3

Prints what happened as one JSON object, and ends with 1 where a promise was broken.
"""

import argparse
import sys
import tempfile
from dataclasses import fields
from pathlib import Path

from tests.chaos.plan import Scenario
from tests.chaos.run import run


def main() -> int:
    parser = argparse.ArgumentParser(description="Reminders, while everything breaks.")
    for field in fields(Scenario):
        parser.add_argument(f"--{field.name}", type=type(field.default), default=field.default)
    scenario = Scenario(**vars(parser.parse_args()))
    with tempfile.TemporaryDirectory(prefix="backstep-chaos-", ignore_cleanup_errors=True) as path:
        report = run(scenario, Path(path), lambda text: print(text, file=sys.stderr))
    print(report)
    return 1 if report.problems else 0


if __name__ == "__main__":
    sys.exit(main())
