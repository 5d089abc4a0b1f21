"""Firefox's own remote control, spoken directly: JSON over a local socket, no driver in between.

Only it reaches what a push test has to see: the browser's push connection, the notification boxes
on the screen, and a browser without any tab of ours.
"""

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal, Self

Context = Literal["content", "chrome"]
SCRIPT_SECONDS = 30


class MarionetteError(Exception):
    """Firefox's answer to a command that did not work."""

    def __init__(self, command: str, kind: str, message: str) -> None:
        super().__init__(f"{command}: {kind}: {message}")
        self.kind = kind


class Marionette:
    """One session. Elements are the plain references that the protocol passes around."""

    def __init__(self, port: int, timeout: float = 60) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=timeout)
        self._stream = self._socket.makefile("rb")
        self._count = 0
        self._read()  # it introduces itself
        self.command("WebDriver:NewSession", capabilities={"alwaysMatch": {}})
        self.command(
            "WebDriver:SetTimeouts", script=SCRIPT_SECONDS * 1000, pageLoad=30_000, implicit=0
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self._stream.close()
        self._socket.close()

    # --- pages ---------------------------------------------------------------------------------

    def navigate(self, url: str) -> None:
        self.command("WebDriver:Navigate", url=url)

    @property
    def url(self) -> str:
        return str(self.value("WebDriver:GetCurrentURL"))

    def windows(self) -> list[str]:
        handles: list[str] = self.command("WebDriver:GetWindowHandles")
        return handles

    def switch_to(self, handle: str) -> None:
        self.command("WebDriver:SwitchToWindow", handle=handle, focus=True)

    def new_tab(self) -> str:
        made = self.command("WebDriver:NewWindow", type="tab", focus=True)
        handle = str(made["handle"])
        self.switch_to(handle)
        return handle

    def close_tab(self) -> None:
        self.command("WebDriver:CloseWindow")

    # --- elements ------------------------------------------------------------------------------

    def find(self, xpath: str) -> list[dict[str, str]]:
        found: list[dict[str, str]] = self.command(
            "WebDriver:FindElements", using="xpath", value=xpath
        )
        return found

    def click(self, element: dict[str, str]) -> None:
        """A real click with user activation, as asking for permission needs."""
        self.command("WebDriver:ElementClick", id=next(iter(element.values())))

    # --- scripts -------------------------------------------------------------------------------

    def run(self, script: str, *args: Any) -> Any:
        """The value that `script` returns; it may be a promise."""
        return self.value("WebDriver:ExecuteScript", script=script, args=list(args))

    @contextmanager
    def chrome(self) -> Iterator[Self]:
        """Scripts of the block run in the browser itself rather than in the page."""
        self._use("chrome")
        try:
            yield self
        finally:
            self._use("content")

    def _use(self, context: Context) -> None:
        self.command("Marionette:SetContext", value=context)

    # --- the wire ------------------------------------------------------------------------------

    def value(self, name: str, **parameters: Any) -> Any:
        return self.command(name, **parameters)["value"]

    def command(self, name: str, **parameters: Any) -> Any:
        self._count += 1
        message = json.dumps([0, self._count, name, parameters]).encode()
        self._socket.sendall(b"%d:%s" % (len(message), message))
        while True:
            answer = self._read()
            if answer[:2] == [1, self._count]:
                break
        _, _, error, result = answer
        if error:
            raise MarionetteError(name, error["error"], error["message"])
        return result

    def _read(self) -> Any:
        length = b""
        while (byte := self._stream.read(1)) != b":":
            if not byte:
                raise MarionetteError("read", "end of stream", "Firefox has gone")
            length += byte
        return json.loads(self._stream.read(int(length)))
