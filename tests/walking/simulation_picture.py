"""docs/walking-simulation.svg: the simulated half-year, one panel for each temperament."""

from collections.abc import Sequence
from pathlib import Path
from statistics import median

from backend.walking.rules import MINUTES_TARGET
from tests.walking.simulation import WEEKS, everybody, ideal_minutes

PICTURE = Path(__file__).parents[2] / "docs" / "walking-simulation.svg"
WIDTH, HEIGHT = 760, 576
PANEL_WIDTH, PANEL_HEIGHT = 312, 180  # 12 a week, 6 a minute
COLUMNS, ROWS = (48, 424), (100, 352)
A_WEEK, A_MINUTE = PANEL_WIDTH // WEEKS, PANEL_HEIGHT // MINUTES_TARGET
MONTHS = (0, 4, 8, 12, 16, 20, 24)
TITLES = {
    "steady": "steady: walks and answers nearly always",
    "patchy": "patchy: walks on seven days in ten",
    "flaring": "flaring: a flare every ten weeks or so",
    "overdoing": "overdoing: every other walk twice the dose",
}
STYLE = """
text{font:13px system-ui,sans-serif;fill:#3d4a45}
.title{font-size:17px;font-weight:600;fill:#17231e}
.name{font-weight:600;fill:#17231e}
.small{font-size:11px}
.ground{fill:#fff}
.grid{stroke:#dde4e0;fill:none}
.one{stroke:#2f7d63;stroke-opacity:.16;fill:none}
.middle{stroke:#14543f;stroke-width:3;fill:none;stroke-linejoin:round}
.ideal{stroke:#a1561b;stroke-width:1.5;stroke-dasharray:4 4;fill:none}
@media(prefers-color-scheme:dark){
text{fill:#b9c6c0}.title,.name{fill:#eef4f1}.ground{fill:#131a17}.grid{stroke:#2c3833}
.one{stroke:#6fc4a5;stroke-opacity:.18}.middle{stroke:#a5ead0}.ideal{stroke:#f0ac73}}
"""
HEAD = f"""\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img"
 aria-labelledby="t d">
<title id="t">Minutes a session over half a year, for 200 simulated people</title>
<desc id="d">The median steady walker reaches 30 minutes after twelve weeks. Patchy and flaring ones
get less far, and so does who overdoes it.</desc>"""


def picture() -> str:
    panels = [
        panel(name, (column, row))
        for (name, row, column) in zip(
            TITLES, [row for row in ROWS for _ in COLUMNS], COLUMNS * 2, strict=True
        )
    ]
    return "\n".join([
        HEAD,
        f"<style>{STYLE}</style>",
        f'<rect class="ground" width="{WIDTH}" height="{HEIGHT}"/>',
        text(24, 32, "Minutes a session over 26 weeks, 200 simulated people", "title"),
        *legend(),
        *panels,
        "</svg>\n",
    ])  # fmt: skip


def legend() -> list[str]:
    entries = (("one", "one person", 24), ("middle", "the median", 134), ("ideal", IDEAL, 244))
    return [
        part
        for name, words, x in entries
        for part in (
            f'<path class="{name}" d="M{x} 50h22"{STRONG if name == "one" else ""}/>',
            text(x + 30, 54, words, "small"),
        )
    ]


IDEAL = "who starts with 8 minutes and whose every walk is green"
STRONG = ' style="stroke-opacity:.7"'


def panel(name: str, at: tuple[int, int]) -> str:
    doses = [[week.minutes for week in found.weeks] for found in everybody()[name]]
    middle = [round(median(of_week)) for of_week in zip(*doses, strict=True)]
    return "\n".join([
        f'<g transform="translate{at}">',
        text(0, -10, TITLES[name], "name"),
        *grid(),
        *(line("one", one) for one in doses),
        line("ideal", ideal_minutes(8)),
        line("middle", middle),
        "</g>",
    ])  # fmt: skip


def grid() -> list[str]:
    minutes = range(0, MINUTES_TARGET + 1, 10)
    lines = "".join(f"M0 {y(one)}h{PANEL_WIDTH}" for one in minutes)
    return [
        f'<path class="grid" d="{lines}"/>',
        *(text(-8, y(one) + 4, str(one), "small", "end") for one in minutes),
        *(text(week * A_WEEK, PANEL_HEIGHT + 18, str(week + 1), "small") for week in MONTHS),
        text(PANEL_WIDTH, PANEL_HEIGHT + 34, "week", "small", "end"),
    ]


def line(name: str, minutes: Sequence[int]) -> str:
    """A staircase: level through each week, then up or down."""
    path, now = f"M0 {y(minutes[0])}", minutes[0]
    flat = 0
    for one in minutes:
        if one != now:
            path += f"h{flat}v{(now - one) * A_MINUTE}"
            now, flat = one, 0
        flat += A_WEEK
    return f'<path class="{name}" d="{path}h{flat}"/>'


def y(minutes: int) -> int:
    return PANEL_HEIGHT - minutes * A_MINUTE


def text(x: int, y: int, words: str, name: str, anchor: str = "start") -> str:
    return f'<text class="{name}" x="{x}" y="{y}" text-anchor="{anchor}">{words}</text>'


if __name__ == "__main__":
    PICTURE.write_text(picture(), encoding="utf-8")
