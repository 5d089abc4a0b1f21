"""Every screen of the app, and somebody who has used it for a week."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from tests.browser.chromium import PHONE
from tests.browser.words import words

API = "/api/v1"
Theme = Literal["light", "dark"]
SCREENS = {
    "today": "/",
    "move": "/move",
    "diary": "/diary",
    "learn": "/learn",
    "you": "/you",
    "reminders": "/you/reminders",
    "new-reminder": "/you/reminders/new",
    "not-found": "/nowhere",
}
STILL = """async () => {
    await document.fonts.ready;
    await Promise.allSettled(document.getAnimations().map(({ finished }) => finished));
}"""
ZONE = "Europe/Berlin"
WEEK = (6, 5, 7, 4, 5, 3, 4)  # its scores, the oldest first
REMINDERS = (
    ("walk", [0, 1, 2, 3, 4, 5, 6], ["08:30", "17:30"]),
    ("check_in", [0, 2, 4], ["20:15"]),
)


@dataclass(frozen=True)
class App:
    """The app in one window: who looks at it, in which language."""

    page: Page
    url: str
    language: str
    reminder: str = ""

    @property
    def screens(self) -> dict[str, str]:
        """Names and addresses; whoever has reminders also has the screen to change one."""
        mine = {"edit-reminder": f"/you/reminders/{self.reminder}"} if self.reminder else {}
        return SCREENS | mine

    def show(self, path: str) -> None:
        """Open `path` and wait until nothing moves on it any more."""
        self.page.goto(f"{self.url}{path}", wait_until="networkidle")
        expect(self.page.locator("main h1")).to_be_visible()
        self.page.evaluate(STILL)

    def ask_for_consent(self) -> None:
        """Today, with the question that a newcomer's first score brings up."""
        self.show("/")
        say = words(self.language).say
        self.page.get_by_role("button", name=say("score_of_ten", score=4), exact=True).click()
        expect(self.page.get_by_role("dialog", name=say("consent_title"))).to_be_visible()
        self.page.evaluate(STILL)


@contextmanager
def app_of(
    browser: Browser, url: str, *, language: str, used: bool, viewport: ViewportSize = PHONE
) -> Iterator[App]:
    """The app as a newcomer sees it, or as somebody who has `used` it for a week."""
    context = browser.new_context(
        locale=language,
        timezone_id=ZONE,
        viewport=viewport,
        reduced_motion="reduce",
    )
    reminder = use_for_a_week(context, url, language) if used else ""
    try:
        yield App(context.new_page(), url, language, reminder)
    finally:
        context.close()


def use_for_a_week(context: BrowserContext, url: str, language: str) -> str:
    """Make a person for `context`, with scores and reminders; answers a reminder's id."""
    session = context.request.post(
        f"{url}{API}/session",
        data={"time_zone": ZONE, "locale": language, "consent": True},
    )
    assert session.ok, session.text()
    headers = {"X-CSRFToken": session.json()["csrf_token"]}

    def put(path: str, data: dict[str, object]) -> str:
        made = str(uuid.uuid4())
        answer = context.request.put(f"{url}{API}{path}/{made}", data=data, headers=headers)
        assert answer.ok, answer.text()
        return made

    now = datetime.now(UTC)
    for days, score in zip(range(len(WEEK), 0, -1), WEEK, strict=True):
        at = now - timedelta(days=days - 1, hours=2)
        put("/pain/entries", {"score": score, "at": at.isoformat()})
    made = [
        put("/reminders", {"kind": kind, "schedule": {"days": days, "times": times}, "enabled": on})
        for (kind, days, times), on in zip(REMINDERS, (True, False), strict=True)
    ]
    return made[0]
