"""The app on the home screen: it installs, shows every push, and works without a network."""

import json
import re
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.answering import API, nobody
from tests.browser.chromium import WORKER_IN_CHARGE, Complaints, PushDoor
from tests.browser.screens import SCREENS
from tests.browser.stack import Stack
from tests.browser.words import words
from tests.ops.processes import until

say = words("en").say
ON_PHONE = re.compile(say("diary_on_phone"))  # as it is written: a row, not the sentence above it
NOT_OURS = ("", "not JSON", "[]", "null", '{"web_push": 8030}', '{"from": "a later version"}')


@pytest.fixture
def page(phone: BrowserContext, stack: Stack) -> Page:
    """The app after one visit, with its worker in charge."""
    page = phone.pages[0]
    page.goto(stack.url)
    until("the worker to be in charge", lambda: page.evaluate(WORKER_IN_CHARGE))
    return page


# --- installing --------------------------------------------------------------------------------


def test_nothing_stands_in_the_way_of_installing(phone: BrowserContext, page: Page) -> None:
    remote = phone.new_cdp_session(page)
    assert remote.send("Page.getInstallabilityErrors")["installabilityErrors"] == []


def test_the_manifest_has_no_errors_and_every_file_it_names_comes(
    phone: BrowserContext, page: Page, stack: Stack
) -> None:
    found = phone.new_cdp_session(page).send("Page.getAppManifest")
    assert found["errors"] == []
    manifest = json.loads(found["data"])
    shortcuts = [icon for one in manifest["shortcuts"] for icon in one.get("icons", [])]
    for file in manifest["icons"] + manifest["screenshots"] + shortcuts:
        answer = phone.request.get(f"{stack.url}{file['src']}")
        assert (answer.status, answer.headers["content-type"]) == (200, file["type"]), file


# --- push ----------------------------------------------------------------------------------------


def reminder(stack: Stack, **changes: Any) -> str:
    notification = {
        "title": "Backstep",
        "body": "Time for your walk",
        "navigate": f"{stack.url}/diary",
        "tag": "one",
    }
    return json.dumps({"web_push": 8030, "notification": notification | changes})


def test_a_push_is_shown_as_it_was_written(page: Page, stack: Stack) -> None:
    door = PushDoor(page)
    door.deliver(reminder(stack))
    (shown,) = until("a notification", door.shown)
    assert (shown["title"], shown["body"], shown["tag"]) == (
        "Backstep",
        "Time for your walk",
        "one",
    )
    assert shown["data"]["url"] == f"{stack.url}/diary"


def test_the_same_reminder_twice_is_on_the_screen_once(page: Page, stack: Stack) -> None:
    door = PushDoor(page)
    door.deliver(reminder(stack))
    door.deliver(reminder(stack, body="Still time for your walk"))
    door.deliver(reminder(stack, tag="two"))
    until("the other reminder", lambda: len(door.shown()) > 1)
    assert sorted(one["tag"] for one in door.shown()) == ["one", "two"]


def test_a_push_that_nobody_understands_is_shown_too(page: Page) -> None:
    door = PushDoor(page)
    for payload in NOT_OURS:
        door.deliver(payload)
        (shown,) = until(f"a notification for {payload!r}", door.shown)
        assert shown["title"] == say("app_name")
        assert shown["body"]
        door.clear()


# --- offline -----------------------------------------------------------------------------------


def test_a_score_tapped_without_a_network_is_kept_and_synced_later(
    phone: BrowserContext, page: Page, stack: Stack, complaints: Complaints
) -> None:
    complaints.offline = True
    phone.set_offline(True)
    stack.kill("web")  # nothing that answers behind the browser's back, to the worker either
    try:
        page.reload()
        page.get_by_role("button", name=say("score_of_ten", score=6), exact=True).click()
        page.get_by_role("button", name=say("consent_agree")).click()
        expect(page.get_by_text(say("score_on_phone"))).to_be_visible()
        page.goto(f"{stack.url}/diary")
        expect(page.get_by_text(ON_PHONE)).to_be_visible()
        page.goto(stack.url)
    finally:
        stack.start("web")
        stack.wait_until_ready()
    phone.set_offline(False)

    entries = until("the score on the server", lambda: scores(phone, stack), within=30)
    assert entries == [6]
    page.goto(f"{stack.url}/diary")
    expect(page.get_by_text(say("diary_score", score=6)).first).to_be_visible()
    expect(page.get_by_text(ON_PHONE)).to_be_hidden()


def scores(phone: BrowserContext, stack: Stack) -> list[int]:
    answer = phone.request.get(f"{stack.url}{API}/pain/entries")
    return [entry["score"] for entry in answer.json()["results"]] if answer.ok else []


def test_every_screen_opens_without_a_network_after_one_visit(
    phone: BrowserContext, page: Page, stack: Stack, complaints: Complaints
) -> None:
    complaints.offline = True
    phone.set_offline(True)
    for path in (*SCREENS.values(), nobody()):
        page.goto(f"{stack.url}{path}")
        expect(page.get_by_role("heading", level=1)).to_be_visible()


# --- keyboard ------------------------------------------------------------------------------------


def test_the_keyboard_saves_a_score(page: Page) -> None:
    press_until_focused(page, say("score_of_ten", score=3))
    page.keyboard.press("Enter")
    press_until_focused(page, say("consent_agree"))
    page.keyboard.press("Enter")
    expect(page.get_by_text(say("score_synced"))).to_be_visible()


def test_the_keyboard_sets_a_reminder(page: Page) -> None:
    for name in (say("reminder_add"), say("save"), say("consent_agree")):
        press_until_focused(page, name)
        page.keyboard.press("Enter")
    expect(page.get_by_text(say("reminder_saved"))).to_be_visible()
    expect(page).to_have_url(re.compile("/you/reminders$"))


def press_until_focused(page: Page, name: str) -> None:
    """Press Tab until the control called `name` has the focus, and shows that it has."""
    target = page.get_by_role("button", name=name, exact=True).or_(
        page.get_by_role("link", name=name, exact=True)
    )
    expect(target).to_be_visible()
    for _ in range(50):
        page.keyboard.press("Tab")
        if target.evaluate("(one) => one.matches(':focus-visible')"):
            return
    raise AssertionError(f"Tab never reaches {name!r}")
