"""Several hands on the same thing at the same moment."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import connection

HANDS = 4
T = TypeVar("T")


def at_once(work: Callable[[int], T]) -> list[T]:
    """Start together in as many threads, each with a connection of its own."""
    together = threading.Barrier(HANDS)

    def one(number: int) -> T:
        try:
            together.wait(timeout=10)
            return work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(HANDS) as pool:
        return list(pool.map(one, range(HANDS)))
