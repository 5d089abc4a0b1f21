"""The symptom check as somebody uses it: by keyboard, after a slip, and without a network."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.browser.answering import become_somebody
from tests.browser.checking import (
    check_by_api,
    line,
    none_of_these,
    on_server,
    result,
    say,
    states,
    tell_of_no_signs,
)
from tests.browser.chromium import PHONE, WORKER_IN_CHARGE, Complaints, axe_findings, overflow
from tests.browser.screens import ZONE
from tests.browser.stack import Stack
from tests.browser.test_screens import NARROW, THEMES
from tests.ops.processes import until

SADDLE = "saddle_numbness"


@pytest.fixture
def context(browser: Browser, stack: Stack) -> Iterator[BrowserContext]:
    context = browser.new_context(locale="en", timezone_id=ZONE, viewport=PHONE)
    become_somebody(context, stack.url)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


def block(context: BrowserContext, stack: Stack) -> Any:
    return on_server(context, stack.url, "/safety/block")["block"]


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until `target` has the focus, and shows that it has."""
    expect(target).to_be_visible()
    for _ in range(80):
        page.keyboard.press("Tab")
        if target.evaluate("(one) => one.matches(':focus-visible')"):
            return
    raise AssertionError(f"Tab never reaches {target}")


def press(page: Page, target: Locator, key: str = "Enter") -> None:
    tab_to(page, target)
    page.keyboard.press(key)


def test_the_keyboard_alone_leads_to_help_and_a_clearance_lifts_the_block(
    stack: Stack, context: BrowserContext, page: Page
) -> None:
    page.goto(stack.url)
    press(page, page.get_by_role("link", name=say("check_title")))
    press(page, line(page, SADDLE), "Space")
    press(page, page.get_by_role("button", name=say("check_help_now")))
    result(page, "emergency")
    tab_to(page, page.get_by_role("link", name=say("check_call", number="112"), exact=True))
    until("the block on the server", lambda: block(context, stack))
    today = on_server(context, stack.url, "/today")
    assert today["block"]["lifted_at"] is None
    assert today["check"]["level"] == "emergency"

    press(page, page.get_by_role("link", name=say("not_found_home")))
    expect(page.get_by_role("heading", name=say("block_title"))).to_be_visible()
    press(page, page.get_by_role("link", name=say("clearance_action")))
    press(page, page.get_by_role("radio", name=say("clinician_doctor")), "Space")
    press(page, page.get_by_role("button", name=say("clearance_save")))
    expect(page.get_by_text(say("clearance_saved"))).to_be_visible()
    until("the block to be lifted", lambda: block(context, stack) is None)
    expect(page.get_by_role("heading", name=say("block_title"))).to_be_hidden()


def test_a_clearance_can_be_taken_back(stack: Stack, context: BrowserContext, page: Page) -> None:
    check_by_api(context, stack.url, SADDLE)
    page.goto(f"{stack.url}/check/clearance")
    page.get_by_role("radio", name=say("clinician_doctor")).check()
    page.get_by_role("button", name=say("clearance_save")).click()
    until("the block to be lifted", lambda: block(context, stack) is None)
    page.get_by_role("button", name=say("undo")).click()
    until("the block to stand again", lambda: block(context, stack))
    expect(page.get_by_role("heading", name=say("block_title"))).to_be_visible()


def test_an_emergency_stops_the_reminders_of_what_moves_the_body(
    stack: Stack, context: BrowserContext, page: Page
) -> None:
    page.goto(f"{stack.url}/check")
    line(page, SADDLE).check()
    page.get_by_role("button", name=say("check_help_now")).click()
    result(page, "emergency")
    until("the block on the server", lambda: block(context, stack))
    holds = on_server(context, stack.url, "/reminders/holds")["results"]
    assert [hold["reason"] for hold in holds] == ["emergency"]
    assert {"walk", "move"} & set(holds[0]["kinds"])


def test_a_slip_is_asked_again_and_lifts_the_block(
    stack: Stack, context: BrowserContext, page: Page
) -> None:
    made = check_by_api(context, stack.url, SADDLE)
    page.goto(stack.url)
    page.get_by_role("link", name=say("slip_action")).click()
    expect(line(page, SADDLE)).not_to_be_checked()
    tell_of_no_signs(page)
    result(page, "self_care")
    until("the block to be lifted", lambda: block(context, stack) is None)
    latest = on_server(context, stack.url, "/symptom-checks")["results"][0]
    assert (latest["corrects"], latest["occasion"]) == (made["id"], "slip")
    page.goto(stack.url)
    expect(page.get_by_role("link", name=say("check_title"))).to_be_visible()
    expect(page.get_by_role("heading", name=say("block_title"))).to_be_hidden()


def test_answering_an_emergency_again_keeps_the_block(
    stack: Stack, context: BrowserContext, page: Page
) -> None:
    made = check_by_api(context, stack.url, SADDLE)
    page.goto(f"{stack.url}/check?from=slip&corrects={made['id']}")
    line(page, SADDLE).check()
    page.get_by_role("button", name=say("check_help_now")).click()
    result(page, "emergency")
    expect(page.get_by_text(say("score_synced"))).to_be_visible()
    assert block(context, stack) is not None


def test_the_second_screen_asks_what_is_missing_and_back_keeps_what_is_ticked(
    stack: Stack, context: BrowserContext, page: Page
) -> None:
    page.goto(f"{stack.url}/check?from=new")
    page.get_by_role("button", name=say("check_continue")).click()
    expect(page.get_by_text(say("check_missing"))).to_be_focused()
    none_of_these(page).check()
    page.get_by_role("button", name=say("check_continue")).click()
    page.get_by_role("button", name=say("check_finish")).click()
    expect(page.get_by_text(say("check_missing"))).to_be_focused()
    line(page, "fever").check()
    page.go_back()
    expect(none_of_these(page)).to_be_checked()
    page.go_forward()
    expect(line(page, "fever")).to_be_checked()
    page.get_by_role("button", name=say("check_finish")).click()
    result(page, "same_day")
    until("the check on the server", lambda: checks(context, stack))
    (told,) = checks(context, stack)
    assert (told["level"], told["symptoms"]) == ("same_day", ["fever"])
    assert told["occasion"] == "new_symptom"
    assert block(context, stack) is None


def test_back_from_the_result_leaves_the_check(stack: Stack, page: Page) -> None:
    page.goto(f"{stack.url}/diary")
    page.get_by_role("link", name=say("check_title")).click()
    tell_of_no_signs(page)
    result(page, "self_care")
    page.go_back()
    expect(page).to_have_url(f"{stack.url}/diary")


def test_without_a_network_the_result_is_the_same_and_syncs_once(
    phone: BrowserContext, stack: Stack, complaints: Complaints
) -> None:
    become_somebody(phone, stack.url)
    page = phone.pages[0]
    page.goto(stack.url)
    until("the worker to be in charge", lambda: page.evaluate(WORKER_IN_CHARGE))
    complaints.offline = True
    phone.set_offline(True)
    page.goto(f"{stack.url}/check")
    line(page, SADDLE).check()
    page.get_by_role("button", name=say("check_help_now")).click()
    result(page, "emergency")
    expect(page.get_by_text(say("score_on_phone"))).to_be_visible()
    page.goto(stack.url)
    expect(page.get_by_role("heading", name=say("block_title"))).to_be_visible()
    phone.set_offline(False)
    until("the block on the server", lambda: block(phone, stack), within=30)
    page.reload()
    expect(page.get_by_role("heading", name=say("block_title"))).to_be_visible()
    (told,) = checks(phone, stack)
    assert (told["level"], told["symptoms"]) == ("emergency", [SADDLE])


def test_before_consent_the_result_is_shown_and_kept_only_if_they_agree(
    stack: Stack, browser: Browser
) -> None:
    context = browser.new_context(locale="en", timezone_id=ZONE, viewport=PHONE)
    page = context.new_page()
    page.goto(f"{stack.url}/check?from=start")
    line(page, SADDLE).check()
    page.get_by_role("button", name=say("check_help_now")).click()
    result(page, "emergency")
    for number in ("112", "911"):
        expect(page.get_by_role("link", name=say("check_call", number=number))).to_be_visible()
    page.get_by_role("button", name=say("keep_action")).click()
    page.get_by_role("button", name=say("consent_agree")).click()
    expect(page.get_by_text(say("score_synced"))).to_be_visible()
    (told,) = checks(context, stack)
    assert (told["level"], told["occasion"]) == ("emergency", "start")
    context.close()


def test_another_country_brings_its_number_and_the_server_hears_of_it(
    stack: Stack, context: BrowserContext, page: Page
) -> None:
    made = check_by_api(context, stack.url, SADDLE)
    page.goto(f"{stack.url}/check/result/{made['id']}")
    expect(page.get_by_role("link", name=say("check_call", number="112"))).to_be_visible()
    page.get_by_role("button", name=say("number_not_in", country="Germany")).click()
    page.get_by_role("combobox").select_option("US")
    page.get_by_role("button", name=say("number_country_use")).click()
    expect(page.get_by_role("link", name=say("check_call", number="911"))).to_be_visible()
    until(
        "the country on the server",
        lambda: on_server(context, stack.url, "/session")["person"]["country"] == "US",
    )


def checks(context: BrowserContext, stack: Stack) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = on_server(context, stack.url, "/symptom-checks")["results"]
    return found


@pytest.mark.parametrize("known", [True, False], ids=["consented", "newcomer"])
@pytest.mark.parametrize("language", ["en", "de"])
def test_axe_finds_nothing_in_any_state_of_the_check(
    stack: Stack, browser: Browser, language: str, known: bool
) -> None:
    context = browser.new_context(
        locale=language, timezone_id=ZONE, viewport=PHONE, reduced_motion="reduce"
    )
    if known:
        become_somebody(context, stack.url, language=language)
    page = context.new_page()
    found = []
    for state in states(page, stack.url, language):
        for theme in THEMES:
            page.emulate_media(color_scheme=theme)
            found += [f"{state}, {theme}: {finding}" for finding in axe_findings(page)]
        page.set_viewport_size(NARROW)
        found += [f"{state}, 320 px: {one}" for one in overflow(page)]
        page.set_viewport_size(PHONE)
    context.close()
    assert found == []
