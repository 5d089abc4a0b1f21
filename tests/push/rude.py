"""A push service that may do anything a socket can do: hang, drip, reset, talk nonsense."""

import asyncio
import socket
import ssl
import struct
import threading
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Self

Writer = asyncio.StreamWriter
Behaviour = Callable[["Rude", Writer], Awaitable[None]]
DRIP = 0.05
CHUNK = b"x" * 65536


@dataclass
class Rude:
    """Use as `with Rude({"/path": behaviour}) as service`. Any other path is answered with 201."""

    behaviours: dict[str, Behaviour] = field(default_factory=dict)
    posts: list[str] = field(default_factory=list)  # paths, as they came in
    connections: int = 0
    written: int = 0  # bytes of endless answers
    origin: str = ""
    tls: ssl.SSLContext | None = None

    def __enter__(self) -> Self:
        self._loop = asyncio.new_event_loop()
        self._stop = asyncio.Event()
        started = threading.Event()
        self._thread = threading.Thread(
            target=self._loop.run_until_complete, args=[self._serve(started)]
        )
        self._thread.start()
        assert started.wait(timeout=10)
        return self

    def __exit__(self, *exc: object) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(timeout=10)
        self._loop.close()

    async def _serve(self, started: threading.Event) -> None:
        server = await asyncio.start_server(self._talk, "127.0.0.1", 0, ssl=self.tls)
        scheme = "https" if self.tls else "http"
        self.origin = f"{scheme}://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        started.set()
        await self._stop.wait()
        server.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        await asyncio.sleep(0)  # the sockets are closed in the loop's next round

    async def _talk(self, reader: asyncio.StreamReader, writer: Writer) -> None:
        self.connections += 1
        try:
            while path := await _request(reader):
                self.posts.append(path)
                await self.behaviours.get(path, status(201))(self, writer)
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            writer.transport.abort()


async def _request(reader: asyncio.StreamReader) -> str:
    """The path of the next request, or "" where the client hung up."""
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError:
        return ""
    lines = head.decode().split("\r\n")
    headers = dict(line.lower().split(": ", 1) for line in lines[1:] if line)
    await reader.readexactly(int(headers["content-length"]))
    return lines[0].split(" ")[1]


def status(code: int, *headers: str, body: bytes = b"") -> Behaviour:
    lines = [f"HTTP/1.1 {code} Whatever", f"Content-Length: {len(body)}", *headers, "", ""]

    async def answer(service: Rude, writer: Writer) -> None:
        writer.write("\r\n".join(lines).encode() + body)

    return answer


async def hang(service: Rude, writer: Writer) -> None:
    await asyncio.Event().wait()


async def reset(service: Rude, writer: Writer) -> None:
    raw = writer.get_extra_info("socket")
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


async def hang_up(service: Rude, writer: Writer) -> None:
    writer.transport.close()


async def garbage(service: Rude, writer: Writer) -> None:
    writer.write(b"\x16\x03\x01\x00 220 this is no web server\r\n" * 20)
    await writer.drain()
    writer.transport.close()


async def drip_head(service: Rude, writer: Writer) -> None:
    """A byte now and then, each in time for anyone who counts from the last one."""
    for byte in b"HTTP/1.1 2" + b"0" * 1000:
        writer.write(bytes([byte]))
        await writer.drain()
        await asyncio.sleep(DRIP)


def drip_body(code: int) -> Behaviour:
    async def answer(service: Rude, writer: Writer) -> None:
        writer.write(f"HTTP/1.1 {code} Fine\r\nContent-Length: 1000\r\n\r\n".encode())
        for _ in range(1000):
            writer.write(b"x")
            await writer.drain()
            await asyncio.sleep(DRIP)

    return answer


def endless(code: int) -> Behaviour:
    async def answer(service: Rude, writer: Writer) -> None:
        writer.write(f"HTTP/1.1 {code} Fine\r\nContent-Length: 2000000000\r\n\r\n".encode())
        while service.written < 2_000_000_000:
            writer.write(CHUNK)
            await writer.drain()
            service.written += len(CHUNK)

    return answer


async def endless_head(service: Rude, writer: Writer) -> None:
    writer.write(b"HTTP/1.1 201 Created\r\n")
    while service.written < 2_000_000_000:
        writer.write(b"X-Filler: " + b"x" * 60_000 + b"\r\n")
        await writer.drain()
        service.written += 60_000
