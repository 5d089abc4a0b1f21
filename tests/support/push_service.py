"""A push service on this computer: what Mozilla's autopush is to Firefox and to our worker.

Browsers hold a WebSocket (hello, register, notification, ack), servers POST as RFC 8030 says; both
on one port. Messages wait while a browser is away. A test can look at every POST, have some of them
fail, or keep their answers back. It also runs by itself, for trying things by hand:

    python -m tests.support.push_service --port 8100
"""

import argparse
import asyncio
import json
import threading
import time
import uuid
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any, Self

from aiohttp import WSMsgType, web

from tests.support import vapid
from tests.support.mailbox import Mailbox, Refusal, Subscription, read_push

HOST = "127.0.0.1"
POLL = 0.05


@dataclass(frozen=True)
class Post:
    """One POST as it came in, whatever became of it. Header names are in lower case."""

    token: str
    headers: dict[str, str]
    body: bytes
    status: int
    at: float = field(default_factory=time.monotonic)


@dataclass(frozen=True)
class Fault:
    status: int
    headers: dict[str, str]


class PushService:
    """Use as `with PushService() as service`: it serves from a thread until the block ends."""

    def __init__(self, port: int = 0, clock: Callable[[], float] = time.time) -> None:
        """`clock`: what time it is for tokens, where the server's is not the computer's."""
        self.posts: list[Post] = []
        self.mailbox = Mailbox()
        self._faults: list[Fault] = []
        self._connected: dict[str, web.WebSocketResponse] = {}
        self._port = port
        self._clock = clock
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="push service")
        self._open = asyncio.Event()
        self._open.set()

    # --- for tests ---------------------------------------------------------------------------

    @property
    def origin(self) -> str:
        return f"http://{HOST}:{self._port}"

    @property
    def websocket(self) -> str:
        return f"ws://{HOST}:{self._port}/"

    def __enter__(self) -> Self:
        self._thread.start()
        self._on_loop(self._start())
        return self

    def __exit__(self, *exc: object) -> None:
        self.release()
        self._on_loop(self._runner.cleanup())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def fail(self, times: int, status: int, headers: dict[str, str] | None = None) -> None:
        """Answer the next `times` posts with `status`; they reach no browser."""
        self._faults += [Fault(status, headers or {})] * times

    def hold(self) -> None:
        """Take posts and pass them on, but keep back every answer until `release`."""
        self._open.clear()

    def release(self) -> None:
        self._loop.call_soon_threadsafe(self._open.set)

    def forget(self) -> None:
        """As new, for the next test; browsers that are still connected may stay."""
        self.release()
        self.posts.clear()
        self._faults.clear()
        self.mailbox = Mailbox()

    def wait_for_posts(self, count: int, within: float = 90) -> list[Post]:
        self._wait(lambda: len(self.posts) >= count, f"{count} posts", within)
        return list(self.posts)

    def wait_for_subscriptions(self, count: int = 1, within: float = 30) -> list[Subscription]:
        self._wait(lambda: len(self.mailbox.live) >= count, f"{count} subscriptions", within)
        return list(self.mailbox.live.values())

    def wait_until_confirmed(self, within: float = 30) -> None:
        """Wait until the browsers have everything."""
        self._wait(lambda: not self.mailbox.waiting, "browsers to confirm", within)

    def disconnect_browsers(self) -> None:
        self._on_loop(self._disconnect())

    # --- the two protocols -------------------------------------------------------------------

    async def _start(self) -> None:
        app = web.Application(client_max_size=1 << 20)
        app.router.add_get("/", self._browser)
        app.router.add_post("/push/{token}", self._post)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        await web.TCPSite(self._runner, HOST, self._port).start()
        self._port = self._runner.addresses[0][1]

    async def _post(self, request: web.Request) -> web.Response:
        token = request.match_info["token"]
        headers = {name.lower(): value for name, value in request.headers.items()}
        body = await request.read()
        answer = await self._take(token, headers, body)
        self.posts.append(Post(token, headers, body, answer.status))
        await self._open.wait()
        return answer

    async def _take(self, token: str, headers: dict[str, str], body: bytes) -> web.Response:
        if self._faults:
            fault = self._faults.pop(0)
            return web.Response(status=fault.status, headers=fault.headers)
        try:
            subscription = self.mailbox.find(token)
            self._check_sender(subscription, headers.get("authorization", ""))
            push = read_push(subscription.channel, headers, body)
        except Refusal as refusal:
            return web.Response(status=refusal.status, text=str(refusal))
        if push.ttl or subscription.browser in self._connected:
            self.mailbox.put(push)
            await self._deliver(subscription.browser, only=push.version)
        location = f"{self.origin}/message/{push.version}"
        return web.Response(status=201, headers={"Location": location, "TTL": str(push.ttl)})

    def _check_sender(self, subscription: Subscription, authorization: str) -> None:
        key = subscription.application_server_key
        if key is None:
            return
        if not authorization:
            raise Refusal(401, "this subscription asks for a VAPID token")
        now = self._clock()
        if wrong := vapid.problem(authorization, audience=self.origin, expected_key=key, now=now):
            raise Refusal(403, wrong)

    async def _browser(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(protocols=["push-notification"])
        await socket.prepare(request)
        browser = ""
        async for message in socket:
            if message.type is not WSMsgType.TEXT:
                break
            said: dict[str, Any] = json.loads(message.data)
            if said.get("messageType") == "hello":
                browser = await self._hello(socket, said)
            else:
                await self._answer(socket, browser, said)
        if self._connected.get(browser) is socket:
            del self._connected[browser]
        return socket

    async def _hello(self, socket: web.WebSocketResponse, said: dict[str, Any]) -> str:
        """A browser that is told another uaid than its own forgets what it subscribed to."""
        browser = str(said.get("uaid") or uuid.uuid4().hex)
        await socket.send_json(
            {
                "messageType": "hello",
                "status": 200,
                "uaid": browser,
                "use_webpush": True,
                "broadcasts": {},
            }
        )
        self._connected[browser] = socket
        await self._deliver(browser)
        return browser

    async def _answer(
        self, socket: web.WebSocketResponse, browser: str, said: dict[str, Any]
    ) -> None:
        match said:
            case {"messageType": "register", "channelID": channel}:
                key = said.get("key")
                made = self.mailbox.subscribe(channel, browser, vapid.decode(key) if key else None)
                endpoint = f"{self.origin}/push/{made.token}"
                await _reply(socket, "register", channel, pushEndpoint=endpoint)
            case {"messageType": "unregister", "channelID": channel}:
                self.mailbox.unsubscribe(channel)
                await _reply(socket, "unregister", channel)
            case {"messageType": "ack", "updates": updates}:
                for update in updates:
                    self.mailbox.confirm(update["version"])
            case {"messageType": "ping"}:
                await socket.send_json({"messageType": "ping"})
            case {}:
                await socket.send_str("{}")

    async def _deliver(self, browser: str, only: str = "") -> None:
        socket = self._connected.get(browser)
        if socket is None or socket.closed:
            return
        for push in self.mailbox.for_browser(browser):
            if only not in ("", push.version):
                continue
            content = (
                {"data": vapid.encode(push.body), "headers": {"encoding": push.encoding}}
                if push.body
                else {}
            )
            await socket.send_json(
                {
                    "messageType": "notification",
                    "channelID": push.channel,
                    "version": push.version,
                    "ttl": push.ttl,
                    **content,
                }
            )

    async def _disconnect(self) -> None:
        for socket in list(self._connected.values()):
            await socket.close()

    # --- between the test's thread and ours --------------------------------------------------

    def _on_loop(self, work: Any) -> None:
        done: Future[None] = asyncio.run_coroutine_threadsafe(work, self._loop)
        done.result(timeout=20)

    def _wait(self, happened: Callable[[], bool], what: str, within: float) -> None:
        deadline = time.monotonic() + within
        while not happened():
            if time.monotonic() > deadline:
                told = [(post.status, post.headers.get("topic")) for post in self.posts]
                raise AssertionError(f"waited {within:g} s for {what}; posts so far: {told}")
            time.sleep(POLL)


async def _reply(socket: web.WebSocketResponse, kind: str, channel: str, **more: str) -> None:
    await socket.send_json({"messageType": kind, "channelID": channel, "status": 200, **more})


def main() -> None:
    parser = argparse.ArgumentParser(description="A push service for trying things by hand.")
    parser.add_argument("--port", type=int, default=0)
    with PushService(parser.parse_args().port) as service:
        print(f"PUSH_ORIGINS={service.origin} dom.push.serverURL={service.websocket}", flush=True)
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            print("stopped")


if __name__ == "__main__":
    main()
