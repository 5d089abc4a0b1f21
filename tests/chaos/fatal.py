"""A process dies at a given statement of the evening check. Loaded by `evening_host` into workers.

A kill from outside strikes wherever the check happens to be. Here a folder has a file for each
place to die at; whoever comes by takes the file away and kills itself there, so that each place is
struck once an evening, on the database's most delicate moments.
"""

import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from celery.signals import task_postrun, task_prerun
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

CHECK = "worker.tasks.pain.nightly"
FOLDER = "FATAL_PLACES"  # the variable that names it
TABLES = ("pain_episode", "pain_eveningprompt", "reminders_delivery")
# What it asks once that is done and committed.
NEXT = ("pain_flare", "core_pulse")
# Before which of its statements: the first finds who is due, so the second is in the middle.
FIRST_IN_THE_MIDDLE = 2
PLACES = ("2", "3", "4", "5", "after")
LINGERS = 1.1  # seconds between finding and asking: the next check comes before this one is done

_statements: list[str] | None = None  # of the check under way in this process


def lay_out(folder: Path) -> None:
    for place in PLACES:
        (folder / place).touch()


def clear(folder: Path) -> set[str]:
    """What follows is calm. Answers the places at which somebody has died."""
    left = {path.name for path in folder.iterdir()}
    for place in left:
        (folder / place).unlink(missing_ok=True)
    return {*PLACES} - left


def _begin(sender: Any, **_: Any) -> None:
    global _statements  # noqa: PLW0603 - one task at a time in a process
    _statements = [] if sender.name == CHECK else None


def _end(**_: Any) -> None:
    global _statements  # noqa: PLW0603
    _statements = None


def _watch(connection: BaseDatabaseWrapper, **_: Any) -> None:
    if _wrapper not in connection.execute_wrappers:
        connection.execute_wrappers.append(_wrapper)


def _wrapper(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
    if _statements is not None:
        _pass(sql, _statements)
    return execute(sql, *rest)


def _pass(sql: str, before: list[str]) -> None:
    if any(table in sql for table in TABLES):
        before.append(sql)
        _die_at(str(len(before)))
        if len(before) == FIRST_IN_THE_MIDDLE:
            time.sleep(LINGERS)
    elif len(before) > 1 and any(table in sql for table in NEXT):
        _die_at("after")


def _die_at(place: str) -> None:
    with suppress(FileNotFoundError):
        (Path(os.environ[FOLDER]) / place).unlink()
        os.kill(os.getpid(), signal.SIGKILL)


task_prerun.connect(_begin)
task_postrun.connect(_end)
connection_created.connect(_watch)
