"""The evening question: on Today for people without a device, on its own screen, and from a
notification; and what Today asks right after a score.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.answering import become_somebody
from tests.browser.asking import ask
from tests.browser.checking import none_of_these, on_server, tell_of_no_signs
from tests.browser.chromium import PHONE, WORKER_IN_CHARGE, Complaints
from tests.browser.firefox import Firefox
from tests.browser.people import LONG_PAST, change_person, settle_in
from tests.browser.screens import ZONE
from tests.browser.stack import Stack
from tests.browser.words import words
from tests.ops.processes import until
from tests.support.push_service import PushService

say = words("en").say
CHOICES = ("evening_better", "evening_same", "evening_worse", "evening_seen")
THUMB = 48  # px
# The newest person has had pain for four days, and it is evening.
FOUR_DAYS_ON = """
from datetime import timedelta
from django.utils import timezone
from backend.pain import prompts
from backend.pain.models import Episode
now = timezone.now()
episode = Episode.objects.latest("created_at")
Episode.objects.filter(pk=episode.pk).update(
    onset_at=now - timedelta(days=4), began_on=now.date() - timedelta(days=4), next_prompt_at=now,
)
prompts.claim_prompts(now=now)
"""
ANSWERED = """
from backend.pain.models import EveningPrompt
print(EveningPrompt.objects.latest("asked_at").answer)
"""


@pytest.fixture
def context(browser: Browser, stack: Stack) -> Iterator[BrowserContext]:
    context = browser.new_context(locale="en", timezone_id=ZONE, viewport=PHONE)
    yield context
    context.close()


@pytest.fixture
def owner(context: BrowserContext, stack: Stack) -> str:
    return become_somebody(context, stack.url)


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


def score(page: Page, value: int) -> None:
    page.get_by_role("button", name=say("score_of_ten", score=value), exact=True).click()


def key(page: Page, name: str) -> None:
    page.get_by_role("button", name=say(name), exact=True).click()


def heading(page: Page, name: str, **values: object) -> None:
    expect(page.get_by_role("heading", name=say(name, **values))).to_be_visible()


def today(context: BrowserContext, stack: Stack) -> dict[str, Any]:
    found: dict[str, Any] = on_server(context, stack.url, "/today")
    return found


def prompt(context: BrowserContext, stack: Stack, id_: str) -> dict[str, Any]:
    found: dict[str, Any] = on_server(context, stack.url, f"/pain/prompts/{id_}")
    return found


# --- on Today, and from there ---------------------------------------------------------------------


def test_answered_the_same_it_goes_on_to_the_warning_signs_and_then_today_is_calm(
    stack: Stack, context: BrowserContext, page: Page, owner: str
) -> None:
    id_ = ask(stack, owner)
    page.goto(stack.url)
    heading(page, "evening_question", day=6)
    page.get_by_role("link", name=say("today_prompt_answer"), exact=True).click()
    key(page, "evening_same")
    expect(none_of_these(page)).to_be_visible()
    assert page.url.endswith("/check?from=evening")
    until("the answer", lambda: prompt(context, stack, id_)["answer"] == "same")

    page.go_back()
    heading(page, "evening_check_title", noted=say("evening_noted_same"))
    page.get_by_role("link", name=say("check_title"), exact=True).click()
    tell_of_no_signs(page)
    until("the check", lambda: prompt(context, stack, id_)["wants"] is None)
    assert today(context, stack)["check"]["id"]
    page.goto(stack.url)
    expect(page.get_by_text(say("today_no_reminder_title"))).to_be_visible()
    expect(page.get_by_text(say("evening_noted_same"))).to_be_hidden()
    expect(page.get_by_role("link", name=say("today_prompt_answer"), exact=True)).to_be_hidden()


def test_better_with_a_score_of_1_ends_it(
    stack: Stack, context: BrowserContext, page: Page, owner: str
) -> None:
    id_ = ask(stack, owner)
    page.goto(f"{stack.url}/evening/{id_}")
    key(page, "evening_better")
    expect(page.get_by_role("heading", name=say("evening_score_title"))).to_be_focused()
    score(page, 1)
    expect(page.get_by_role("heading", name=say("evening_over"))).to_be_focused()
    expect(page.get_by_text(say("score_synced"))).to_be_visible()
    until("the episode to end", lambda: today(context, stack)["episode"] is None)
    assert prompt(context, stack, id_)["closed"]


def test_better_with_a_score_of_3_does_not_and_a_second_tap_corrects_it(
    stack: Stack, context: BrowserContext, page: Page, owner: str
) -> None:
    id_ = ask(stack, owner)
    page.goto(f"{stack.url}/evening/{id_}")
    key(page, "evening_better")
    score(page, 1)
    heading(page, "evening_over")
    until("the episode to end", lambda: today(context, stack)["episode"] is None)
    score(page, 3)
    heading(page, "evening_noted_score", score=3)
    expect(page.get_by_text("We ask again on")).to_be_visible()
    assert today(context, stack)["episode"]["next_prompt_at"]


def test_having_seen_somebody_ends_the_counting(
    stack: Stack, context: BrowserContext, page: Page, owner: str
) -> None:
    id_ = ask(stack, owner)
    page.goto(f"{stack.url}/evening/{id_}")
    key(page, "evening_seen")
    page.get_by_role("radio", name="Physiotherapist", exact=True).check()
    page.get_by_role("radio", name=say("began_yesterday"), exact=True).check()
    key(page, "save")
    expect(page.get_by_role("heading", name=say("evening_noted_seen"))).to_be_focused()
    until("the answer", lambda: prompt(context, stack, id_)["answer"] == "seen")
    episode = today(context, stack)["episode"]
    assert (episode["clinician"], episode["chronic"]) == ("physiotherapist", True)
    assert episode["next_prompt_at"] is None


def test_of_two_devices_the_first_answer_stands_and_the_second_sees_it(
    stack: Stack, browser: Browser, context: BrowserContext, page: Page, owner: str
) -> None:
    id_ = ask(stack, owner)
    page.goto(f"{stack.url}/evening/{id_}")
    heading(page, "evening_question", day=6)
    other = browser.new_context(
        locale="en", timezone_id=ZONE, storage_state=context.storage_state()
    )
    second = other.new_page()
    second.goto(f"{stack.url}/evening/{id_}?answer=better")
    heading(second, "evening_score_title")
    until("the first answer", lambda: prompt(context, stack, id_)["answer"] == "better")

    key(page, "evening_worse")
    page.go_back()
    heading(page, "evening_score_title")
    page.reload()
    heading(page, "evening_score_title")
    expect(page.get_by_text("Answered: today")).to_be_visible()
    assert prompt(context, stack, id_)["answer"] == "better"
    other.close()


def test_every_answer_is_a_big_target_in_the_lower_half(
    stack: Stack, page: Page, owner: str
) -> None:
    page.goto(f"{stack.url}/evening/{ask(stack, owner)}")
    heading(page, "evening_question", day=6)
    for choice in CHOICES:
        box = page.get_by_role("button", name=say(choice), exact=True).bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 2 * THUMB
        assert box["y"] > PHONE["height"] / 2
        assert box["y"] + box["height"] <= PHONE["height"]


def test_it_says_why_it_asks_and_back_leads_to_the_question(
    stack: Stack, page: Page, owner: str
) -> None:
    page.goto(f"{stack.url}/evening/{ask(stack, owner)}")
    expect(page.get_by_text(say("evening_body_days"))).to_be_visible()
    page.get_by_role("link", name=say("evening_why"), exact=True).click()
    heading(page, "why_evening_title")
    page.go_back()
    heading(page, "evening_question", day=6)


def test_answered_without_a_network_it_is_sent_later(
    stack: Stack, phone: BrowserContext, complaints: Complaints
) -> None:
    owner = become_somebody(phone, stack.url)
    id_ = ask(stack, owner)
    page = phone.pages[0]
    page.goto(stack.url)
    until("the worker to be in charge", lambda: page.evaluate(WORKER_IN_CHARGE))
    heading(page, "evening_question", day=6)
    complaints.offline = True
    phone.set_offline(True)
    page.get_by_role("link", name=say("today_prompt_answer"), exact=True).click()
    heading(page, "evening_question", day=6)
    key(page, "evening_better")
    score(page, 4)
    heading(page, "evening_noted_score", score=4)
    expect(page.get_by_text(say("score_on_phone"))).to_be_visible()
    page.get_by_role("link", name=say("not_found_home"), exact=True).click()
    expect(page.get_by_role("heading", name=say("evening_question", day=6))).to_be_hidden()

    phone.set_offline(False)
    complaints.offline = False
    until("the answer", lambda: prompt(phone, stack, id_)["answer"] == "better")
    until("the score", lambda: prompt(phone, stack, id_)["wants"] is None)


# --- from the notification ------------------------------------------------------------------------


def test_better_on_the_lock_screen_asks_for_the_score_on_today(
    stack: Stack, firefox: Firefox, push_service: PushService
) -> None:
    settle_in(firefox, stack, push_service, at=LONG_PAST)
    change_person(stack, lock_screen_details=True)
    assert stack.python(FOUR_DAYS_ON).returncode == 0
    firefox.wait_for_box()
    (shown,) = firefox.notifications()
    assert shown["actions"] == ["better", "not_better"]
    firefox.close_all_tabs()
    firefox.press("better")
    until("the answer", lambda: stack.python(ANSWERED).stdout.strip() == "better")

    firefox.open(stack.url)
    firefox.sees("evening_score_title")
    firefox.tap("score_of_ten", score=1)
    firefox.sees("evening_over_body")


# --- right after a score --------------------------------------------------------------------------


def test_the_first_score_asks_when_it_began_and_leads_to_the_safety_check(
    stack: Stack, context: BrowserContext, page: Page
) -> None:
    page.goto(stack.url)
    score(page, 4)
    key(page, "consent_agree")
    heading(page, "today_began_title")
    page.get_by_role("radio", name=say("began_yesterday"), exact=True).check()
    yesterday = str((datetime.now(UTC) - timedelta(days=1)).date())
    until("the day", lambda: episode_of(context, stack).get("began_on", "") >= yesterday)
    page.get_by_role("link", name=say("today_check_start"), exact=True).click()
    tell_of_no_signs(page)
    until("the check", lambda: today(context, stack)["check"])

    page.goto(stack.url)
    expect(page.get_by_text(say("today_no_reminder_title"))).to_be_visible()
    expect(page.get_by_text(say("today_check_row"))).to_be_hidden()
    score(page, 5)
    expect(page.get_by_text(say("score_synced"))).to_be_visible()
    expect(page.get_by_role("heading", name=say("today_began_title"))).to_be_hidden()


def test_a_score_of_1_offers_that_it_is_gone_and_that_can_be_undone(
    stack: Stack, context: BrowserContext, page: Page, owner: str
) -> None:
    ask(stack, owner, scores=((1, 4),))
    page.goto(stack.url)
    score(page, 1)
    heading(page, "today_gone_title")
    key(page, "episode_gone")
    until("the episode to end", lambda: today(context, stack)["episode"] is None)
    key_in_notice = page.get_by_role("group", name=say("episode_gone_said"))
    key_in_notice.get_by_role("button", name=say("undo"), exact=True).click()
    until("the episode to go on", lambda: today(context, stack)["episode"])


def episode_of(context: BrowserContext, stack: Stack) -> dict[str, Any]:
    return today(context, stack)["episode"] or {}
