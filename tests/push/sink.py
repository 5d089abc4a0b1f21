"""A push service that answers whatever a test tells it to, on a loopback port of its own."""

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field

from aiohttp import web


@dataclass
class Sink:
    """`statuses` are answered in turn, the last one for ever."""

    origin: str = ""
    statuses: list[int] = field(default_factory=lambda: [201])
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    delay: float = 0
    by_path: dict[str, int] = field(default_factory=dict)  # answers that differ by device
    received: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)

    async def answer(self, request: web.Request) -> web.Response:
        self.received.append((request.path, dict(request.headers), await request.read()))
        await asyncio.sleep(self.delay)
        usual = self.statuses[0] if len(self.statuses) == 1 else self.statuses.pop(0)
        status = self.by_path.get(request.path, usual)
        return web.Response(status=status, headers=self.headers, body=self.body)

    @asynccontextmanager
    async def running(self) -> AsyncIterator["Sink"]:
        app = web.Application()
        app.router.add_route("*", "/{rest:.*}", self.answer)
        runner = web.AppRunner(app, shutdown_timeout=0.1, access_log=None)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        port = runner.addresses[0][1]
        self.origin = f"http://127.0.0.1:{port}"
        try:
            yield self
        finally:
            await runner.cleanup()
            await asyncio.sleep(0)  # the loop closes the kept connections' sockets in its next turn


@contextmanager
def in_background(sink: Sink) -> Iterator[Sink]:
    """The sink in a thread and loop of its own, for code that starts loops itself."""
    started, stop = threading.Event(), asyncio.Event()
    loop = asyncio.new_event_loop()

    async def serve() -> None:
        async with sink.running():
            started.set()
            await stop.wait()

    thread = threading.Thread(target=loop.run_until_complete, args=[serve()])
    thread.start()
    try:
        assert started.wait(timeout=10)
        yield sink
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(timeout=10)
        loop.close()
