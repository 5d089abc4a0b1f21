"""The push service of the benchmarks: takes every message, counts it, notes when it came.

It runs in a process of its own and has to cost far less than what is measured against it. Messages
are told apart by their path, which names the device.
"""

import json
import time
from array import array
from typing import Any

# What push services send back with a 201, in size and kind.
ANSWER = [
    ("location", "https://push.example.org/m/0:1700000000000000%aaaaaaaabbbbbbbb"),
    ("content-type", "text/plain"),
    ("ttl", "3600"),
]
CREATED = 201
LARGEST = 4096


class Tally:
    def __init__(self) -> None:
        self.arrivals = array("d")
        self.devices: set[str] = set()
        self.faults = 0

    def as_dict(self) -> dict[str, int]:
        return {
            "messages": len(self.arrivals),
            "devices": len(self.devices),
            "faults": self.faults,
        }


tally = Tally()


async def app(scope: Any, protocol: Any) -> None:
    if scope.method == "POST":
        body = await protocol()
        if not 0 < len(body) <= LARGEST or "authorization" not in scope.headers:
            tally.faults += 1
        tally.arrivals.append(time.time())
        tally.devices.add(scope.path)
        protocol.response_empty(CREATED, ANSWER)
    else:
        protocol.response_bytes(200, [("content-type", "text/plain")], told(scope.path))


def told(path: str) -> bytes:
    """`/tally`, `/arrivals` (seconds as doubles), `/reset`."""
    global tally  # noqa: PLW0603 - one process, one tally
    if path == "/arrivals":
        return tally.arrivals.tobytes()
    if path == "/reset":
        tally = Tally()
    return json.dumps(tally.as_dict()).encode()
