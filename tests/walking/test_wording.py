"""The ask-first questions as a file: a slip in it is told, and a published one never changes."""

import hashlib
import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from backend.core import content
from backend.core.content import ContentError
from backend.walking import bundle, wording

DIGESTS = Path(__file__).with_name("wording_digests.json")
CURRENT = wording.current()
FILE = wording.FOLDER / f"{CURRENT.version}.toml"
LANGUAGES = ("en", "de")


def digest(version: str) -> str:
    """Of what the file says: comments and order of languages do not count."""
    said = tomllib.loads((wording.FOLDER / f"{version}.toml").read_text(encoding="utf-8"))
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def test_a_published_wording_never_changes() -> None:
    """Answers that were given under it keep it. Copy the file to a new name, edit the copy, and add
    its digest to wording_digests.json."""
    known = json.loads(DIGESTS.read_text(encoding="utf-8"))
    assert {version: digest(version) for version in wording.versions()} == known


def test_the_newest_is_asked_and_the_older_ones_can_still_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for version in ("2026-11", "2027-02"):
        (tmp_path / f"{version}.toml").write_bytes(FILE.read_bytes())
    monkeypatch.setattr(wording, "FOLDER", tmp_path)
    wording.wording.cache_clear()
    assert wording.current().version == "2027-02"
    assert wording.wording("2026-11").version == "2026-11"
    wording.wording.cache_clear()


@pytest.mark.parametrize("version", ["", "2026-12", "../2026-11", "2026-11.toml"])
def test_there_is_no_other(version: str) -> None:
    with pytest.raises(KeyError):
        wording.wording(version)


def refused(path: Path, text: str) -> str:
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ContentError) as refusal:
        wording.load(path)
    return str(refusal.value)


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        pytest.param(
            'text.de = "Osteoporose: Knochen, die leicht brechen"', "",
            "questions[osteoporosis].text.de: the translation is missing", id="missing translation",
        ),
        pytest.param(
            'hint.en = "Not sore muscles after exercise."', 'hint.en = " "',
            "questions[leg_pain_walking].hint.en: a text is missing", id="empty hint",
        ),
        pytest.param(
            'why.de = "Unser Plan', 'why.fr = "Unser Plan',
            "questions[cannot_walk_5].why.fr: there is no such field", id="unknown language",
        ),
        pytest.param(
            'sources = ["article"]', 'sources = ["hearsay"]',
            "questions[standing_hurts].sources[0]: 'hearsay' is not one of article, parq_plus",
            id="unknown source",
        ),
        pytest.param(
            'sources = ["article"]', "sources = []",
            "questions[standing_hurts].sources: only a rule of our own may do without",
            id="no source",
        ),
        pytest.param(
            'strength = "source"', 'strength = "certain"',
            "questions[standing_hurts].strength: 'certain' is not one of source, guideline, ours",
            id="unknown strength",
        ),
        pytest.param(
            'id = "fall"', 'id = "fracture"',
            "questions[fracture]: another one has this id", id="the same id twice",
        ),
        pytest.param(
            'id = "fall"\n', "level = 1\n",
            "questions[5].id: a text is missing", id="no id",
        ),
        pytest.param(
            'hint.en = "Not sore', 'hind.en = "Not sore',
            "questions[leg_pain_walking].hind: there is no such field", id="a slip in a field",
        ),
        pytest.param("[[questions]]", "[questions", "this is no TOML", id="no TOML"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_file_and_field(
    tmp_path: Path, old: str, new: str, complaint: str
) -> None:
    text = FILE.read_text(encoding="utf-8")
    assert old in text
    said = refused(tmp_path / "2027-01.toml", text.replace(old, new, 1))
    assert said.startswith("2027-01.toml: ")
    assert complaint in said


def test_a_file_without_questions_is_no_wording(tmp_path: Path) -> None:
    said = refused(tmp_path / "2027-01.toml", "questions = []\n[sources]\n")
    assert said == "2027-01.toml: questions: without any the gate would stand open"


def test_the_questions_are_those_of_the_clinical_rules() -> None:
    assert CURRENT.ids == [
        "standing_hurts", "leg_pain_walking", "osteoporosis", "fracture", "spinal_surgery", "fall",
        "dizziness", "neuropathy", "heart_lung", "pregnancy", "cannot_walk_5",
    ]  # fmt: skip


def test_only_standing_is_our_sources_rule_and_all_others_are_marked_as_ours() -> None:
    strengths = {one.id: one.basis.strength for one in CURRENT.questions}
    assert strengths.pop("standing_hurts") == "source"
    assert set(strengths.values()) == {"ours"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("question", ["fracture", "spinal_surgery", "fall"])
def test_a_span_that_is_ours_says_so(question: str, language: str) -> None:
    (asked,) = (one for one in CURRENT.questions if one.id == question)
    months = {"en": r"(\d+) months", "de": r"(\d+) Monate"}[language]
    ours = {"en": "a limit of our own", "de": "eine Grenze von uns"}[language]
    assert re.findall(months, asked.text[language]) == re.findall(months, asked.hint[language])
    assert ours in asked.hint[language]


def test_every_source_is_leant_on() -> None:
    named = {name for one in CURRENT.questions for name in one.basis.sources}
    assert named == set(CURRENT.sources)


def texts_of(language: str) -> list[str]:
    """Every sentence that a person reads."""
    part: dict[str, Any] = bundle.part(language)
    questions = part["walking"]["gate"]["questions"]
    return [one[name] for one in questions for name in ("text", "hint", "why")]


class TestTheWords:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_never_shout(self, language: str) -> None:
        assert [one for one in texts_of(language) if "!" in one] == []

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_are_short_enough_to_take_in(self, language: str) -> None:
        sentences = [one for text in texts_of(language) for one in re.split(r"(?<=[.?:;])\s", text)]
        assert [one for one in sentences if len(one.split()) > 28] == []

    def test_say_du(self) -> None:
        formal = re.compile(r"\b(Ihnen|Ihr|Ihre[mnrs]?)\b|[^.?:] Sie\b")
        assert [one for one in texts_of("de") if formal.search(one)] == []

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_the_app_has_them_offline(self, language: str) -> None:
        held: dict[str, Any] = content.bundle(language)
        gate = held["walking"]["gate"]
        assert gate["wording"] == CURRENT.version
        assert [one["id"] for one in gate["questions"]] == CURRENT.ids
        assert set(gate["questions"][0]) == {"id", "text", "hint", "why", "sources", "strength"}
        assert {name for one in gate["questions"] for name in one["sources"]} <= set(
            held["sources"]
        )
