"""The symptom check in a browser: its own texts, and the ways through it."""

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

from playwright.sync_api import BrowserContext, Locator, Page, expect

from script.lib.project import FRONTEND
from tests.browser.answering import API
from tests.browser.words import words

say = words("en").say


@cache
def questions(language: str = "en") -> dict[str, Any]:
    path = FRONTEND / "src" / "content" / f"{language}.json"
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))["symptoms"]
    return found


def text_of(fact: str, language: str = "en") -> str:
    """The question as the person reads it."""
    (text,) = (one["text"] for one in questions(language)["facts"] if one["id"] == fact)
    return str(text)


def title_of(level: str, language: str = "en") -> str:
    return str(questions(language)["levels"][level]["title"])


def line(page: Page, fact: str, language: str = "en") -> Locator:
    return page.get_by_role("checkbox", name=text_of(fact, language), exact=True)


def none_of_these(page: Page) -> Locator:
    """The one of the group that asks; the groups that describe have theirs below it."""
    return page.get_by_role("checkbox", name=say("check_none"), exact=True).first


def tell_of_no_signs(page: Page) -> None:
    """Through both screens with nothing to report."""
    for key in ("check_continue", "check_finish"):
        none_of_these(page).check()
        page.get_by_role("button", name=say(key)).click()


def result(page: Page, level: str) -> Locator:
    """The result's headline, which a reader starts from."""
    headline = page.get_by_role("heading", level=1, name=title_of(level))
    expect(headline).to_be_focused()
    return headline


def check_by_api(context: BrowserContext, url: str, *facts: str, **more: object) -> dict[str, Any]:
    """A check that was given on another phone of the same person."""
    session = context.request.get(f"{url}{API}/session")
    answer = context.request.post(
        f"{url}{API}/symptom-checks",
        data={"symptoms": facts, "wording": questions()["wording"], **more},
        headers={"X-CSRFToken": session.json()["csrf_token"]},
    )
    assert answer.ok, answer.text()
    made: dict[str, Any] = answer.json()
    return made


def on_server(context: BrowserContext, url: str, path: str) -> dict[str, Any]:
    answer = context.request.get(f"{url}{API}{path}")
    assert answer.ok, answer.text()
    found: dict[str, Any] = answer.json()
    return found


def states(page: Page, url: str, language: str) -> Iterator[str]:
    """Brings up what no address leads to, one after the other; answers its name each time."""
    wording = words(language).say

    def press(key: str, **values: object) -> None:
        page.get_by_role("button", name=wording(key, **values)).first.click()

    def none() -> Locator:
        return page.get_by_role("checkbox", name=wording("check_none"), exact=True).first

    page.goto(f"{url}/check?from=new")
    press("check_continue")
    expect(page.get_by_text(wording("check_missing"))).to_be_focused()
    yield "first-missing"
    line(page, "saddle_numbness", language).check()
    yield "first-urgent"
    none().check()
    press("check_continue")
    expect(none()).not_to_be_checked()
    line(page, "limb_numbness", language).check()
    line(page, "limb_cough", language).check()
    line(page, "over_50", language).check()
    yield "second"
    none().check()
    none().uncheck()
    press("check_finish")
    expect(page.get_by_text(wording("check_missing"))).to_be_focused()
    yield "second-missing"
    line(page, "fever", language).check()
    press("check_finish")
    expect(page.get_by_role("heading", level=1)).to_have_text(title_of("same_day", language))
    yield "same-day-now"
    page.goto(f"{url}/check")
    line(page, "bladder_bowel", language).check()
    line(page, "both_legs", language).check()
    press("check_help_now")
    expect(page.get_by_role("heading", level=1)).to_have_text(title_of("emergency", language))
    yield "emergency-now"
    page.locator("summary").first.click()
    yield "emergency-reasons"
    page.locator(".dock button").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    yield "emergency-country"
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.goto(url)
    expect(page.get_by_role("heading", name=wording("block_title"))).to_be_visible()
    yield "today-blocked"
    page.goto(f"{url}/check/clearance")
    expect(page.get_by_role("button", name=wording("clearance_save"))).to_be_visible()
    yield "clearance-open"
