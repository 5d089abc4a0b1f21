"""The screen with all the answers, for platforms whose notifications have no buttons."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.answering import become_somebody, nobody, on_server, send
from tests.browser.chromium import PHONE
from tests.browser.screens import ZONE
from tests.browser.stack import Stack
from tests.browser.words import words
from tests.ops.processes import until

say = words("en").say
TIME = re.compile(r"\d{2}:\d{2}")
CHOICES = {
    "done": ("answer_done_walk", "answer_noted_walk"),
    "snooze_15": ("answer_snooze_15", "answer_again"),
    "snooze_60": ("answer_snooze_60", "answer_again"),
    "skip_today": ("answer_skip_today", "answer_skipped"),
}
THUMB = 48  # px


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(locale="en", timezone_id=ZONE, viewport=PHONE)
    yield context
    context.close()


@pytest.fixture
def owner(context: BrowserContext, stack: Stack) -> str:
    return become_somebody(context, stack.url)


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


def says(key: str) -> re.Pattern[str]:
    """The text `key`, whatever time stands in it."""
    return re.compile(re.escape(say(key, time="TIME")).replace("TIME", TIME.pattern))


@pytest.mark.parametrize("answer", CHOICES)
def test_a_tap_gives_its_answer_and_says_what_comes_next(
    stack: Stack, context: BrowserContext, page: Page, owner: str, answer: str
) -> None:
    (sent,) = send(stack, owner, ("walk", ""))
    page.goto(stack.url + sent.path)
    choice, noted = CHOICES[answer]
    page.get_by_role("button", name=say(choice), exact=True).click()
    expect(page.get_by_role("heading", name=says(noted))).to_be_focused()
    expect(page.get_by_text(say("score_synced"))).to_be_visible()
    expect(page.get_by_role("link", name=say("not_found_home"))).to_be_visible()
    assert on_server(context, stack.url, sent)["answer"] == answer
    until("it to be noted as opened", lambda: on_server(context, stack.url, sent)["opened_at"])


def test_every_choice_is_a_big_target_in_the_lower_half(
    stack: Stack, page: Page, owner: str
) -> None:
    (sent,) = send(stack, owner, ("walk", ""))
    page.goto(stack.url + sent.path)
    for choice, _ in CHOICES.values():
        box = page.get_by_role("button", name=say(choice), exact=True).bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= THUMB
        assert box["y"] > PHONE["height"] / 2 - THUMB


def test_an_answer_in_the_address_is_given_at_once(
    stack: Stack, context: BrowserContext, page: Page, owner: str
) -> None:
    """Where a notification's button opens an address, since there is no worker to ask."""
    (sent,) = send(stack, owner, ("walk", ""))
    page.goto(f"{stack.url}{sent.path}&answer=done")
    expect(page.get_by_role("heading", name=say("answer_noted_walk"))).to_be_visible()
    expect(page.get_by_text(say("score_synced"))).to_be_visible()
    assert on_server(context, stack.url, sent)["answer"] == "done"


def test_what_was_answered_before_is_shown_and_stands(
    stack: Stack, context: BrowserContext, page: Page, owner: str
) -> None:
    (sent,) = send(stack, owner, ("walk", "skip_today"))
    page.goto(stack.url + sent.path)
    expect(page.get_by_role("heading", name=say("answer_skipped"))).to_be_visible()
    page.goto(f"{stack.url}{sent.path}&answer=done")
    expect(page.get_by_text("The first answer counts")).to_be_visible()
    assert on_server(context, stack.url, sent)["answer"] == "skip_today"


def test_a_check_in_leads_to_the_score(stack: Stack, page: Page, owner: str) -> None:
    (sent,) = send(stack, owner, ("check_in", ""))
    page.goto(stack.url + sent.path)
    page.get_by_role("link", name=say("answer_score")).click()
    expect(
        page.get_by_role("button", name=say("score_of_ten", score=4), exact=True)
    ).to_be_visible()


def test_a_reminder_that_is_gone_and_a_browser_without_a_session_are_told_plainly(
    stack: Stack, browser: Browser, page: Page, owner: str
) -> None:
    page.goto(stack.url + nobody())
    expect(page.get_by_role("heading", name=say("answer_gone_title"))).to_be_visible()
    elsewhere = browser.new_context(locale="en")
    stranger = elsewhere.new_page()
    stranger.goto(stack.url + nobody())
    expect(stranger.get_by_role("heading", name=say("answer_stranger_title"))).to_be_visible()
    elsewhere.close()
