"""Answers on an installed app: from the lock screen, without a network, with an old token."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.answering import (
    Sent,
    become_somebody,
    on_server,
    outbox,
    press,
    send,
)
from tests.browser.chromium import WORKER_IN_CHARGE, Complaints, PushDoor
from tests.browser.stack import Stack
from tests.browser.words import words
from tests.ops.processes import until

say = words("en").say
ANSWERS = ("done", "snooze_15", "snooze_60", "skip_today")
EXPIRED = 72  # hours; a token is good for two days
SYNC = "backstep.answers"


@pytest.fixture
def owner(phone: BrowserContext, stack: Stack) -> str:
    return become_somebody(phone, stack.url)


@pytest.fixture
def page(phone: BrowserContext, stack: Stack, owner: str) -> Page:
    """The app of somebody with a session, on a screen that asks for nothing."""
    page = phone.pages[0]
    page.goto(f"{stack.url}/learn")
    until("the worker to be in charge", lambda: page.evaluate(WORKER_IN_CHARGE))
    return page


@pytest.fixture
def door(page: Page) -> PushDoor:
    return PushDoor(page)


def arrive(door: PushDoor, stack: Stack, sent: Sent) -> None:
    door.deliver(sent.message(stack.url))
    until("the reminder on the screen", lambda: [one["tag"] for one in door.shown()] == [sent.id])


@pytest.mark.parametrize("answer", ANSWERS)
def test_a_button_gives_its_answer_and_opens_nothing(
    stack: Stack, phone: BrowserContext, page: Page, door: PushDoor, owner: str, answer: str
) -> None:
    (sent,) = send(stack, owner, ("walk", ""))
    arrive(door, stack, sent)
    press(page, answer)
    assert on_server(phone, stack.url, sent)["answer"] == answer
    assert door.shown() == []
    assert outbox(page) == []
    assert [one.url for one in phone.pages] == [f"{stack.url}/learn"]


def test_the_notification_offers_its_two_answers_and_is_reported_as_shown(
    stack: Stack, phone: BrowserContext, page: Page, door: PushDoor, owner: str
) -> None:
    (sent,) = send(stack, owner, ("walk", ""))
    arrive(door, stack, sent)
    assert page.evaluate(
        "navigator.serviceWorker.ready.then((one) => one.getNotifications())"
        ".then(([one]) => one.actions.map(({ action }) => action))"
    ) == ["done", "snooze_15"]
    until("the receipt", lambda: on_server(phone, stack.url, sent)["shown_at"])


def test_a_token_that_has_expired_is_made_up_for_by_the_session(
    stack: Stack, phone: BrowserContext, page: Page, door: PushDoor, owner: str
) -> None:
    (sent,) = send(stack, owner, ("walk", ""), token_hours=EXPIRED)
    arrive(door, stack, sent)
    press(page, "done")
    assert on_server(phone, stack.url, sent)["answer"] == "done"
    assert outbox(page) == []


def test_an_expired_token_without_a_session_waits_for_one(
    stack: Stack, phone: BrowserContext, page: Page, door: PushDoor, owner: str
) -> None:
    (sent,) = send(stack, owner, ("walk", ""), token_hours=EXPIRED)
    arrive(door, stack, sent)
    cookies = phone.cookies()
    phone.clear_cookies()
    press(page, "done")
    assert [one["answer"] for one in outbox(page)] == ["done"]
    phone.add_cookies(cookies)  # type: ignore[arg-type]
    page.goto(f"{stack.url}/learn")
    until("the answer to be sent", lambda: outbox(page) == [])
    assert on_server(phone, stack.url, sent)["answer"] == "done"


def test_the_same_answer_again_changes_nothing_and_another_one_does_not_count(
    stack: Stack, phone: BrowserContext, page: Page, door: PushDoor, owner: str
) -> None:
    (sent,) = send(stack, owner, ("walk", ""))
    arrive(door, stack, sent)
    press(page, "done")
    first = on_server(phone, stack.url, sent)
    for answer in ("done", "snooze_60"):
        arrive(door, stack, sent)
        press(page, answer)
        assert outbox(page) == []
        found = on_server(phone, stack.url, sent)
        assert (found["answer"], found["answered_at"]) == ("done", first["answered_at"])


def test_without_a_network_it_waits_on_the_phone_and_the_app_sends_it(
    stack: Stack,
    phone: BrowserContext,
    page: Page,
    door: PushDoor,
    owner: str,
    complaints: Complaints,
) -> None:
    (sent,) = send(stack, owner, ("walk", ""))
    arrive(door, stack, sent)
    with_nothing_behind(stack, complaints, lambda: press(page, "skip_today"))
    page.goto(f"{stack.url}/learn")
    until("the answer to be sent", lambda: outbox(page) == [])
    assert on_server(phone, stack.url, sent)["answer"] == "skip_today"


def test_with_the_app_closed_the_browser_sends_it_once_there_is_a_network(
    stack: Stack,
    phone: BrowserContext,
    page: Page,
    door: PushDoor,
    owner: str,
    complaints: Complaints,
) -> None:
    (sent,) = send(stack, owner, ("walk", ""))
    arrive(door, stack, sent)

    def press_and_leave() -> None:
        press(page, "done")
        page.goto("about:blank")

    with_nothing_behind(stack, complaints, press_and_leave)
    door.sync(SYNC)
    until("the answer", lambda: on_server(phone, stack.url, sent)["answer"] == "done")


def test_an_open_answer_screen_hears_of_it(
    stack: Stack, page: Page, door: PushDoor, owner: str
) -> None:
    (sent,) = send(stack, owner, ("walk", ""))
    arrive(door, stack, sent)
    page.goto(stack.url + sent.path)
    expect(page.get_by_role("button", name=say("answer_done_walk"))).to_be_visible()
    press(page, "done")
    expect(page.get_by_role("heading", name=say("answer_noted_walk"))).to_be_visible()


def test_an_answer_tapped_without_a_network_is_kept_and_synced_later(
    stack: Stack, phone: BrowserContext, page: Page, owner: str, complaints: Complaints
) -> None:
    (sent,) = send(stack, owner, ("walk", ""))

    def tap() -> None:
        phone.set_offline(True)
        page.goto(stack.url + sent.path)
        page.get_by_role("button", name=say("answer_done_walk")).click()
        expect(page.get_by_role("heading", name=say("answer_noted_walk"))).to_be_visible()
        expect(page.get_by_text(say("score_on_phone"))).to_be_visible()

    with_nothing_behind(stack, complaints, tap)
    phone.set_offline(False)
    expect(page.get_by_text(say("score_synced"))).to_be_visible(timeout=30_000)
    assert on_server(phone, stack.url, sent)["answer"] == "done"


def with_nothing_behind(stack: Stack, complaints: Complaints, work: Callable[[], None]) -> None:
    """Do `work` while no server answers, to the worker either."""
    complaints.offline = True
    stack.kill("web")
    try:
        work()
    finally:
        stack.start("web")
        stack.wait_until_ready()
