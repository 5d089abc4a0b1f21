"""Takes the manifest's pictures of the app: python frontend/icons/shoot.py [ORIGIN] [CHROMIUM]

ORIGIN is a running, empty server (script/server prints it). A person with a few reminders and
a score is made there; run this after the look of Today has changed.
"""

import sys
from pathlib import Path

from pack import packed
from playwright.sync_api import Browser, sync_playwright

SCREENSHOTS = Path(__file__).parents[1] / "public" / "screenshots"

NARROW = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2}
WIDE = {"viewport": {"width": 1280, "height": 800}}

# Made by the page itself, so that cookies and the token are the browser's business.
FURNISH = """async () => {
  let token = "";
  const call = async (method, path, body) => {
    const headers = { "Content-Type": "application/json", "X-CSRFToken": token };
    const answer = await fetch("/api/v1" + path, { method, headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status}`);
    return answer.json();
  };
  const session = { time_zone: "Europe/Berlin", locale: "en", consent: true };
  token = (await call("POST", "/session", session)).csrf_token;
  const remind = (kind, time) => call("PUT", `/reminders/${crypto.randomUUID()}`, {
    kind, enabled: true, schedule: { days: [0, 1, 2, 3, 4, 5, 6], times: [time] },
  });
  await remind("walk", "09:00");
  await remind("walk", "16:30");
  await remind("check_in", "20:00");
  await call("PUT", `/pain/entries/${crypto.randomUUID()}`, { score: 3 });
}"""


def main(origin: str, chromium: str) -> None:
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for name, device in (("today-narrow", NARROW), ("today-wide", WIDE)):
            path = SCREENSHOTS / f"{name}.png"
            path.write_bytes(packed(today(browser, origin, device)))
            print(f"{path.stat().st_size:6d} {path.name}")
        browser.close()


def today(browser: Browser, origin: str, device: dict[str, object]) -> bytes:
    context = browser.new_context(
        **device,
        locale="en-GB",
        timezone_id="Europe/Berlin",
        color_scheme="light",
        reduced_motion="reduce",
        service_workers="block",
    )
    page = context.new_page()
    page.goto(origin)
    page.evaluate(FURNISH)
    page.reload(wait_until="networkidle")
    # A caret or a focus ring is no part of the picture.
    page.mouse.move(0, 0)
    picture = page.screenshot()
    context.close()
    return picture


if __name__ == "__main__":
    given = dict(enumerate(sys.argv))
    main(given.get(1, "http://127.0.0.1:8000"), given.get(2, "/usr/bin/chromium"))
