"""Every screen, for a newcomer and for somebody with a week of data, in both languages."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, ViewportSize

from tests.browser.chromium import PHONE, Complaints, axe_findings, overflow
from tests.browser.screens import App, Theme, app_of
from tests.browser.stack import Stack

THEMES: tuple[Theme, ...] = ("light", "dark")
NARROW: ViewportSize = {"width": 320, "height": 640}
TWICE_THE_TEXT = "document.documentElement.style.fontSize = '200%'"


@pytest.fixture(params=["newcomer", "used"])
def used(request: pytest.FixtureRequest) -> bool:
    return bool(request.param == "used")


@pytest.fixture(params=["en", "de"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def app(browser: Browser, stack: Stack, language: str, used: bool) -> Iterator[App]:
    with app_of(browser, stack, language=language, used=used) as app:
        complaints = Complaints(stack.url, missing=app.own.get("answer-gone", ""))
        complaints.watch(app.page.context)
        yield app
    assert complaints.found == []


@pytest.mark.timeout(900)  # half a hundred screens
def test_every_screen_passes_axe_in_both_themes_and_fits_narrow_screens_and_large_text(
    app: App,
) -> None:
    """One opening of each screen for all of it: opening them is what takes the time."""
    found = []
    for name, path in app.screens.items():
        app.show(path)
        assert app.page.locator("html").get_attribute("lang") == app.language
        found += axe_in_both_themes(app, name) + past_the_edge(app, name)
    assert found == []


def test_axe_finds_nothing_in_the_question_for_consent(
    browser: Browser, stack: Stack, language: str
) -> None:
    with app_of(browser, stack, language=language, used=False) as app:
        app.ask_for_consent()
        assert axe_in_both_themes(app, "consent") == []


def axe_in_both_themes(app: App, name: str) -> list[str]:
    found = []
    for theme in THEMES:
        app.page.emulate_media(color_scheme=theme)
        found += [f"{name}, {theme}: {finding}" for finding in axe_findings(app.page)]
    return found


def past_the_edge(app: App, name: str) -> list[str]:
    """What makes the screen scroll sideways at 320 px, or at 390 px with text of twice the size."""
    app.page.set_viewport_size(NARROW)
    found = [f"{name}, 320 px: {one}" for one in overflow(app.page)]
    app.page.set_viewport_size(PHONE)
    app.page.evaluate(TWICE_THE_TEXT)
    return found + [f"{name}, 200% text: {one}" for one in overflow(app.page)]
