"""A headless Firefox of a test's own, with its notifications on a screen that nobody sees.

It asks this project's own push service for its subscriptions and decrypts what comes, so that a
reminder is followed to the box on the screen and to what a tap on it opens.
"""

import json
import os
import shutil
import signal
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

from script.lib.project import environment
from tests.browser.marionette import Marionette, MarionetteError
from tests.browser.words import Words
from tests.ops.processes import launch, until

EXECUTABLE = os.environ.get("FIREFOX", "firefox-esr")
TIME_ZONE = "Europe/Berlin"  # not the server's, so that a reminder set in local time proves it
PREFERENCES: Mapping[str, Any] = {
    "alerts.useSystemBackend": False,  # its own boxes, which we can see and click
    "app.update.enabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "dom.push.testing.allowInsecureServerURL": True,
    "intl.accept_languages": "en-GB",
    "marionette.port": 0,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "security.notification_enable_delay": 0,  # no pause before its questions can be answered
}

# In the browser's own window; `PopupNotifications` is its permission question.
QUESTION = """
    const window = Services.wm.getMostRecentWindow("navigator:browser");
    return window.PopupNotifications.getNotification("web-notifications") !== null
        && window.PopupNotifications.isPanelOpen;
"""
ALLOW = """
    const window = Services.wm.getMostRecentWindow("navigator:browser");
    window.PopupNotifications.panel.firstElementChild.button.click();
"""
BOXES = """
    const text = (box, id) => {
        const label = box.document.getElementById(id);
        return label?.getAttribute("value") || label?.textContent || "";
    };
    return [...Services.wm.getEnumerator("alert:alert")].map(
        (box) => [text(box, "alertTitleLabel"), text(box, "alertTextLabel")],
    );
"""
TAP_BOX = """
    const [box] = Services.wm.getEnumerator("alert:alert");
    box.document.getElementById("alertBox").click();
"""
# Its own boxes have no buttons, which are the system's to draw. This is what the system says when
# one is pressed.
PRESS = """
    const [box] = Services.wm.getEnumerator("alert:alert");
    const button = {
        QueryInterface: ChromeUtils.generateQI(["nsIAlertAction"]), action: arguments[0],
        title: "", iconURL: "", windowsSystemActivationType: false, opaqueRelaunchData: "",
    };
    box.gAlertListener.observe(button, "alertclickcallback", box.gAlertCookie);
    box.close();
"""
CLOSE_BOX = """
    const [box] = Services.wm.getEnumerator("alert:alert");
    box.document.getElementById("alert-close").click();
"""
NOTIFICATIONS = """
    return navigator.serviceWorker.ready
        .then((registration) => registration.getNotifications())
        .then((shown) => shown.map(({ title, body, tag, actions }) => (
            { title, body, tag, actions: actions.map(({ action }) => action) }
        )));
"""


class Firefox:
    """Use as `with Firefox(folder, push_websocket, words) as firefox`."""

    def __init__(self, folder: Path, push_websocket: str, words: Words) -> None:
        self.words = words
        self._profile = folder / "profile"
        self._log = folder / "firefox.log"
        self._push_websocket = push_websocket

    def __enter__(self) -> Self:
        if shutil.which(EXECUTABLE) is None:
            raise AssertionError(f"these tests need {EXECUTABLE}: script/bootstrap dev installs it")
        self._write_profile()
        env = environment(MOZ_HEADLESS="1", TZ=TIME_ZONE)
        options = ["--marionette", "-remote-allow-system-access", "--no-remote"]
        with self._log.open("wb") as log:
            command = [EXECUTABLE, *options, "--profile", str(self._profile)]
            self._process = launch(command, log, env, self._profile)
        try:
            self.marionette = Marionette(until("Firefox to listen", self._port, within=60))
            self._connect_push()
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(self, *exc: object) -> None:
        with suppress(OSError, MarionetteError):
            self.marionette.command("Marionette:Quit", flags=["eForceQuit"])
        self.marionette.__exit__(*exc)
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=5)
        self._end()

    # --- a person's fingers ------------------------------------------------------------------

    def open(self, url: str) -> None:
        self.marionette.navigate(url)

    def tap(self, key: str, **values: object) -> None:
        """Tap the button, link or switch that is called so."""
        name = self.words.say(key, **values)
        until(f"{name!r} to take a tap", lambda: self._tapped(self._named(name)))

    def type_time(self, value: str) -> None:
        field = self._named(self.words.say("form_time_number", number=1), "input")
        reference = next(iter(field.values()))
        self.marionette.command("WebDriver:ElementClear", id=reference)
        self.marionette.command("WebDriver:ElementSendKeys", id=reference, text=value)

    def sees(self, key: str, within: float = 30, **values: object) -> None:
        text = self.words.say(key, **values)
        try:
            until(f"{text!r} in the page", lambda: text in self.text, within)
        except AssertionError as error:
            raise AssertionError(f"{error}; it shows:\n{self.text}") from None

    def allow_notifications(self) -> None:
        """Answer the browser's own question with yes."""
        with self.marionette.chrome() as chrome:
            until("Firefox to ask for permission", lambda: chrome.run(QUESTION))
            chrome.run(ALLOW)

    def close_all_tabs(self) -> None:
        """Leave the browser running with nothing of ours open."""
        ours = self.marionette.windows()
        blank = self.marionette.new_tab()
        for handle in ours:
            self.marionette.switch_to(handle)
            self.marionette.close_tab()
        self.marionette.switch_to(blank)

    # --- what is on the screen ----------------------------------------------------------------

    @property
    def text(self) -> str:
        return str(self.marionette.run("return document.body.innerText"))

    def boxes(self) -> list[tuple[str, str]]:
        """Title and text of each notification that is on the screen now."""
        with self.marionette.chrome() as chrome:
            return [
                (title, text) for title, text in chrome.run(BOXES) if title
            ]  # or it is empty yet

    def wait_for_box(self, within: float = 30) -> tuple[str, str]:
        return until("a notification on the screen", self.boxes, within)[0]

    def tap_box(self) -> None:
        with self.marionette.chrome() as chrome:
            chrome.run(TAP_BOX)

    def press(self, action: str) -> None:
        """Press the notification's button called `action`."""
        with self.marionette.chrome() as chrome:
            chrome.run(PRESS, action)

    def put_box_away(self) -> None:
        with self.marionette.chrome() as chrome:
            chrome.run(CLOSE_BOX)

    def notifications(self) -> list[dict[str, Any]]:
        """What the app has on the screen or in the tray, as its open page is told."""
        found: list[dict[str, Any]] = self.marionette.run(NOTIFICATIONS)
        return found

    def addresses(self) -> list[str]:
        """What the open tabs show. The last one stays chosen."""
        found = []
        for handle in self.marionette.windows():
            self.marionette.switch_to(handle)
            found.append(self.marionette.url)
        return found

    # --- starting and ending ------------------------------------------------------------------

    def _tapped(self, element: dict[str, str]) -> bool:
        """False while something moves over it, or when the screen has just been drawn anew."""
        try:
            self.marionette.click(element)
        except MarionetteError as error:
            if error.kind in {"element click intercepted", "stale element reference"}:
                return False
            raise
        return True

    def _named(self, name: str, *kinds: str) -> dict[str, str]:
        elements = " or ".join(f"self::{kind}" for kind in kinds or ("button", "a"))
        # Both quotes in one XPath text need concat(); no name of ours has the straight double one.
        path = f'//*[{elements}][normalize-space(.)="{name}" or @aria-label="{name}"]'
        return until(f"something called {name!r}", lambda: self.marionette.find(path))[0]

    def _write_profile(self) -> None:
        self._profile.mkdir(parents=True)
        wanted = {**PREFERENCES, "dom.push.serverURL": self._push_websocket}
        lines = [f"user_pref({json.dumps(k)}, {json.dumps(v)});" for k, v in wanted.items()]
        (self._profile / "user.js").write_text("\n".join(lines), encoding="utf-8")

    def _port(self) -> int:
        assert self._process.poll() is None, self._log.read_text(encoding="utf-8")
        with suppress(FileNotFoundError, ValueError):
            return int((self._profile / "MarionetteActivePort").read_text(encoding="utf-8"))
        return 0

    def _connect_push(self) -> None:
        """Remote control turns pushes off for the sake of quiet tests. We are here for them."""
        with self.marionette.chrome() as chrome:
            chrome.run('Services.prefs.setBoolPref("dom.push.connection.enabled", true)')

    def _end(self) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
