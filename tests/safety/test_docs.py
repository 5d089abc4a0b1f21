"""docs/symptom-check.md shows the table; it has to be the one that is in force."""

from pathlib import Path

from backend.safety import wording
from backend.safety.wording import Explained

PAGE = Path(__file__).parents[2] / "docs" / "symptom-check.md"
CURRENT = wording.current()
TEXTS = {fact.id: fact.text["en"] for fact in CURRENT.facts}
LEVELS = {"emergency": "emergency", "same_day": "same day", "soon": "soon"}


def line(one: Explained) -> str:
    ticked = " **and** ".join(TEXTS[fact] for fact in one.all_of)
    sources = "; ".join(CURRENT.sources[name].name["en"] for name in one.basis.sources)
    return f"| {ticked} | {LEVELS[one.row.level]} | {one.basis.strength} ({sources}) |"


def test_its_table_is_that_of_the_newest_wording() -> None:
    """Where this fails after a new wording: put these lines into the page."""
    _, chapter = PAGE.read_text(encoding="utf-8").split("## The table")
    rows = [row for row in chapter.splitlines() if row.startswith("| ")]
    assert rows[2:] == [line(one) for one in CURRENT.explained]


def test_it_names_the_version() -> None:
    assert f"**{CURRENT.version}**" in PAGE.read_text(encoding="utf-8")
