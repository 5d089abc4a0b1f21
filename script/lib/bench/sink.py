"""Starts the push service of the benchmarks, over TLS on a loopback port, and reads its tally."""

import json
import socket
import ssl
import subprocess
import time
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

from script.lib.bench import certificates
from script.lib.bench.certificates import Certificates
from script.lib.project import BIN, ROOT, ScriptError, environment
from script.lib.watchdog import kill_group

STARTING = 20.0


class Sink:
    def __init__(self, port: int, certificates: Certificates) -> None:
        self.origin = f"https://localhost:{port}"
        self.environment = certificates.environment
        self._trust = ssl.create_default_context(cafile=str(certificates.authority))

    def tally(self) -> dict[str, int]:
        found: dict[str, int] = json.loads(self._get("/tally"))
        return found

    def reset(self) -> None:
        self._get("/reset")

    def arrivals(self) -> "array[float]":
        """When each message came, in seconds since 1970."""
        return array("d", self._get("/arrivals"))

    def require(self, messages: int) -> None:
        """A figure only counts if everything that was sent has come. Then count from 0 again."""
        found = self.tally()
        if found["messages"] != messages or found["faults"]:
            raise ScriptError(f"{messages} messages were sent, and the sink has {found}")
        self.reset()

    def _get(self, path: str) -> bytes:
        with urlopen(self.origin + path, context=self._trust, timeout=60) as answer:  # noqa: S310 - ours
            content: bytes = answer.read()
            return content


@contextmanager
def running(folder: Path) -> Iterator[Sink]:
    made = certificates.make(folder)
    port = free_port()
    command = [
        str(BIN / "granian"), "script.lib.bench.sink_app:app", "--interface", "rsgi",
        "--port", str(port), "--ssl-certificate", str(made.chain), "--ssl-keyfile", str(made.key),
        "--log-level", "warning", "--no-ws", "--backlog", "4096",
    ]  # fmt: skip
    env = environment(PYTHONPATH=str(ROOT))
    process = subprocess.Popen(command, cwd=ROOT, env=env, start_new_session=True)
    try:
        sink = Sink(port, made)
        wait_for(sink, process)
        yield sink
    finally:
        kill_group(process.pid)  # asked to end, it would wait for kept connections
        process.wait()


def wait_for(sink: Sink, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + STARTING
    while time.monotonic() < deadline and process.poll() is None:
        try:
            sink.tally()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise ScriptError("the benchmarks' push service does not start; its errors are above")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
