"""A whole server as processes of its own, each of which can be killed and started again."""

import os
import shutil
import signal
import subprocess
import sys
import urllib.request
from contextlib import suppress
from pathlib import Path
from typing import Self

from redis import Redis
from redis.exceptions import RedisError

from backend.config.first_run import data_folder
from script.lib.embedded_redis import EmbeddedRedis
from script.lib.project import ROOT, environment
from script.lib.serve import read_procfile
from tests.chaos.plan import Scenario
from tests.chaos.postgres import Postgres
from tests.ops.processes import free_port, launch, until

LEASE_SECONDS = 3
READY_WITHIN = 60


class House:
    """Use as `with House(folder, scenario, push_origins) as house`. Ends only what it started."""

    def __init__(
        self,
        folder: Path,
        scenario: Scenario,
        push_origins: list[str],
        *,
        settings: str = "backend.config.settings",
        **more: str,
    ) -> None:
        """`more`: what else, or otherwise, stands in its processes' environment."""
        self.folder = folder
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._processes: dict[str, subprocess.Popen[bytes]] = {}
        self._starts: dict[str, int] = {}  # where in its log each began last
        self._data = data_folder(folder / "data")
        self._redis = EmbeddedRedis.prepare(self._data)
        self.redis_url = self._redis.url_file.read_text(encoding="utf-8").strip()
        self.postgres = Postgres(folder / "postgres") if scenario.database == "postgres" else None
        self.database_url = (
            self.postgres.url if self.postgres else f"sqlite:///{self._data / 'chaos.sqlite3'}"
        )
        settings_of_a_run = {
            "DATA_DIR": str(self._data),
            "PORT": str(self.port),
            "PUSH_ORIGINS": ",".join(push_origins),
            "REDIS_URL": self.redis_url,
            "DATABASE_URL": self.database_url,
            "TICK_SECONDS": "1",
            "LEASE_SECONDS": str(LEASE_SECONDS),
            "DJANGO_SETTINGS_MODULE": settings,
        }
        self._env = environment(**(settings_of_a_run | more))
        self._commands = self._of_procfile(scenario)

    def _of_procfile(self, scenario: Scenario) -> dict[str, list[str]]:
        shell = {one.name: one.command[-1] for one in read_procfile(ROOT / "Procfile")}
        commands = {"web": shell["web"]}
        for number in range(scenario.workers):
            commands[f"worker{number}"] = f"{shell['worker']} -n worker{number}@%h"
        for number in range(scenario.beats):
            commands[f"beat{number}"] = f"{shell['beat']} -s {self._data}/schedule{number}"
        return {
            "redis": [str(part) for part in self._redis.program().command],
            **{name: ["/bin/sh", "-c", command] for name, command in commands.items()},
        }

    def __enter__(self) -> Self:
        try:
            self.start("redis")
            self.run("manage.py", "migrate", "--noinput")
            for name in self._commands:
                self.start(name)
            until("the server to be ready", self.is_ready, READY_WITHIN)
        except BaseException as problem:
            problem.add_note(self.logs())
            self._end()
            raise
        return self

    def __exit__(self, *exc: object) -> None:
        self._end()

    # --- processes ---------------------------------------------------------------------------

    def names(self, prefix: str) -> list[str]:
        return [name for name in self._commands if name.startswith(prefix)]

    def start(self, name: str) -> None:
        """Start it where it does not run."""
        if name in self._processes and self._processes[name].poll() is None:
            return
        with self._log(name).open("ab") as log:
            self._starts[name] = log.tell()
            self._processes[name] = launch(self._commands[name], log, self._env, ROOT)

    def kill(self, name: str) -> None:
        """kill -9 for it and what it started, as when its container or its machine goes."""
        process = self._processes[name]
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def kill_child(self, name: str) -> None:
        """kill -9 for one process of a worker's pool, as when memory runs out.

        Not while the worker starts: Celery then ends by itself, which is for its supervisor.
        """
        if not self._has_started(name):
            return
        leader = self._processes[name].pid
        with suppress(FileNotFoundError, ProcessLookupError):
            children = Path(f"/proc/{leader}/task/{leader}/children").read_text().split()
            if children:
                os.kill(int(children[-1]), signal.SIGKILL)

    def _has_started(self, name: str) -> bool:
        with self._log(name).open("rb") as log:
            log.seek(self._starts[name])
            return b"ready." in log.read()

    def ended_by_themselves(self) -> dict[str, int]:
        """Processes that nobody killed, and how they ended."""
        ended = {name: process.poll() for name, process in self._processes.items()}
        return {name: code for name, code in ended.items() if code not in (None, -signal.SIGKILL)}

    # --- redis -------------------------------------------------------------------------------

    def flush(self) -> None:
        with suppress(RedisError), Redis.from_url(self.redis_url, socket_timeout=2) as redis:
            redis.flushall()

    def wipe(self) -> None:
        """Redis is killed and its disk is lost."""
        self.kill("redis")
        shutil.rmtree(self._redis.folder / "appendonlydir", ignore_errors=True)

    # --- the rest ----------------------------------------------------------------------------

    def run(self, *words: str, given: str = "") -> str:
        """A Python process of this server; answers what it printed."""
        command = [sys.executable, *words]
        done = subprocess.run(
            command, cwd=ROOT, env=self._env, input=given, capture_output=True, text=True,
            check=False, timeout=120,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def is_ready(self) -> bool:
        with (
            suppress(OSError),
            urllib.request.urlopen(f"{self.url}/readyz", timeout=5) as answer,
        ):
            return bool(answer.status == 200)
        return False

    def logs(self, lines: int = 40) -> str:
        return "\n".join(f"--- {path.name}\n{_tail(path, lines)}" for path in self._all_logs())

    def log_of(self, prefix: str) -> str:
        found = [path for path in self._all_logs() if path.name.startswith(prefix)]
        return "\n".join(path.read_text(encoding="utf-8", errors="replace") for path in found)

    def _all_logs(self) -> list[Path]:
        return sorted(self.folder.glob("*.log"))

    def _log(self, name: str) -> Path:
        return self.folder / f"{name}.log"

    def _end(self) -> None:
        """At once: nothing here is worth a goodbye, and one takes half a minute."""
        for name in self._processes:
            self.kill(name)
        if self.postgres:
            self.postgres.end()


def _tail(path: Path, lines: int) -> str:
    return "\n".join(path.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:])
