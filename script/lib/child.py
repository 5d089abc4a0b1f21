"""One process: started behind a gate, read line by line, ended with all that it started."""

import asyncio
import os
import re
import signal
from asyncio.subprocess import PIPE, Process
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from script.lib.project import ROOT
from script.lib.watchdog import kill_group, signal_process

TAIL = 12
LONGEST_LINE = 65_536
# The command runs only once we said go, which is after the watchdog knows it. If we die first, the
# read fails and nothing was started.
GATE = ("/bin/sh", "-c", 'read -r go && exec "$@" </dev/null', "gate")


@dataclass(frozen=True)
class Program:
    """What to run. `hopeless` matches output after whose appearance a restart can't help."""

    name: str
    command: tuple[str, ...]
    cwd: Path = ROOT
    grace: float = 10.0
    hopeless: re.Pattern[str] | None = None
    advice: str = ""


class Child:
    """A running program. Its process group is its own, so that nothing it started outlives it."""

    def __init__(self, program: Program, process: Process, output: int) -> None:
        self.program = program
        self.pid = process.pid
        self.tail: deque[str] = deque(maxlen=TAIL)
        self._process = process
        self._output = output

    @classmethod
    async def start(
        cls, program: Program, env: Mapping[str, str], keep_open: int | None
    ) -> "Child":
        """Start `program` at its gate; it waits for `open_gate`. `keep_open` is passed on to it."""
        output, its_end = os.pipe()
        try:
            process = await asyncio.create_subprocess_exec(
                *GATE,
                *program.command,
                cwd=program.cwd,
                env=env,
                stdin=PIPE,
                stdout=its_end,
                stderr=its_end,
                start_new_session=True,
                pass_fds=() if keep_open is None else (keep_open,),
            )
        except BaseException:
            os.close(output)
            raise
        finally:
            os.close(its_end)
        return cls(program, process, output)

    def open_gate(self) -> None:
        if self._process.stdin is not None:
            self._process.stdin.write(b"go\n")
            self._process.stdin.close()

    async def finished(self, say: Callable[[str], None]) -> int:
        """Hand on its lines until it ends; then end what it left behind and answer its code."""
        reader = asyncio.StreamReader()
        loop = asyncio.get_running_loop()
        transport, _ = await loop.connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(reader), os.fdopen(self._output, "rb")
        )
        reading = asyncio.create_task(self._hand_on(reader, say))
        try:
            code = await self._process.wait()
            kill_group(self.pid)
            await reading
        finally:
            reading.cancel()
            transport.close()
        return code

    async def _hand_on(self, reader: asyncio.StreamReader, say: Callable[[str], None]) -> None:
        rest = b""
        while chunk := await reader.read(LONGEST_LINE):
            *lines, rest = (rest + chunk).split(b"\n")
            if len(rest) > LONGEST_LINE:
                lines, rest = [*lines, rest], b""
            for line in lines:
                self._note(line, say)
        if rest:
            self._note(rest, say)

    def _note(self, raw: bytes, say: Callable[[str], None]) -> None:
        line = raw.decode(errors="replace").rstrip()
        if line:
            self.tail.append(line)
        say(line)

    async def stop(self, finished: "asyncio.Task[int]") -> None:
        """Ask it to end, and kill it where it has not by the end of its grace."""
        signal_process(self.pid, signal.SIGTERM)
        await asyncio.wait({finished}, timeout=self.program.grace)
        self.kill()
        await asyncio.wait({finished})

    def kill(self) -> None:
        kill_group(self.pid)


def describe_exit(code: int) -> str:
    if code >= 0:
        return f"exit code {code}"
    try:
        return f"killed by {signal.Signals(-code).name}"
    except ValueError:
        return f"killed by signal {-code}"
