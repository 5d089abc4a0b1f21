"""Keeps a few processes running as one: one log, one Ctrl-C, no orphans.

Own code because the kept libraries do half: honcho neither restarts nor waits until a process is
ready, supervisord and circus want a daemon and a configuration of their own, and none of them ends
its processes when it is itself killed.
"""

import asyncio
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from script.lib import watchdog
from script.lib.child import Child, Program, describe_exit
from script.lib.project import ROOT, ScriptError

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@dataclass(frozen=True)
class Patience:
    """A process may die `deaths` - 1 times within `window` seconds; the pause doubles each time.

    `farewell` is what processes get to end well where the supervisor itself was killed.
    """

    deaths: int = 5
    window: float = 60.0
    first_pause: float = 0.5
    longest_pause: float = 10.0
    farewell: float = 10.0

    def pause(self, deaths: int) -> float:
        return min(self.first_pause * 2.0 ** (deaths - 1), self.longest_pause)


class Supervisor:
    """`async with Supervisor(...) as supervisor` runs the body until a stop signal cancels it.

    Leaving the block stops everything: what was kept last goes first. `problem` holds why the body
    was cancelled, if that was not a signal.
    """

    def __init__(
        self,
        *,
        env: Mapping[str, str],
        say: Callable[[str], None],
        patience: Patience | None = None,
        lock: int | None = None,
    ) -> None:
        self.problem: ScriptError | None = None
        self._env = dict(env)
        self._write = say
        self._patience = patience or Patience()
        self._lock = lock
        self._watchdog = Watchdog(self._tell, self._patience.farewell, lock)
        self._running: dict[Child, asyncio.Task[int]] = {}
        self._stages: list[dict[str, asyncio.Task[None]]] = []
        self._stopping = False
        self._body: asyncio.Task[object] | None = None

    async def __aenter__(self) -> Self:
        self._body = asyncio.current_task()
        loop = asyncio.get_running_loop()
        for number in STOP_SIGNALS:
            loop.add_signal_handler(number, self.stop)
        await self._watchdog.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._stopping = True
        if self._running:
            self._tell("stopping ...")
        for stage in reversed(self._stages):
            await self._stop_stage(stage)
        await self._watchdog.close()

    def stop(self) -> None:
        """Stop everything. Asked a second time, don't wait for anything to end well."""
        if self._stopping:
            for child in self._running:
                child.kill()
            return
        self._stopping = True
        if self._body is not None:
            self._body.cancel()

    async def once(self, program: Program) -> None:
        """Run `program` to its end, silently; if it fails, its last line is the reason."""
        child = await self._start(program, quiet=True)
        if code := await self._ended(child):
            *before, reason = child.tail or [describe_exit(code)]
            for line in before:
                self._tell(f"    {line}")
            raise ScriptError(f"{program.name} failed: {reason.removeprefix('backstep: ')}")

    def keep(self, *programs: Program) -> None:
        """Keep `programs` running, as one stage: it stops before those that were kept earlier."""
        self._stages.append(
            {program.name: asyncio.create_task(self._keep(program)) for program in programs}
        )

    async def forever(self) -> None:
        """Wait until a signal or a process that can't be kept running ends it."""
        await asyncio.Event().wait()

    async def _keep(self, program: Program) -> None:
        deaths: deque[float] = deque()
        while self.problem is None:
            try:
                child = await self._start(program)
            except OSError as error:
                return self._give_up(ScriptError(f"{program.name} can't be started: {error}"))
            code = await self._ended(child)
            if self._stopping:
                return None
            self._report_death(child, code)
            deaths.append(asyncio.get_running_loop().time())
            while deaths[0] <= deaths[-1] - self._patience.window:
                deaths.popleft()
            if problem := self._why_give_up(child, len(deaths)):
                return self._give_up(problem)
            pause = self._patience.pause(len(deaths))
            self._tell(f"starting {program.name} again in {pause:g} s")
            await asyncio.sleep(pause)
        return None

    def _give_up(self, problem: ScriptError) -> None:
        self.problem = problem
        self.stop()

    def _report_death(self, child: Child, code: int) -> None:
        self._tell(f"{child.program.name} died ({describe_exit(code)}). Its last lines:")
        for line in child.tail:
            self._tell(f"    {line}")

    def _why_give_up(self, child: Child, deaths: int) -> ScriptError | None:
        program = child.program
        if program.hopeless:
            for line in child.tail:
                if program.hopeless.search(line):
                    return ScriptError(f"{program.advice} ({program.name} says: {line})")
        if deaths < self._patience.deaths:
            return None
        window = f"{self._patience.window:g} seconds"
        return ScriptError(f"{program.name} died {deaths} times within {window}, so all is stopped")

    async def _start(self, program: Program, *, quiet: bool = False) -> Child:
        def say(line: str) -> None:
            if not quiet:
                self._write(f"{program.name:<8} | {line}")

        child = await Child.start(program, self._env, self._lock)
        self._watchdog.watch(child.pid)
        child.open_gate()
        self._running[child] = asyncio.create_task(child.finished(say))
        return child

    async def _ended(self, child: Child) -> int:
        following = self._running[child]
        try:
            # Shielded: its last lines matter also while we stop.
            return await asyncio.shield(following)
        except asyncio.CancelledError:
            await child.stop(following)
            raise
        finally:
            self._watchdog.forget(child.pid)
            del self._running[child]

    async def _stop_stage(self, stage: Mapping[str, asyncio.Task[None]]) -> None:
        await asyncio.gather(
            *(
                child.stop(following)
                for child, following in self._running.items()
                if child.program.name in stage
            )
        )
        for task in stage.values():
            task.cancel()  # one may be pausing before a restart
        await asyncio.gather(*stage.values(), return_exceptions=True)

    def _tell(self, line: str) -> None:
        self._write(f"{'backstep':<8} | {line}")


class Watchdog:
    """Our side of script/lib/watchdog.py; where that dies, it is started again and told all."""

    def __init__(self, tell: Callable[[str], None], grace: float, lock: int | None) -> None:
        self._tell = tell
        self._grace = grace
        # It holds the lock too: no second supervisor starts before it has cleaned up after a first.
        self._lock = lock
        self._groups: set[int] = set()
        self._process: Process | None = None
        self._minding: asyncio.Task[None] | None = None

    async def start(self) -> None:
        await self._spawn()
        self._minding = asyncio.create_task(self._mind())

    def watch(self, group: int) -> None:
        self._groups.add(group)
        self._send(f"watch {group}")

    def forget(self, group: int) -> None:
        self._groups.discard(group)
        self._send(f"forget {group}")

    async def close(self) -> None:
        if self._minding is None or self._process is None or self._process.stdin is None:
            return
        self._minding.cancel()
        self._process.stdin.close()
        await self._process.wait()

    def _send(self, line: str) -> None:
        if self._process is not None and self._process.stdin is not None:
            self._process.stdin.write(f"{line}\n".encode())

    async def _spawn(self) -> None:
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-S",
            watchdog.__file__,
            str(self._grace),
            cwd=ROOT,
            stdin=PIPE,
            start_new_session=True,
            pass_fds=() if self._lock is None else (self._lock,),
        )
        for group in self._groups:
            self._send(f"watch {group}")

    async def _mind(self) -> None:
        while self._process is not None:
            code = await self._process.wait()
            self._tell(f"the watchdog died ({describe_exit(code)}); starting it again")
            await asyncio.sleep(1)
            await self._spawn()
