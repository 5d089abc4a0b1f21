"""A flare as somebody uses it: one tap, a day later, by mistake, and without a network."""

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.answering import become_somebody, outbox
from tests.browser.checking import check_by_api, on_server
from tests.browser.chromium import PHONE, WORKER_IN_CHARGE, Complaints
from tests.browser.screens import ZONE
from tests.browser.stack import Stack
from tests.browser.words import words
from tests.ops.processes import until

say = words("en").say
RESUME = {1: 70, 3: 60, 7: 50}  # what is said after so many nights
EARLIER = """
from datetime import timedelta
from backend.pain.models import Flare
flare = Flare.objects.get(pk={flare!r})
flare.began_at -= timedelta(days={days})
flare.save()
"""
ASKED = """
from django.utils import timezone
from backend.pain.models import Flare
from backend.reminders.models import Delivery
flare, now = Flare.objects.get(pk={flare!r}), timezone.now()
Delivery.objects.create(
    id={delivery!r}, owner=flare.owner, kind="step_up", subject_id=flare.pk, due_at=now,
    dedupe_key={delivery!r}, state="sent", sent_at=now, ended_at=now,
)
"""


@pytest.fixture
def context(browser: Browser, stack: Stack) -> Iterator[BrowserContext]:
    context = browser.new_context(locale="en", timezone_id=ZONE, viewport=PHONE)
    become_somebody(context, stack.url)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


def flares(context: BrowserContext, stack: Stack) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = on_server(context, stack.url, "/pain/flares")["results"]
    return found


def held(context: BrowserContext, stack: Stack) -> set[str]:
    """The kinds that are kept quiet by a flare."""
    holds = on_server(context, stack.url, "/reminders/holds")["results"]
    return {kind for hold in holds if hold["reason"] == "flare" for kind in hold["kinds"]}


def start(page: Page, stack: Stack) -> None:
    page.goto(f"{stack.url}/flare")
    page.get_by_role("button", name=say("flare_start")).click()
    expect(page.get_by_role("heading", level=1, name=say("flare_on_title"))).to_be_focused()


def started(
    page: Page, context: BrowserContext, stack: Stack, *, days_ago: int = 1
) -> dict[str, Any]:
    """A flare that began so many days ago, on the screen."""
    start(page, stack)
    expect(page.get_by_text(say("score_synced"))).to_be_visible()
    (flare,) = flares(context, stack)
    python(stack, EARLIER.format(flare=flare["id"], days=days_ago))
    page.reload()
    return flare


def python(stack: Stack, code: str) -> None:
    done = stack.python(code)
    assert done.returncode == 0, done.stdout


def asked(stack: Stack, flare: str) -> str:
    """The morning's question about `flare`, as it stands after sending."""
    delivery = str(uuid.uuid4())
    python(stack, ASKED.format(flare=flare, delivery=delivery))
    return delivery


def test_one_tap_holds_what_was_planned_and_shows_the_gentle_plan(
    stack: Stack, context: BrowserContext, page: Page
) -> None:
    start(page, stack)
    expect(page.get_by_role("heading", name=say("plan_title"))).to_be_visible()
    expect(page.get_by_text(say("plan_stroll_title"), exact=True)).to_be_visible()
    until("the hold", lambda: {"walk", "move"} <= held(context, stack))
    assert "check_in" not in held(context, stack)
    page.goto(f"{stack.url}/you/reminders")
    expect(page.get_by_text(say("hold_flare"))).to_be_visible()


def test_a_high_score_on_today_offers_it_and_one_tap_begins_it(
    stack: Stack, context: BrowserContext, page: Page
) -> None:
    page.goto(stack.url)
    page.get_by_role("button", name=say("score_of_ten", score=9), exact=True).click()
    page.get_by_role("button", name=say("flare_start")).click()
    expect(page.get_by_role("heading", level=1, name=say("flare_on_title"))).to_be_visible()
    until("the hold", lambda: "walk" in held(context, stack))
    page.goto(stack.url)
    expect(page.get_by_role("link", name=say("flare_card_on", day=1))).to_be_visible()


def test_undo_takes_it_back_with_all_that_hung_on_it(
    stack: Stack, context: BrowserContext, page: Page
) -> None:
    start(page, stack)
    until("the hold", lambda: held(context, stack))
    page.get_by_role("button", name=say("undo"), exact=True).click()
    expect(page.get_by_role("button", name=say("flare_start"))).to_be_visible()
    until("no flare", lambda: flares(context, stack) == [])
    assert held(context, stack) == set()


@pytest.mark.parametrize(("nights", "percent"), RESUME.items())
def test_ready_ends_it_and_says_where_to_start_again(
    stack: Stack, context: BrowserContext, page: Page, nights: int, percent: int
) -> None:
    started(page, context, stack, days_ago=nights)
    page.get_by_role("button", name=say("flare_ready")).click()
    over = page.get_by_role("heading", level=1, name=say("flare_resume_title", percent=percent))
    expect(over).to_be_visible()
    expect(page.get_by_text(say("flare_resume_rule"))).to_be_visible()
    assert held(context, stack) == set()
    (flare,) = flares(context, stack)
    assert flare["resume_percent"] == percent


def test_not_yet_is_asked_again_tomorrow(stack: Stack, context: BrowserContext, page: Page) -> None:
    started(page, context, stack)
    page.get_by_role("button", name=say("flare_not_yet")).click()
    expect(page.get_by_text(say("flare_not_yet_noted"))).to_be_visible()
    (flare,) = flares(context, stack)
    assert flare["ended_at"] is None


def test_a_notification_leads_to_the_question_and_its_answer_is_given_once(
    stack: Stack, context: BrowserContext, page: Page
) -> None:
    flare = started(page, context, stack)
    delivery = asked(stack, flare["id"])
    page.goto(f"{stack.url}/flare?kind=step_up&delivery={delivery}&answer=ready")
    over = page.get_by_role("heading", name=say("flare_resume_title", percent=70))
    expect(over).to_be_visible()
    given = on_server(context, stack.url, f"/reminders/deliveries/{delivery}")
    assert given["answer"] == "ready"
    expect(page).to_have_url(f"{stack.url}/flare")


def test_without_a_network_it_begins_on_the_phone_and_syncs_once(
    phone: BrowserContext, stack: Stack, complaints: Complaints
) -> None:
    become_somebody(phone, stack.url)
    page = phone.pages[0]
    page.goto(stack.url)
    until("the worker to be in charge", lambda: page.evaluate(WORKER_IN_CHARGE))
    complaints.offline = True
    phone.set_offline(True)
    start(page, stack)
    expect(page.get_by_text(say("score_on_phone"))).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", level=1, name=say("flare_on_title"))).to_be_visible()
    phone.set_offline(False)
    until("the flare on the server", lambda: flares(phone, stack), within=30)
    until("nothing to wait", lambda: outbox(page) == [])
    page.reload()
    expect(page.get_by_role("heading", level=1, name=say("flare_on_title"))).to_be_visible()
    assert len(flares(phone, stack)) == 1
    assert "walk" in held(phone, stack)


def test_while_exercise_is_suspended_the_plan_leaves_it_out_and_says_so(
    stack: Stack, context: BrowserContext, page: Page
) -> None:
    check_by_api(context, stack.url, "saddle_numbness")
    start(page, stack)
    expect(page.get_by_role("heading", name=say("block_title"))).to_be_visible()
    expect(page.get_by_text(say("plan_blocked"))).to_be_visible()
    expect(page.get_by_text(say("plan_heat_title"), exact=True)).to_be_visible()
    expect(page.get_by_text(say("plan_stroll_title"), exact=True)).to_be_hidden()


def test_somebody_new_is_asked_for_consent_before_it_begins(stack: Stack, browser: Browser) -> None:
    context = browser.new_context(locale="en", timezone_id=ZONE, viewport=PHONE)
    page = context.new_page()
    page.goto(f"{stack.url}/flare")
    page.get_by_role("button", name=say("flare_start")).click()
    page.get_by_role("button", name=say("consent_agree")).click()
    expect(page.get_by_role("heading", level=1, name=say("flare_on_title"))).to_be_visible()
    expect(page.get_by_text(say("score_synced"))).to_be_visible()
    assert len(flares(context, stack)) == 1
    context.close()
