"""The diary as somebody uses it: by keyboard, afterwards, without a network, and with second
thoughts."""

import re
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.browser.answering import API, become_somebody, outbox
from tests.browser.chromium import PHONE, WORKER_IN_CHARGE, Complaints
from tests.browser.screens import ENTRY, ZONE
from tests.browser.stack import Stack
from tests.browser.test_screens import NARROW
from tests.browser.words import words
from tests.ops.processes import until

say = words("en").say
THUMB = 48  # px
DETAILS = ("score", "places", "worse", "better", "sleep", "note")
# What a finger meets in the middle of each checkbox of the picture.
MET = """(boxes) => boxes.map((box) => {
    box.scrollIntoView({ block: "center" });
    const { x, y, width, height } = box.getBoundingClientRect();
    return document.elementFromPoint(x + width / 2, y + height / 2) === box
        && Math.min(width, height);
})"""


class Server:
    """What the server has of the person in `context`."""

    def __init__(self, context: BrowserContext, url: str) -> None:
        self._request, self._url = context.request, url
        session = self._request.get(f"{url}{API}/session").json()
        self._headers = {"X-CSRFToken": session["csrf_token"]}

    def put_entry(self, **fields: object) -> str:
        made = str(uuid.uuid4())
        at = (datetime.now(UTC) - timedelta(hours=1)).replace(microsecond=0).isoformat()
        answer = self._request.put(
            f"{self._url}{API}/pain/entries/{made}",
            data={"at": at} | fields,
            headers=self._headers,
        )
        assert answer.ok, answer.text()
        return made

    def entries(self) -> list[dict[str, Any]]:
        return self._results("/pain/entries")

    def entry(self, id_: str) -> dict[str, Any]:
        (found,) = (one for one in self.entries() if one["id"] == id_)
        return found

    def episode(self) -> dict[str, Any]:
        return self._results("/pain/episodes")[0]

    def measures(self) -> dict[str, Any]:
        found: dict[str, Any] = self._request.get(f"{self._url}{API}/pain/measures").json()
        return found

    def _results(self, path: str) -> list[dict[str, Any]]:
        answer = self._request.get(f"{self._url}{API}{path}")
        assert answer.ok, answer.text()
        found: list[dict[str, Any]] = answer.json()["results"]
        return found


@pytest.fixture
def context(browser: Browser, stack: Stack) -> Iterator[BrowserContext]:
    context = browser.new_context(locale="en", timezone_id=ZONE, viewport=PHONE)
    become_somebody(context, stack.url)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture
def server(context: BrowserContext, stack: Stack) -> Server:
    return Server(context, stack.url)


def row(page: Page, entry: str) -> Locator:
    return page.locator(f'a[href="/diary/{entry}"]')


def pebble(page: Page, score: int) -> Locator:
    return page.get_by_role("button", name=say("score_of_ten", score=score), exact=True)


def press(page: Page, target: Locator, key: str = "Enter") -> None:
    """Press Tab until `target` has the focus, and then `key`."""
    expect(target).to_be_visible()
    for _ in range(80):
        page.keyboard.press("Tab")
        if target.evaluate("(one) => one === document.activeElement"):
            page.keyboard.press(key)
            return
    raise AssertionError(f"Tab never reaches {target}")


def box(page: Page, group: str, name: str) -> Locator:
    return page.get_by_role("group", name=say(group)).get_by_role("checkbox", name=name)


def test_the_keyboard_alone_adds_everything_to_a_score(
    stack: Stack, page: Page, server: Server
) -> None:
    entry = server.put_entry(score=4)
    page.goto(f"{stack.url}/diary")
    press(page, row(page, entry))
    expect(page.get_by_role("button", name=say("save"), exact=True)).to_be_visible()
    press(page, page.locator("summary"))
    press(page, pebble(page, 0), "ArrowRight")
    for key in ("ArrowDown", "ArrowLeft", "ArrowLeft", "Enter"):  # to 7, 6 and 5
        page.keyboard.press(key)
    press(page, page.get_by_role("button", name=say("entry_as_list")))
    press(page, box(page, "entry_where", "Low back left"), "Space")
    press(page, box(page, "entry_what_worse", "Sitting"), "Space")
    press(page, box(page, "entry_what_better", "Warmth"), "Space")
    press(page, page.get_by_role("radio", name="Well", exact=True), "Space")
    press(page, page.get_by_label(say("entry_note_label")), "A")
    press(page, page.get_by_role("button", name=say("save"), exact=True))
    expect(page.get_by_text(say("entry_saved_synced"))).to_be_visible()
    expect(row(page, entry)).to_contain_text("Low back left. Worse: sitting. Better: warmth.")
    assert {name: server.entry(entry)[name] for name in DETAILS} == {
        "score": 5,
        "places": ["low_back_left"],
        "worse": ["sitting"],
        "better": ["heat"],
        "sleep": "good",
        "note": "A",
    }


def test_each_place_of_the_picture_is_a_target_for_a_thumb_on_the_narrowest_phone(
    stack: Stack, page: Page, server: Server
) -> None:
    entry = server.put_entry(score=4)
    page.set_viewport_size(NARROW)
    page.goto(f"{stack.url}/diary/{entry}")
    places = page.get_by_role("group", name=say("entry_where")).get_by_role("checkbox")
    expect(places).to_have_count(15)
    assert all(met and met >= THUMB for met in places.evaluate_all(MET))
    page.get_by_role("checkbox", name="Left calf").click()
    expect(page.get_by_text(say("entry_where_chosen", places="left calf"))).to_be_visible()


def test_yesterday_evening_is_filled_in_afterwards(
    stack: Stack, page: Page, server: Server
) -> None:
    page.goto(f"{stack.url}/diary")
    page.get_by_role("link", name=say("diary_missed_title")).click()
    evening = say("moment_yesterday_evening").capitalize()
    expect(page.get_by_role("radio", name=evening)).to_be_checked()
    pebble(page, 6).click()
    page.get_by_role("button", name=say("save"), exact=True).click()
    expect(page.get_by_text(say("entry_saved_synced"))).to_be_visible()
    (entry,) = server.entries()
    at = datetime.fromisoformat(entry["at"]).astimezone(ZoneInfo(ZONE))
    yesterday = datetime.now(ZoneInfo(ZONE)) - timedelta(days=1)
    assert (at.date(), at.hour, entry["score"]) == (yesterday.date(), 20, 6)


def test_a_time_that_has_not_been_is_not_taken_and_nothing_typed_is_lost(
    stack: Stack, page: Page, server: Server
) -> None:
    page.goto(f"{stack.url}/diary/new")
    pebble(page, 3).click()
    page.get_by_role("radio", name=say("entry_when_own")).check()
    tomorrow = datetime.now(ZoneInfo(ZONE)) + timedelta(days=1)
    page.get_by_label(say("entry_day"), exact=True).fill(tomorrow.date().isoformat())
    page.get_by_role("button", name=say("entry_details")).click()
    page.get_by_label(say("entry_note_label")).fill("Stiff after sleeping.")
    page.get_by_role("button", name=say("save"), exact=True).click()
    expect(page.get_by_text(say("entry_when_future"))).to_be_visible()
    page.get_by_role("link", name=say("back_to_diary")).click()
    page.goto(f"{stack.url}/diary/new")
    expect(page.get_by_text(say("entry_draft"))).to_be_visible()
    expect(page.get_by_label(say("entry_note_label"))).to_have_value("Stiff after sleeping.")
    assert server.entries() == []


def test_a_deleted_entry_comes_back_with_all_that_belonged_to_it(
    stack: Stack, page: Page, server: Server
) -> None:
    entry = server.put_entry(**ENTRY)
    before = server.entry(entry)
    page.goto(f"{stack.url}/diary/{entry}")
    page.get_by_role("button", name=say("entry_delete")).click()
    expect(row(page, entry)).to_have_count(0)
    until("the deletion", lambda: server.entries() == [])
    page.get_by_role("button", name=say("undo")).click()
    expect(row(page, entry)).to_contain_text("Woke often.")
    until("the entry", lambda: server.entries() != [])
    after = server.entry(entry)
    assert {name: after[name] for name in DETAILS} == {name: before[name] for name in DETAILS}
    assert after["at"] == before["at"]


def test_a_changed_entry_gets_its_old_words_back(stack: Stack, page: Page, server: Server) -> None:
    entry = server.put_entry(**ENTRY)
    page.goto(f"{stack.url}/diary/{entry}")
    page.get_by_label(say("entry_note_label")).fill("Something else.")
    page.get_by_role("button", name=say("save"), exact=True).click()
    expect(page.get_by_text(say("entry_saved_synced"))).to_be_visible()
    page.get_by_role("button", name=say("undo")).click()
    until("the old words", lambda: server.entry(entry)["note"] == ENTRY["note"])


def test_an_entry_opened_by_its_address_that_is_gone_is_told_plainly(
    stack: Stack, page: Page
) -> None:
    page.goto(f"{stack.url}/diary/{uuid.uuid4()}")
    expect(page.get_by_role("heading", name=say("entry_gone_title"))).to_be_visible()
    page.get_by_role("main").get_by_role("link", name=say("back_to_diary")).last.click()
    expect(page.get_by_role("heading", name=say("diary_title"))).to_be_visible()


def test_it_is_gone_closes_the_episode_and_undo_opens_it_again(
    stack: Stack, page: Page, server: Server
) -> None:
    server.put_entry(score=5)
    page.goto(f"{stack.url}/diary")
    expect(page.get_by_role("heading", name=say("episode_day", day=1))).to_be_visible()
    page.get_by_role("button", name=say("episode_gone"), exact=True).click()
    expect(page.get_by_role("heading", name=say("episode_closed_title"))).to_be_focused()
    until("it to be closed", lambda: server.episode()["closed_as"] == "gone")
    page.get_by_role("button", name=say("undo")).click()
    expect(page.get_by_role("heading", name=say("episode_day", day=1))).to_be_visible()
    until("it to be open", lambda: server.episode()["closed_at"] is None)


def test_the_day_it_began_is_corrected_and_counted_from(
    stack: Stack, page: Page, server: Server
) -> None:
    server.put_entry(score=5)
    page.goto(f"{stack.url}/diary")
    page.get_by_role("button", name=say("episode_began")).click()
    page.get_by_role("radio", name=say("began_week")).check()
    page.get_by_role("dialog").get_by_role("button", name=say("save"), exact=True).click()
    expect(page.get_by_role("heading", name=say("episode_day", day=8))).to_be_visible()
    began = (datetime.now(ZoneInfo(ZONE)) - timedelta(days=7)).date().isoformat()
    until("the day", lambda: server.episode()["began_on"] == began)


def test_who_was_seen_is_noted_and_days_are_no_longer_counted(
    stack: Stack, page: Page, server: Server
) -> None:
    server.put_entry(score=5)
    page.goto(f"{stack.url}/diary")
    page.get_by_role("button", name=say("episode_seen_row")).click()
    sheet = page.get_by_role("dialog")
    sheet.get_by_role("button", name=say("save"), exact=True).click()
    expect(sheet.get_by_text(say("episode_seen_missing"))).to_be_visible()
    sheet.get_by_role("radio", name="Physiotherapist").check()
    sheet.get_by_role("button", name=say("save"), exact=True).click()
    expect(page.get_by_text(re.compile("^Seen: Physiotherapist"))).to_be_visible()
    until("it to be noted", lambda: server.episode()["clinician"] == "physiotherapist")


def test_the_weekly_questions_are_answered_and_taken_back(
    stack: Stack, page: Page, server: Server
) -> None:
    page.goto(f"{stack.url}/diary/measures/peg")
    page.get_by_role("button", name=say("save"), exact=True).click()
    expect(page.get_by_text(say("entry_score_missing"))).to_have_count(3)
    for item, score in (("peg_pain", 4), ("peg_enjoyment", 4), ("peg_activity", 5)):
        question = page.get_by_role("group", name=say(item))
        name = say("score_of_ten", score=score)
        question.get_by_role("button", name=name, exact=True).click()
    page.get_by_role("button", name=say("save"), exact=True).click()
    expect(page.get_by_text("4.3", exact=True).first).to_be_visible()
    until("it on the server", lambda: [one["mean"] for one in peg(server)] == [4.3])
    page.get_by_role("button", name=say("undo")).click()
    until("it to be taken back", lambda: peg(server) == [])


def peg(server: Server) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = server.measures()["peg"]["results"]
    return found


def test_what_is_changed_without_a_network_is_sent_once(
    phone: BrowserContext, stack: Stack, complaints: Complaints
) -> None:
    become_somebody(phone, stack.url)
    server = Server(phone, stack.url)
    entry = server.put_entry(**ENTRY)
    page = phone.pages[0]
    page.goto(f"{stack.url}/diary")
    until("the worker to be in charge", lambda: page.evaluate(WORKER_IN_CHARGE))
    expect(row(page, entry)).to_be_visible()
    sent: list[int] = []
    phone.on(
        "response",
        lambda one: sent.append(one.status) if one.request.method == "PUT" else None,
    )
    complaints.offline = True
    phone.set_offline(True)
    stack.kill("web")
    try:
        page.goto(f"{stack.url}/diary/{entry}")
        page.get_by_role("checkbox", name="Left calf").click()
        page.get_by_label(say("entry_note_label")).fill("Now in the calf as well.")
        page.get_by_role("button", name=say("save"), exact=True).click()
        expect(page.get_by_text(say("entry_saved_phone"))).to_be_visible()
        expect(row(page, entry)).to_contain_text(say("diary_on_phone"))
    finally:
        stack.start("web")
        stack.wait_until_ready()
    phone.set_offline(False)
    until("the outbox to be empty", lambda: outbox(page) == [])
    expect(row(page, entry)).not_to_contain_text(say("diary_on_phone"))
    after = server.entry(entry)
    assert after["note"] == "Now in the calf as well."
    assert after["places"] == [*ENTRY["places"], "calf_left"]  # type: ignore[misc]
    assert sent == [200]


def test_when_the_day_ends_and_the_country_are_settings(
    stack: Stack, context: BrowserContext, page: Page
) -> None:
    page.goto(f"{stack.url}/you")
    for _ in range(3):
        page.get_by_role("button", name=say("you_day_ends_later")).click()
    page.get_by_label(say("you_evening")).fill("20:15")
    page.get_by_label(say("you_country")).select_option("AT")
    chosen = {"day_ends_at": 3, "evening_check_at": "20:15", "country": "AT"}
    until("the settings", lambda: person(context, stack.url, *chosen) == chosen)


def person(context: BrowserContext, url: str, *fields: str) -> dict[str, Any]:
    found = context.request.get(f"{url}{API}/session").json()["person"]
    return {name: found[name] for name in fields}
