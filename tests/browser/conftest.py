"""One real server for all browser tests, and a browser for each test that asks for one."""

from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Playwright, sync_playwright

from tests.browser.chromium import FLAGS, Complaints, executable, installed_app
from tests.browser.firefox import Firefox
from tests.browser.stack import Stack
from tests.browser.words import words
from tests.support.push_service import PushService

HERE = Path(__file__).parent
FAILED = pytest.StashKey[bool]()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests come last and together: one server does, and the quick tests have spoken."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
    items.sort(key=lambda item: HERE in item.path.parents)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.failed:
        item.stash[FAILED] = True
    return report


@pytest.fixture(scope="package")
def running_push_service() -> Iterator[PushService]:
    with PushService() as service:
        yield service


@pytest.fixture
def push_service(running_push_service: PushService) -> PushService:
    """The push service that the server trusts, without anything of an earlier test."""
    running_push_service.forget()
    return running_push_service


@pytest.fixture(scope="package")
def running_stack(
    tmp_path_factory: pytest.TempPathFactory, running_push_service: PushService
) -> Iterator[Stack]:
    folder = tmp_path_factory.mktemp("stack")
    with Stack(folder, push_origin=running_push_service.origin) as stack:
        yield stack


@pytest.fixture
def stack(running_stack: Stack, request: pytest.FixtureRequest) -> Iterator[Stack]:
    """The server. When a test fails, what its processes said is shown."""
    running_stack.mark_logs()
    running_stack.forget_limits()
    yield running_stack
    if request.node.stash.get(FAILED, False):
        print(running_stack.logs())


@pytest.fixture(scope="package")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="package")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """For screens alone: each context is a private window, where Chromium has no push."""
    browser = playwright.chromium.launch(executable_path=executable(), args=FLAGS)
    yield browser
    browser.close()


@pytest.fixture
def complaints(stack: Stack) -> Complaints:
    return Complaints(stack.url)


@pytest.fixture
def phone(
    playwright: Playwright, tmp_path: Path, stack: Stack, complaints: Complaints
) -> Iterator[BrowserContext]:
    """Chromium with the app, where nothing may be complained of."""
    with installed_app(playwright, tmp_path / "profile") as context:
        context.grant_permissions(["notifications"], origin=stack.url)
        complaints.watch(context)
        yield context
    assert complaints.found == []


@pytest.fixture
def firefox(tmp_path: Path, push_service: PushService) -> Iterator[Firefox]:
    with Firefox(tmp_path, push_service.websocket, words("en")) as firefox:
        yield firefox
