"""The real server as a host runs it, for browsers to open: Redis, web, worker and beat of the
Procfile as processes of their own, on free ports, with a data folder that lasts as long as they do.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import urllib.request
from contextlib import suppress
from pathlib import Path
from typing import Self

from redis import Redis

from backend.config.first_run import data_folder
from script.lib.embedded_redis import EmbeddedRedis
from script.lib.project import FRONTEND, ROOT, captured, environment
from script.lib.serve import read_procfile
from tests.ops.processes import free_port, launch, until

DIST = FRONTEND / "dist"
STOPS_WITHIN = 20
LEASE_SECONDS = 3
LOG_TAIL = 40
ROUTINE = re.compile(
    r"reminders\.tick|due task tick|/readyz"
)  # every second, and of no use in a report


class Stack:
    """Use as `with Stack(folder, push_origin=...) as stack`. Ends only what it started."""

    def __init__(self, folder: Path, *, push_origin: str) -> None:
        self.folder = data_folder(folder)
        self.port = free_port()
        self.url = f"http://localhost:{self.port}"
        # A copy: a build that somebody starts meanwhile takes no file away from a running test.
        self.dist = Path(shutil.copytree(built_app(), self.folder / "dist"))
        redis = EmbeddedRedis.prepare(self.folder)
        self._redis_url = redis.url_file
        self._programs = {"redis": redis.program()}
        self._programs |= {one.name: one for one in read_procfile(ROOT / "Procfile")}
        self._processes: dict[str, subprocess.Popen[bytes]] = {}
        self._read: dict[str, int] = {}
        self._env = environment(
            DATA_DIR=str(self.folder),
            PORT=str(self.port),
            PUSH_ORIGINS=push_origin,
            REDIS_URL_FILE=str(redis.url_file),
            TICK_SECONDS="1",
            LEASE_SECONDS=str(LEASE_SECONDS),
            DJANGO_SETTINGS_MODULE="tests.browser.host",
            FRONTEND_DIST=str(self.dist),
        )

    def __enter__(self) -> Self:
        try:
            self.manage("migrate", "--noinput")
            for name in self._programs:
                self.start(name)
            self.wait_until_ready()
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(self, *exc: object) -> None:
        self._end()

    def start(self, name: str) -> None:
        program = self._programs[name]
        with self._log(name).open("ab") as log:
            command = [str(part) for part in program.command]
            self._processes[name] = launch(command, log, self._env, ROOT)

    def wait_until_ready(self) -> None:
        until("the server to be ready", self._is_ready, within=90)

    def kill(self, name: str) -> None:
        """kill -9 for a process and its children, which it had no time to say goodbye to."""
        process = self._processes.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def manage(self, *arguments: str) -> str:
        done = captured([sys.executable, "manage.py", *arguments], env=self._env)
        assert done.returncode == 0, done.stdout
        return done.stdout

    def python(self, code: str) -> subprocess.CompletedProcess[str]:
        """Run `code` with Django set up, as another process of this server."""
        setup = "import django; django.setup()\n"
        return captured([sys.executable, "-c", setup + code], env=self._env)

    def forget_limits(self) -> None:
        """Each test is somebody new from the same address; the server would have enough of them."""
        with Redis.from_url(self._redis_url.read_text(encoding="utf-8").strip()) as redis:
            if limits := list(redis.scan_iter("*throttle*")):
                redis.delete(*limits)

    def mark_logs(self) -> None:
        """From here on `logs` tells only what is new."""
        for name in self._programs:
            self._read[name] = len(self._lines(name))

    def logs(self) -> str:
        """What every process said of late, for a failed test's report."""
        tails = [f"--- {name}\n{self._tail(name)}" for name in self._programs]
        return "\n".join(tails)

    def _tail(self, name: str) -> str:
        lines = self._lines(name)[self._read.get(name, 0) :]
        return "\n".join([line for line in lines if not ROUTINE.search(line)][-LOG_TAIL:])

    def _lines(self, name: str) -> list[str]:
        with suppress(FileNotFoundError):
            return self._log(name).read_text(encoding="utf-8", errors="replace").splitlines()
        return []

    def _log(self, name: str) -> Path:
        return self.folder / f"{name}.log"

    def _is_ready(self) -> bool:
        for name, process in self._processes.items():
            assert process.poll() is None, f"{name} has ended\n{self.logs()}"
        with suppress(OSError), urllib.request.urlopen(f"{self.url}/readyz", timeout=5) as answer:
            return bool(json.load(answer)["ready"])
        return False

    def _end(self) -> None:
        for process in reversed(self._processes.values()):
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
        for process in self._processes.values():
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=STOPS_WITHIN)
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def built_app() -> Path:
    """The folder with the built app; tests look at what hosts serve, never at a dev server."""
    dist = Path(os.environ.get("FRONTEND_DIST") or DIST)
    if not (dist / "index.html").is_file():
        raise AssertionError(
            f"no built app in {dist}: run script/test, or `npm run build` in frontend"
        )
    return dist
