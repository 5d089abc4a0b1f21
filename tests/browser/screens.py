"""Every screen of the app, and somebody who has used it for a week."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Literal

from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from tests.browser.answering import API, become_somebody, nobody, send
from tests.browser.asking import asked
from tests.browser.checking import check_by_api, on_server
from tests.browser.chromium import PHONE
from tests.browser.stack import Stack
from tests.browser.walked import seen_by_a_clinician, walk_to_a_plan
from tests.browser.words import words

Theme = Literal["light", "dark"]
SCREENS = {
    "today": "/",
    "move": "/move",
    "walk-gate": "/move/gate",
    "walk-gate-questions": "/move/gate?ask=1",
    "walk-plan": "/move/plan",
    "walk-plan-again": "/move/plan?again=1",
    "look-back": "/move/back",
    "look-back-month": "/move/back?span=month",
    "walk-now": "/walk/now",
    "walk-new": "/walk/new",
    "walk-backward": "/walk/backward",
    "diary": "/diary",
    "new-entry": "/diary/new",
    "entry-gone": f"/diary/{uuid.UUID(int=0)}",
    "measures": "/diary/measures",
    "measure-peg": "/diary/measures/peg",
    "measure-psfs": "/diary/measures/psfs",
    "trends": "/diary/trends",
    "trends-week": "/diary/trends?span=week",
    "trends-half-year": "/diary/trends?span=half_year",
    "flare": "/flare",
    "learn": "/learn",
    "you": "/you",
    "reminders": "/you/reminders",
    "new-reminder": "/you/reminders/new",
    "new-window": "/you/reminders/new?kind=move",
    "history": "/you/reminders/history",
    "reminder-settings": "/you/reminders/settings",
    "devices": "/you/reminders/devices",
    "calendar": "/you/reminders/calendar",
    "check": "/check",
    "check-why": "/check/why",
    "check-history": "/check/history",
    "check-clearance": "/check/clearance",
    "not-found": "/nowhere",
}
STILL = """async () => {
    await document.fonts.ready;
    await Promise.allSettled(document.getAnimations().map(({ finished }) => finished));
}"""
ZONE = "Europe/Berlin"
WEEK = (6, 5, 7, 4, 5, 3, 4)  # its scores, the oldest first
ENTRY = {
    "score": 6,
    "places": ["low_back_left", "buttock_left", "thigh_left"],
    "worse": ["sitting", "lifting"],
    "better": ["walking", "heat"],
    "sleep": "broken",
    "note": "After the long drive. Walking round the block helped for an hour or so.",
}
MEASURES = (  # weeks ago, kind, answers
    (2, "peg", {"pain": 7, "enjoyment": 6, "activity": 7}),
    (1, "peg", {"pain": 6, "enjoyment": 6, "activity": 5}),
    (0, "peg", {"pain": 4, "enjoyment": 4, "activity": 3}),
    (5, "psfs", {"Tying my shoes": 2, "Sitting through a meal": 3, "Lifting the shopping": 1}),
    (0, "psfs", {"Tying my shoes": 5, "Sitting through a meal": 6, "Lifting the shopping": 3}),
)
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
WALK = {"seconds": 720, "distance_m": 760, "steps": 1130, "note": "Along the river and back."}
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

# The evening question's screens, and what has been answered. The first one stands on Today.
EVENINGS = {
    "evening": "",
    "evening-better": "better",
    "evening-same": "same",
    "evening-worse": "worse",
    "evening-not-better": "not_better",
    "evening-seen": "seen",
    "evening-closed": "",
}

# What was ticked, and the result's screen. The last one was given because the first was a slip.
CHECKS = {
    "check-emergency": ("saddle_numbness",),
    "check-same-day": ("fever", "worsening"),
    "check-soon": ("limb_numbness", "three_days", "not_easing"),
    "check-self-care": (),
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
    entry = put("/pain/entries", ENTRY | {"at": (now - timedelta(days=2, hours=9)).isoformat()})
    for weeks, kind, given in MEASURES:
        asked_at = (now - timedelta(weeks=weeks, hours=1)).isoformat()
        put("/pain/measures", {"kind": kind, "at": asked_at, "answers": as_sent(kind, given)})
    walk_to_a_plan(put, now)
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
    answers |= check_symptoms(context, stack)
    seen_by_a_clinician(put, now)
    answers |= asked(stack, owner, EVENINGS)
    own = {"edit-reminder": f"/you/reminders/{made[0]}", "entry": f"/diary/{entry}"}
    gone = nobody()
    own |= {"answer-gone": gone, "evening-gone": gone.replace("/answer/", "/evening/")}
    own |= {"walk-gone": gone.replace("/answer/", "/walk/")}
    own |= {"walk-later-gone": gone.replace("/answer/", "/walk/later/")}
    own |= walked(context, stack, put)
    return own | answers


def walked(
    context: BrowserContext, stack: Stack, put: Callable[[str, dict[str, object]], str]
) -> dict[str, str]:
    """A walk of this morning with its scores, and the question that comes after it."""
    ended = datetime.now(UTC) - timedelta(hours=2)
    began = ended - timedelta(minutes=14)
    walk = put("/walks", WALK | {"started_at": began.isoformat(), "ended_at": ended.isoformat()})
    for moment, score, at in (("before", 2, began), ("after", 3, ended)):
        given = {"score": score, "at": at.isoformat()}
        put("/pain/entries", given | {"walk": walk, "walk_moment": moment})
    asked_after = on_server(context, stack.url, "/walking")["follow_ups"]
    screens = {"walk": f"/walk/{walk}"}
    if asked_after:
        screens["walk-later"] = f"/walk/later/{asked_after[0]['id']}"
    return screens


def as_sent(kind: str, given: dict[str, int]) -> dict[str, object]:
    """A questionnaire's answers as the API takes them."""
    if kind == "peg":
        return dict(given)
    return {"activities": [{"name": name, "score": score} for name, score in given.items()]}


def check_symptoms(context: BrowserContext, stack: Stack) -> dict[str, str]:
    """The screens of past checks, one a level."""
    made: dict[str, str] = {}
    for name, facts in CHECKS.items():
        corrects = {} if facts else {"corrects": made["check-emergency"]}
        made[name] = check_by_api(context, stack.url, *facts, **corrects)["id"]
    return {name: f"/check/result/{id_}" for name, id_ in made.items()}
