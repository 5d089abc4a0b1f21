"""An installed Chromium through Playwright, and what of its own remote control these tests need."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import (
    BrowserContext,
    CDPSession,
    ConsoleMessage,
    Page,
    Playwright,
    Request,
    ViewportSize,
)

from script.lib.project import FRONTEND
from tests.ops.processes import until

EXECUTABLE = os.environ.get("CHROMIUM", "chromium")
WORKER_IN_CHARGE = """async () => {
    const { active } = await navigator.serviceWorker.ready;
    return active.state === "activated" && navigator.serviceWorker.controller !== null;
}"""
FLAGS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    "--no-sandbox",  # it refuses to have one where tests run as root
]
PHONE: ViewportSize = {"width": 390, "height": 844}
AXE = FRONTEND / "node_modules" / "axe-core" / "axe.min.js"
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SHOWN = "navigator.serviceWorker.ready.then((one) => one.getNotifications())"
SETTLE = 500  # milliseconds


def executable() -> str:
    path = shutil.which(EXECUTABLE)
    if path is None:
        raise AssertionError(f"these tests need {EXECUTABLE}: script/bootstrap dev installs it")
    return path


@contextmanager
def installed_app(
    playwright: Playwright, folder: Path, *, language: str = "en", **options: Any
) -> Iterator[BrowserContext]:
    """A browser with a profile of its own on the disk: in a private window there is no push."""
    context = playwright.chromium.launch_persistent_context(
        folder,
        executable_path=executable(),
        args=FLAGS,
        locale=language,
        **({"viewport": PHONE} | options),
    )
    try:
        yield context
    finally:
        context.close()


@dataclass
class Complaints:
    """What the browser objects to in any page: CSP violations, errors in scripts, files that do
    not come, and requests to anybody but our own server."""

    own: str
    found: list[str] = field(default_factory=list)
    offline: bool = False
    missing: str = ""  # a screen about something that is not there

    def watch(self, context: BrowserContext) -> None:
        context.on("console", self._on_console)
        context.on("weberror", lambda error: self.found.append(str(error.error)))
        context.on("request", self._on_request)

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not self._is_expected(message):
            self.found.append(f"{message.text} ({message.location['url']})")

    def _is_expected(self, message: ConsoleMessage) -> bool:
        if self.missing and "404" in message.text:
            return Path(urlsplit(self.missing).path).name in message.location["url"]
        return self.offline and "net::ERR_" in message.text

    def _on_request(self, request: Request) -> None:
        if not request.url.startswith((f"{self.own}/", "data:", "blob:")):
            self.found.append(f"a request to somebody else: {request.url}")


# --- accessibility ---------------------------------------------------------------------------


def axe_findings(page: Page) -> list[str]:
    """What axe finds in the page, one line for each element.

    It is put in from outside the page, where our own CSP and Trusted Types have no say.
    """
    remote = page.context.new_cdp_session(page)
    evaluate(remote, AXE.read_text(encoding="utf-8") + "; undefined")
    result = evaluate(
        remote, f"axe.run(document, {{runOnly: {AXE_TAGS}, resultTypes: ['violations']}})"
    )
    remote.detach()
    return [
        f"{found['id']}: {node['target']} {node['failureSummary']}"
        for found in result["violations"]
        for node in found["nodes"]
    ]


def evaluate(remote: CDPSession, expression: str) -> Any:
    answer = remote.send(
        "Runtime.evaluate",
        {"expression": expression, "awaitPromise": True, "returnByValue": True},
    )
    assert "exceptionDetails" not in answer, answer["exceptionDetails"]
    return answer["result"].get("value")


def overflow(page: Page) -> list[str]:
    """What reaches past the screen's edge: text and controls, also those in a fixed bar, which is
    cut off without making the page scroll."""
    found: list[str] = page.evaluate(
        """() => {
            const { clientWidth, scrollWidth } = document.documentElement;
            const past = (one) => one.checkVisibility()
                && one.getBoundingClientRect().right > clientWidth + 1;
            const cut = [...document.querySelectorAll("a, button, input, label, h1, h2, h3, p")]
                .filter(past).map((one) => `${one.tagName} ${one.textContent.trim().slice(0, 40)}`);
            return scrollWidth > clientWidth ? [`${scrollWidth} > ${clientWidth}`, ...cut] : cut;
        }"""
    )
    return found


# --- push ----------------------------------------------------------------------------------------


class PushDoor:
    """Hands a message to a page's service worker as a push service would, after decrypting.

    Chromium drops, without a word, what comes for a worker that it has only just kept. So the door
    is knocked at until it opens.
    """

    def __init__(self, page: Page) -> None:
        self._page = page
        self._origin = page.evaluate("location.origin")
        self._registrations: list[str] = []
        self._remote = page.context.new_cdp_session(page)
        self._remote.on("ServiceWorker.workerRegistrationUpdated", self._note)
        page.evaluate("navigator.serviceWorker.ready.then(() => undefined)")
        self._remote.send("ServiceWorker.enable")
        self._page.wait_for_timeout(SETTLE)  # Playwright hands out events only while it is called
        until("the worker to show a push", self._knock)
        self.clear()

    def deliver(self, data: str) -> None:
        address = {"origin": self._origin, "registrationId": self._registrations[-1]}
        self._remote.send("ServiceWorker.deliverPushMessage", {**address, "data": data})

    def sync(self, tag: str) -> None:
        """Wake the worker as the browser does once there is a network."""
        address = {"origin": self._origin, "registrationId": self._registrations[-1]}
        self._remote.send(
            "ServiceWorker.dispatchSyncEvent", {**address, "tag": tag, "lastChance": False}
        )

    def shown(self) -> list[dict[str, Any]]:
        fields = "({ title, body, tag, data }) => ({ title, body, tag, data })"
        found: list[dict[str, Any]] = self._page.evaluate(
            f"{SHOWN}.then((shown) => shown.map({fields}))"
        )
        return found

    def clear(self) -> None:
        self._page.evaluate(f"{SHOWN}.then((shown) => shown.forEach((one) => one.close()))")
        until("an empty screen", lambda: not self.shown())

    def _knock(self) -> bool:
        self.deliver("knock")
        self._page.wait_for_timeout(SETTLE)
        return bool(self.shown())

    def _note(self, event: dict[str, Any]) -> None:
        self._registrations += [one["registrationId"] for one in event["registrations"]]
