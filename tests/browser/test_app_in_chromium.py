"""What Chromium has to say of the built app."""

from collections.abc import Iterator
import json
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright, expect

from tests.browser.chromium import PushDoor, installed_app
from tests.browser.stack import Stack
from tests.browser.words import words
from tests.ops.processes import until


@pytest.fixture
def phone(playwright: Playwright, tmp_path: Path, stack: Stack) -> Iterator[BrowserContext]:
    with installed_app(playwright, tmp_path / "profile") as context:
        context.grant_permissions(["notifications"], origin=stack.url)
        yield context


def test_push(phone: BrowserContext, stack: Stack) -> None:
    page = phone.new_page()
    page.goto(stack.url)
    door = PushDoor(page)
    door.deliver(json.dumps({"web_push":8030,"notification":{"title":"T","body":"B","navigate":stack.url+"/diary","tag":"x"}}))
    print(until("shown", door.shown))
    remote = phone.new_cdp_session(page)
    print(remote.send("Page.getInstallabilityErrors"))
    from tests.browser.chromium import axe_findings, overflow
    print(axe_findings(page), overflow(page))
