"""Draws every icon of the app from one shape: python frontend/icons/draw.py [CHROMIUM]

A ground line rises in a spine-like S and curls into an open ring; the disc at its end is
"you are here". The SVGs are written here, Chromium turns them into pictures, and those are
packed as small as PNG allows. The results in frontend/public/ belong to the repository: run
this after changing the drawing, not at each build.
"""

import sys
from pathlib import Path

from pack import packed
from playwright.sync_api import Page, sync_playwright

PUBLIC = Path(__file__).parents[1] / "public"
ICONS = PUBLIC / "icons"

PAPER, PINE = "#FBF7F0", "#12443B"
APRICOT, APRICOT_LIT, APRICOT_EDGE = "#E8743B", "#FF9A62", "#B5481A"
WHITE = "#FFFFFF"

# On a 512 grid around 256, 256. The ribbon ends under the disc.
S_AND_RING = "M88 402H138C216 402 239.5 328.6 210.6 249.6A110 110 0 1 1"
RIBBON = f"{S_AND_RING} 358.7 312.5"
# In one colour the disc needs air around it to be seen.
RIBBON_SHORT = f"{S_AND_RING} 414.7 238.3"
DISC = 'cx="358.7" cy="312.5"'
BELL = "M148 346V230a108 108 0 0 1 216 0v116M112 346h288M222 408a36 36 0 0 0 68 0M256 122V96"


def middle(scale: float) -> str:
    return f'transform="translate(256 256) scale({scale}) translate(-256 -256)"'


def mark(scale: float = 1) -> str:
    """The shape in its colours, lit from above."""
    return f"""
  <linearGradient id="lit" x2="0" y1="70" y2="440" gradientUnits="userSpaceOnUse">
    <stop stop-color="{APRICOT_LIT}"/><stop offset="1" stop-color="{APRICOT}"/>
  </linearGradient>
  <g {middle(scale)} fill="none" stroke-width="56" stroke-linecap="round">
    <path d="{RIBBON}" stroke="{APRICOT_EDGE}" transform="translate(0 8)"/>
    <path d="{RIBBON}" stroke="url(#lit)"/>
    <circle {DISC} r="34" fill="{PAPER}" stroke="{APRICOT_EDGE}" stroke-width="18"/>
  </g>"""


def silhouette(scale: float = 1) -> str:
    """The shape in one colour, for systems that tint it themselves."""
    return f"""
  <g {middle(scale)} fill="none" stroke="{WHITE}" stroke-width="60" stroke-linecap="round">
    <path d="{RIBBON_SHORT}"/>
    <circle {DISC} r="42" fill="{WHITE}" stroke="none"/>
  </g>"""


def glyph(path: str, width: int, scale: float) -> str:
    """A line drawing in pine on a paper disc, as Android wants the icons of its shortcuts."""
    return f"""
  <circle cx="256" cy="256" r="256" fill="{PAPER}"/>
  <path {middle(scale)} d="{path}" fill="none" stroke="{PINE}" stroke-width="{width}"
    stroke-linecap="round" stroke-linejoin="round"/>"""


def ground(radius: int) -> str:
    return f'\n  <rect width="512" height="512" rx="{radius}" fill="{PINE}"/>'


def svg(inside: str) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512">{inside}\n</svg>\n'


ANY = svg(ground(116) + mark())
# Systems cut what they like from these; the mark stays within the middle 80 per cent.
MASKABLE = svg(ground(0) + mark(0.78))
APPLE = svg(ground(0) + mark(0.9))

PICTURES = {
    ICONS / "icon-144.png": (ANY, 144),
    ICONS / "icon-192.png": (ANY, 192),
    ICONS / "icon-512.png": (ANY, 512),
    ICONS / "maskable-192.png": (MASKABLE, 192),
    ICONS / "maskable-512.png": (MASKABLE, 512),
    ICONS / "monochrome-512.png": (svg(silhouette(0.78)), 512),
    ICONS / "badge-96.png": (svg(silhouette(1.1)), 96),
    ICONS / "shortcut-today-96.png": (svg(glyph(RIBBON, 52, 0.62)), 96),
    ICONS / "shortcut-reminders-96.png": (svg(glyph(BELL, 36, 0.74)), 96),
    PUBLIC / "apple-touch-icon.png": (APPLE, 180),
}


def main(chromium: str) -> None:
    ICONS.mkdir(parents=True, exist_ok=True)
    (PUBLIC / "icon.svg").write_text(ANY)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page()
        for path, (source, size) in PICTURES.items():
            path.write_bytes(packed(rendered(page, source, size)))
            print(f"{path.stat().st_size:6d} {path.relative_to(PUBLIC)}")
        browser.close()


def rendered(page: Page, source: str, size: int) -> bytes:
    page.set_viewport_size({"width": size, "height": size})
    page.set_content(f"<style>body{{margin:0}}svg{{display:block}}</style>{source}")
    return page.screenshot(omit_background=True)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "/usr/bin/chromium")
