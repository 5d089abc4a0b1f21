"""A walk with the timer as phones treat it: frozen, killed, offline, without a position."""

import re
import time
import uuid
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, Playwright, expect

from tests.browser.answering import API, become_somebody, outbox
from tests.browser.checking import on_server
from tests.browser.chromium import PHONE, WORKER_IN_CHARGE, Complaints, installed_app
from tests.browser.screens import ZONE
from tests.browser.stack import Stack
from tests.browser.words import words
from tests.ops.processes import until

say = words("en").say
FREEZE = 5  # seconds
SLACK = 3  # seconds, on a busy machine
# The walk that is kept on this phone, as if it had been begun so many milliseconds earlier.
EARLIER = """(by) => new Promise((resolve, reject) => {
    const request = indexedDB.open("backstep");
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
        const store = request.result.transaction("device", "readwrite").objectStore("device");
        const row = store.get("walk");
        row.onsuccess = () => {
            const marks = row.result.marks.map((mark) => ({ ...mark, at: mark.at - by }));
            const put = store.put({ ...row.result, marks }, "walk");
            put.onsuccess = () => { request.result.close(); resolve(); };
        };
    };
})"""


@pytest.fixture
def context(browser: Browser, stack: Stack) -> Iterator[BrowserContext]:
    context = browser.new_context(locale="en", timezone_id=ZONE, viewport=PHONE)
    become_walker(context, stack)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


def become_walker(context: BrowserContext, stack: Stack) -> None:
    """Somebody whose answers let them walk."""
    become_somebody(context, stack.url)
    token = context.request.get(f"{stack.url}{API}/session").json()["csrf_token"]
    answer = context.request.put(
        f"{stack.url}{API}/walking/gate/answers/{uuid.uuid4()}",
        data={"yes": []},
        headers={"X-CSRFToken": token},
    )
    assert answer.ok, answer.text()


def start(page: Page, stack: Stack, *, score: int = 2) -> None:
    page.goto(f"{stack.url}/walk/now")
    page.get_by_role("button", name=say("score_of_ten", score=score), exact=True).click()
    page.get_by_role("button", name=say("walk_start")).click()
    expect(page.get_by_role("button", name=say("walk_pause"))).to_be_visible()


def start_earlier(page: Page, stack: Stack, *, minutes: int) -> None:
    """A walk that has been going on for so long, found again."""
    start(page, stack)
    page.goto(f"{stack.url}/move")
    page.evaluate(EARLIER, minutes * 60_000)
    page.goto(f"{stack.url}/walk/now")
    expect(page.get_by_text(say("walk_goes_on", minutes=minutes))).to_be_visible()


def finish(page: Page) -> None:
    page.get_by_role("button", name=say("walk_finish")).click()
    expect(page.get_by_role("heading", name=say("walk_after_title"))).to_be_visible()


def shown_seconds(page: Page) -> int:
    minutes, seconds = re.findall(r"\d+", page.locator(".face .num").inner_text())
    return int(minutes) * 60 + int(seconds)


def walks(context: BrowserContext, stack: Stack) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = on_server(context, stack.url, "/walks")["results"]
    return found


def test_a_frozen_tab_loses_no_time(stack: Stack, context: BrowserContext, page: Page) -> None:
    start(page, stack)
    before, began = shown_seconds(page), time.monotonic()
    remote = context.new_cdp_session(page)
    remote.send("Page.setWebLifecycleState", {"state": "frozen"})
    time.sleep(FREEZE)
    remote.send("Page.setWebLifecycleState", {"state": "active"})
    page.wait_for_timeout(1000)
    passed = time.monotonic() - began
    assert abs(shown_seconds(page) - before - passed) <= SLACK


def test_a_walk_is_saved_with_its_scores(stack: Stack, context: BrowserContext, page: Page) -> None:
    start_earlier(page, stack, minutes=14)
    finish(page)
    page.get_by_role("button", name=say("score_of_ten", score=3), exact=True).click()
    expect(page.get_by_text(say("score_synced"))).to_be_visible()
    until("nothing to wait", lambda: outbox(page) == [])
    (walk,) = walks(context, stack)
    assert 14 * 60 <= walk["seconds"] <= 14 * 60 + 60
    assert (walk["scores"]["before"], walk["scores"]["after"]) == (2, 3)
    assert walk["light"] == "waiting"


def test_a_browser_that_is_killed_mid_walk_goes_on_with_the_right_minutes(
    playwright: Playwright, tmp_path: Path, stack: Stack
) -> None:
    profile = tmp_path / "profile"
    with suppress(Error), installed_app(playwright, profile) as phone:
        become_walker(phone, stack)
        cookies: Any = phone.cookies()
        page = phone.pages[0]
        start(page, stack)
        page.goto(f"{stack.url}/move")
        page.evaluate(EARLIER, 14 * 60_000)
        phone.new_cdp_session(page).send("Browser.crash")
    with installed_app(playwright, profile) as phone:
        # A browser writes cookies down half a minute late; this person has had theirs for longer.
        phone.add_cookies(cookies)
        page = phone.pages[0]
        page.goto(f"{stack.url}/walk/now")
        expect(page.get_by_text(say("walk_goes_on", minutes=14))).to_be_visible()
        finish(page)
        until("the walk on the server", lambda: walks(phone, stack), within=30)
        (walk,) = walks(phone, stack)
        assert 14 * 60 <= walk["seconds"] <= 15 * 60


def test_without_a_network_a_walk_is_kept_and_synced_exactly_once(
    phone: BrowserContext, stack: Stack, complaints: Complaints
) -> None:
    become_walker(phone, stack)
    page = phone.pages[0]
    page.goto(stack.url)
    until("the worker to be in charge", lambda: page.evaluate(WORKER_IN_CHARGE))
    complaints.offline = True
    phone.set_offline(True)
    start_earlier(page, stack, minutes=10)
    finish(page)
    expect(page.get_by_text(say("score_on_phone"))).to_be_visible()
    page.get_by_role("button", name=say("walk_done")).click()
    page.reload()
    phone.set_offline(False)
    until("the walk on the server", lambda: walks(phone, stack), within=30)
    until("nothing to wait", lambda: outbox(page) == [])
    page.reload()
    assert len(walks(phone, stack)) == 1


def test_a_phone_that_does_not_tell_where_it_is_walks_all_the_same(
    stack: Stack, page: Page
) -> None:
    page.goto(f"{stack.url}/walk/now")
    page.get_by_role("switch", name=say("walk_locate")).click()
    expect(page.get_by_text(say("walk_locate_denied"))).to_be_visible()
    page.get_by_role("button", name=say("walk_start")).click()
    expect(page.get_by_role("button", name=say("walk_pause"))).to_be_visible()
    page.wait_for_timeout(1500)
    assert shown_seconds(page) >= 1


def test_a_walk_is_discarded_and_comes_back_with_one_tap(
    stack: Stack, context: BrowserContext, page: Page
) -> None:
    start_earlier(page, stack, minutes=5)
    finish(page)
    until("the walk on the server", lambda: walks(context, stack))
    page.get_by_role("button", name=say("walk_discard")).click()
    until("no walk on the server", lambda: walks(context, stack) == [])
    page.get_by_role("button", name=say("undo")).click()
    until("the walk on the server again", lambda: walks(context, stack))
