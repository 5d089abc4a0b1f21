"""The pain chart in a real layout: every word large enough to read, and none over another."""

import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.answering import API, become_somebody
from tests.browser.chromium import PHONE, overflow
from tests.browser.screens import ZONE
from tests.browser.stack import Stack
from tests.browser.test_screens import NARROW, TWICE_THE_TEXT
from tests.browser.words import words

say = words("en").say
SPANS = ("week", "month", "half_year")
SMALLEST = 16  # px
SCORES = (6, 7, 5, 6, None, 8, 9, None, None, 4, 5, 3, 4, 0)  # days, the oldest first
WORDS = """() => [...document.querySelectorAll("svg[role=img] text")].map((text) => {
    const { left, right, top, bottom } = text.getBoundingClientRect();
    const size = parseFloat(getComputedStyle(text).fontSize);
    const frame = text.closest("section").getBoundingClientRect();
    // A line is taller than its letters are.
    const air = (bottom - top) * 0.2;
    return {
        words: text.textContent, size, left, right, top: top + air, bottom: bottom - air,
        inside: left >= frame.left - 1 && right <= frame.right + 1,
    };
})"""


@pytest.fixture
def context(browser: Browser, stack: Stack) -> Iterator[BrowserContext]:
    context = browser.new_context(
        locale="en", timezone_id=ZONE, viewport=PHONE, reduced_motion="reduce"
    )
    become_somebody(context, stack.url)
    fill_in(context, stack.url)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


def fill_in(context: BrowserContext, url: str) -> None:
    """Two weeks with gaps, two scores on most days, and a flare that goes on."""
    session = context.request.get(f"{url}{API}/session").json()
    headers = {"X-CSRFToken": session["csrf_token"]}

    def put(path: str, **data: object) -> None:
        answer = context.request.put(f"{url}{API}{path}/{uuid.uuid4()}", data=data, headers=headers)
        assert answer.ok, answer.text()

    now = datetime.now(UTC)
    for days, score in zip(range(len(SCORES), 0, -1), SCORES, strict=True):
        at = now - timedelta(days=days - 1, minutes=2)
        if score is not None:
            put("/pain/entries", score=score, at=at.isoformat())
            put("/pain/entries", score=min(score + 2, 10), at=at.isoformat())
    put("/pain/flares", at=(now - timedelta(days=8)).isoformat())


def words_in(page: Page) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = page.evaluate(WORDS)
    return found


def overlapping(found: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [
        (one["words"], other["words"])
        for i, one in enumerate(found)
        for other in found[i + 1 :]
        if one["left"] < other["right"]
        and other["left"] < one["right"]
        and one["top"] < other["bottom"]
        and other["top"] < one["bottom"]
    ]


@pytest.mark.parametrize("span", SPANS)
def test_every_word_can_be_read_at_320_px_and_at_twice_the_size(
    stack: Stack, page: Page, span: str
) -> None:
    page.set_viewport_size(NARROW)
    page.goto(f"{stack.url}/diary/trends?span={span}", wait_until="networkidle")
    for scale in (1, 2):
        if scale == 2:
            page.evaluate(TWICE_THE_TEXT)
            page.wait_for_timeout(200)  # a resize is heard of a frame later
        found = words_in(page)
        assert len(found) > 5
        assert min(one["size"] for one in found) >= SMALLEST * scale
        assert [one["words"] for one in found if not one["inside"]] == []
        assert overlapping(found) == []
        assert overflow(page) == []


def test_the_picture_has_a_name_a_sentence_and_a_table(stack: Stack, page: Page) -> None:
    page.goto(f"{stack.url}/diary/trends?span=month")
    expect(page.get_by_role("img", name=say("chart_month"))).to_be_visible()
    entered = sum(score is not None for score in SCORES)
    expect(page.get_by_text(say("trends_entered", entered=entered, days=28))).to_be_visible()
    page.get_by_text(say("chart_as_table")).click()
    rows = page.get_by_role("table").get_by_role("row")
    expect(rows).to_have_count(1 + 28)
    expect(rows.filter(has_text=say("chart_no_entry"))).to_have_count(28 - entered)


def test_the_range_that_was_chosen_is_there_again_on_the_way_back(stack: Stack, page: Page) -> None:
    page.goto(f"{stack.url}/diary")
    page.get_by_role("link", name=say("diary_trends")).click()
    page.get_by_role("radio", name=say("trends_half_year")).check()
    expect(page.get_by_role("img", name=say("chart_half_year"))).to_be_visible()
    page.get_by_role("link", name=say("room_learn")).click()
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    page.go_back()
    expect(page.get_by_role("radio", name=say("trends_half_year"))).to_be_checked()
    page.go_back()
    expect(page).to_have_url(f"{stack.url}/diary")


def test_the_arrow_keys_change_the_range_and_keep_their_place(stack: Stack, page: Page) -> None:
    page.goto(f"{stack.url}/diary/trends?span=week")
    page.get_by_role("radio", name=say("trends_week")).focus()
    page.keyboard.press("ArrowRight")
    month = page.get_by_role("radio", name=say("trends_month"))
    expect(month).to_be_checked()
    expect(month).to_be_focused()
    expect(page.get_by_role("img", name=say("chart_month"))).to_be_visible()
