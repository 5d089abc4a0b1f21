"""docs/walking.md shows the ask-first questions; they have to be those that are asked."""

from pathlib import Path

from backend.walking import wording
from backend.walking.wording import Question

PAGE = Path(__file__).parents[2] / "docs" / "walking.md"
CURRENT = wording.current()


def line(one: Question) -> str:
    sources = "; ".join(CURRENT.sources[name].name["en"] for name in one.basis.sources)
    leans_on = f" ({sources})" if sources else ""
    return f"| {one.text['en']} | {one.basis.strength}{leans_on} |"


def test_its_table_is_that_of_the_newest_wording() -> None:
    """Where this fails after a new wording: put these lines into the page."""
    _, chapter = PAGE.read_text(encoding="utf-8").split("## Asking first")
    rows = [row for row in chapter.split("\n## ")[0].splitlines() if row.startswith("| ")]
    assert rows[2:] == [line(one) for one in CURRENT.questions]
