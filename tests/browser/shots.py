"""Pictures of every screen, to be looked at before a change is called done:

python -m tests.browser.shots FOLDER [--only PART-OF-A-NAME]
"""

import argparse
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, ViewportSize, sync_playwright

from tests.browser.chromium import FLAGS, PHONE, executable
from tests.browser.screens import App, Theme, app_of
from tests.browser.stack import Stack
from tests.browser.test_screens import NARROW, TWICE_THE_TEXT
from tests.support.push_service import PushService

WIDE: ViewportSize = {"width": 1280, "height": 900}


@dataclass(frozen=True)
class Look:
    """One way to look at the app."""

    name: str
    language: str = "en"
    theme: Theme = "light"
    used: bool = True
    large_text: bool = False
    size: ViewportSize = field(default_factory=PHONE.copy)


LOOKS = (
    Look("light"),
    Look("dark", theme="dark"),
    Look("german", language="de"),
    Look("german-320", language="de", size=NARROW),
    Look("320", size=NARROW),
    Look("large-text", large_text=True),
    Look("wide", size=WIDE),
    Look("wide-dark", theme="dark", size=WIDE),
    Look("newcomer", used=False),
    Look("newcomer-dark", theme="dark", used=False),
)


def main() -> None:
    parser = argparse.ArgumentParser(description="Take a picture of every screen.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="", help="screens whose name has this in it")
    given = parser.parse_args()
    folder: Path = given.folder
    folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix="backstep-shots-") as data,
        PushService() as push_service,
        Stack(Path(data) / "stack", push_origin=push_service.origin) as stack,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=executable(), args=FLAGS)
        count = sum(1 for look in LOOKS for _ in take(browser, stack, look, folder, given.only))
        browser.close()
    print(f"{count} pictures in {folder}")


def take(
    browser: Browser, stack: Stack, look: Look, folder: Path, only: str = ""
) -> Iterator[Path]:
    with app_of(browser, stack, language=look.language, used=look.used, viewport=look.size) as app:
        app.page.emulate_media(color_scheme=look.theme)
        for name, path in app.screens.items():
            if only not in name:
                continue
            app.show(path)
            yield picture(app, look, folder / f"{name}-{look.name}.png")
        if not look.used and only in "consent":
            app.ask_for_consent()
            yield picture(app, look, folder / f"consent-{look.name}.png")


def picture(app: App, look: Look, path: Path) -> Path:
    """The whole page in one: the window is as long as the page, so that the bar is at its end."""
    if look.large_text:
        app.page.evaluate(TWICE_THE_TEXT)
    length = app.page.evaluate("document.documentElement.scrollHeight")
    app.page.set_viewport_size({"width": look.size["width"], "height": length})
    app.page.screenshot(path=path)
    app.page.set_viewport_size(look.size)
    return path


if __name__ == "__main__":
    main()
