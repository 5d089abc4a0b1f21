"""Every screen, for a newcomer and for somebody with a week of data, in both languages."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.chromium import Complaints, axe_findings, overflow
from tests.browser.screens import App, app_of
from tests.browser.stack import Stack

THEMES = ("light", "dark")
NARROW = {"width": 320, "height": 640}
TWICE_THE_TEXT = "document.documentElement.style.fontSize = '200%'"


@pytest.fixture(params=["newcomer", "used"])
def used(request: pytest.FixtureRequest) -> bool:
    return bool(request.param == "used")


@pytest.fixture(params=["en", "de"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def app(browser: Browser, stack: Stack, language: str, used: bool) -> Iterator[App]:  # noqa: FBT001
    with app_of(browser, stack.url, language=language, used=used) as app:
        complaints = Complaints(stack.url)
        complaints.watch(app.page.context)
        yield app
    assert complaints.found == []


def test_axe_finds_nothing_in_light_and_in_dark(app: App) -> None:
    found = []
    for name, path in app.screens.items():
        app.show(path)
        found += axe_in_both_themes(app, name)
    assert found == []


def test_axe_finds_nothing_in_the_question_for_consent(
    browser: Browser, stack: Stack, language: str
) -> None:
    with app_of(browser, stack.url, language=language, used=False) as app:
        app.ask_for_consent()
        assert axe_in_both_themes(app, "consent") == []


def axe_in_both_themes(app: App, name: str) -> list[str]:
    found = []
    for theme in THEMES:
        app.page.emulate_media(color_scheme=theme)
        found += [f"{name}, {theme}: {finding}" for finding in axe_findings(app.page)]
    return found


def test_nothing_reaches_past_a_narrow_screen_or_beside_large_text(app: App) -> None:
    phone = app.page.viewport_size
    assert phone is not None
    found = []
    for name, path in app.screens.items():
        app.page.set_viewport_size({"width": NARROW["width"], "height": NARROW["height"]})
        app.show(path)
        found += [f"{name}, 320 px: {one}" for one in overflow(app.page)]
        app.page.set_viewport_size(phone)
        app.page.evaluate(TWICE_THE_TEXT)
        found += [f"{name}, 200% text: {one}" for one in overflow(app.page)]
    assert found == []


def test_each_screen_speaks_the_phones_language(app: App) -> None:
    app.show("/")
    assert app.page.locator("html").get_attribute("lang") == app.language
