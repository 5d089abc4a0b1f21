"""A supervisor of programs that a test names: `python -m tests.ops.supervise '[{"web": ...}]'`."""

import asyncio
import json
import os
import re
import sys
from pathlib import Path

from script.lib.child import Program
from script.lib.project import run
from script.lib.serve import hold, say
from script.lib.supervisor import Patience, Supervisor


def main(arguments: list[str]) -> int:
    stages: list[dict[str, str]] = json.loads(arguments[0])
    folder = os.environ.get("DATA_DIR")
    return asyncio.run(supervise(stages, hold(Path(folder)) if folder else None))


async def supervise(stages: list[dict[str, str]], lock: int | None) -> int:
    supervisor = Supervisor(
        env=os.environ,
        say=say,
        lock=lock,
        patience=Patience(deaths=3, window=20, first_pause=0.1, farewell=1),
    )
    try:
        async with supervisor:
            for stage in stages:
                supervisor.keep(*(program(name, code) for name, code in stage.items()))
            say("all are kept")
            await supervisor.forever()
    except asyncio.CancelledError:
        if supervisor.problem:
            raise supervisor.problem from None
    return 0


def program(name: str, code: str) -> Program:
    return Program(
        name=name,
        command=(sys.executable, "-u", "-c", code),
        grace=3,
        hopeless=re.compile("damaged"),
        advice="mend the file",
    )


if __name__ == "__main__":
    run(main)
