"""Every screen of the app, and somebody who has used it for a week."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Literal

from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from tests.browser.answering import API, become_somebody, nobody, send
from tests.browser.chromium import PHONE
from tests.browser.stack import Stack
from tests.browser.words import words

Theme = Literal["light", "dark"]
SCREENS = {
    "today": "/",
    "move": "/move",
    "diary": "/diary",
    "learn": "/learn",
    "you": "/you",
    "reminders": "/you/reminders",
    "new-reminder": "/you/reminders/new",
    "new-window": "/you/reminders/new?kind=move",
    "history": "/you/reminders/history",
    "reminder-settings": "/you/reminders/settings",
    "devices": "/you/reminders/devices",
    "calendar": "/you/reminders/calendar",
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
WINDOW = {
    "days": [0, 1, 2, 3, 4, 5, 6],
    "from": "09:00",
    "to": "22:30",
    "every_minutes": 45,
    "except": [["12:00", "13:00"]],
}
QUIET = {"quiet_hours": {"from": "22:00", "to": "07:00"}}


# What a reminder's screen shows: its kind, and the answer that has been given.
ANSWERS = {
    "answer": ("walk", ""),
    "answer-move": ("move", ""),
    "answer-check-in": ("check_in", ""),
    "answer-done": ("walk", "done"),
    "answer-later": ("walk", "snooze_60"),
    "answer-skipped": ("move", "skip_today"),
}


@dataclass(frozen=True)
class App:
    """The app in one window: who looks at it, in which language, and screens of theirs alone."""

    page: Page
    url: str
    language: str
    own: dict[str, str] = field(default_factory=dict)

    @property
    def screens(self) -> dict[str, str]:
        """Names and addresses."""
        return SCREENS | self.own

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
    browser: Browser, stack: Stack, *, language: str, used: bool, viewport: ViewportSize = PHONE
) -> Iterator[App]:
    """The app as a newcomer sees it, or as somebody who has `used` it for a week."""
    context = browser.new_context(
        locale=language,
        timezone_id=ZONE,
        viewport=viewport,
        reduced_motion="reduce",
    )
    own = use_for_a_week(context, stack, language) if used else {"answer-stranger": nobody()}
    try:
        yield App(context.new_page(), stack.url, language, own)
    finally:
        context.close()


def use_for_a_week(context: BrowserContext, stack: Stack, language: str) -> dict[str, str]:
    """Make a person for `context`, with scores, reminders and answers; answers their screens."""
    owner = become_somebody(context, stack.url, language=language)
    session = context.request.get(f"{stack.url}{API}/session")
    headers = {"X-CSRFToken": session.json()["csrf_token"]}

    def put(path: str, data: dict[str, object]) -> str:
        made = str(uuid.uuid4())
        answer = context.request.put(f"{stack.url}{API}{path}/{made}", data=data, headers=headers)
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
    put("/reminders", {"kind": "move", "schedule": WINDOW, "enabled": True})
    changed = context.request.patch(f"{stack.url}{API}/me", data=QUIET, headers=headers)
    assert changed.ok, changed.text()
    feed = context.request.put(f"{stack.url}{API}/reminders/calendar", headers=headers)
    assert feed.ok, feed.text()
    sent = send(stack, owner, *ANSWERS.values())
    answers = {name: one.path for name, one in zip(ANSWERS, sent, strict=True)}
    return {"edit-reminder": f"/you/reminders/{made[0]}", "answer-gone": nobody()} | answers
