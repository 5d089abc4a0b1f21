"""The chaos tests on demand:

    python -m tests.chaos --reminders 2000 --seed 7 --beats 2 --workers 3
    python -m tests.chaos evenings --people 2000 --evenings 5 --database sqlite

Prints what happened as one JSON object, and ends with 1 where a promise was broken.
"""

import argparse
import sys
import tempfile
from dataclasses import fields
from pathlib import Path
from typing import TypeVar

from tests.chaos import evening_run
from tests.chaos.evening_plan import Evenings
from tests.chaos.plan import Scenario
from tests.chaos.run import run

EVENINGS = "evenings"
Plan = TypeVar("Plan", Scenario, Evenings)


def main() -> int:
    words = sys.argv[1:]
    with tempfile.TemporaryDirectory(prefix="backstep-chaos-", ignore_cleanup_errors=True) as path:
        if words[:1] == [EVENINGS]:
            report = evening_run.run(read(Evenings, words[1:]), Path(path), tell)
            print(report)
            return 1 if report.problems else 0
        of_reminders = run(read(Scenario, words), Path(path), tell)
    print(of_reminders)
    return 1 if of_reminders.problems else 0


def read(plan: type[Plan], words: list[str]) -> Plan:
    parser = argparse.ArgumentParser(description="What is due, while everything breaks.")
    for field in fields(plan):
        parser.add_argument(f"--{field.name}", type=type(field.default), default=field.default)
    return plan(**vars(parser.parse_args(words)))


def tell(text: str) -> None:
    print(text, file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
