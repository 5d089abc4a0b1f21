"""Redis and the database may go away. That is a line in the log, not a fault of ours.

Nothing is tried again here: what was claimed comes back when its lease ends, and the beat says
every few seconds that it is time to look.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from celery.beat import SchedulingError
from django.db import InterfaceError, OperationalError
from kombu.exceptions import OperationalError as BrokerError
from redis.exceptions import RedisError

log = logging.getLogger(__name__)

AWAY = (OperationalError, InterfaceError, BrokerError, RedisError)


@contextmanager
def outage_is_one_line(what: str) -> Iterator[None]:
    """A database or Redis that went away ends `what`, with one line in the log."""
    try:
        yield
    except AWAY as error:
        log.warning("%s was cut short, %s: %s", what, type(error).__name__, first_line(error))


def shorten(record: logging.LogRecord) -> bool:
    """A filter: the beat's hundred lines for each tick that Redis was not there for become one."""
    error = record.exc_info[1] if record.exc_info else None
    if isinstance(error, SchedulingError):
        record.msg, record.args = "%s", (first_line(error),)
        record.exc_info = record.exc_text = None
    return True


def first_line(error: Exception) -> str:
    return str(error).partition("\n")[0]
