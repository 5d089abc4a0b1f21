"""The questions as a file: a slip in it is said exactly, and a published one never changes."""

import hashlib
import json
import re
import tomllib
from pathlib import Path

import pytest

from backend.accounts.zones import known_countries
from backend.core.content import ContentError
from backend.safety import bundle, wording
from backend.safety.rules import EMERGENCY, LEVELS

DIGESTS = Path(__file__).with_name("wording_digests.json")
CURRENT = wording.current()
FILE = wording.FOLDER / f"{CURRENT.version}.toml"
LANGUAGES = ("en", "de")


def digest(version: str) -> str:
    """Of what the file says: comments and order of languages do not count."""
    said = tomllib.loads((wording.FOLDER / f"{version}.toml").read_text(encoding="utf-8"))
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def test_a_published_wording_never_changes() -> None:
    """Checks that were answered under it keep it. Copy the file to a new name, edit the copy, and
    add its digest to wording_digests.json."""
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


@pytest.mark.parametrize(
    "version", ["", "2026-12", "emergency_numbers", "../2026-11", "2026-11.toml"]
)
def test_there_is_no_other(version: str) -> None:
    with pytest.raises(KeyError):
        wording.wording(version)


def spoilt(tmp_path: Path, old: str, new: str) -> str:
    """What is said about the present file with its first `old` replaced."""
    text = FILE.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "2027-01.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ContentError) as refusal:
        wording.load(path)
    return str(refusal.value)


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        pytest.param(
            'text.de = "Dazu Schmerzen in der Brust"', "",
            "facts[chest_pain].text.de: the translation is missing", id="missing translation",
        ),
        pytest.param(
            'text.de = "Dazu Schmerzen in der Brust"', 'text.de = " "',
            "facts[chest_pain].text.de: a text is missing", id="empty translation",
        ),
        pytest.param(
            'text.de = "Dazu Schmerzen in der Brust"', 'text.fr = "Et au thorax"',
            "facts[chest_pain].text.fr: there is no such field", id="unknown language",
        ),
        pytest.param(
            'sources = ["nhs_back", "iqwig", "article"]', 'sources = ["hearsay"]',
            "rows[bladder_bowel].sources[0]: 'hearsay' is not one of article, nhs_back",
            id="unknown source",
        ),
        pytest.param(
            'sources = ["nhs_back", "iqwig", "article"]', "sources = []",
            "rows[bladder_bowel].sources: only a rule of our own may do without", id="no source",
        ),
        pytest.param(
            'all_of = ["both_legs"]', 'all_of = ["three_legs"]',
            "rows[both_legs].all_of[0]: 'three_legs' is not one of bladder_bowel",
            id="unknown fact",
        ),
        pytest.param(
            'all_of = ["both_legs"]', "all_of = []",
            "rows[both_legs].all_of: a row without facts would always match", id="empty row",
        ),
        pytest.param(
            'level = "emergency"', 'level = "urgent"',
            "rows[bladder_bowel].level: 'urgent' is not one of soon, same_day, emergency",
            id="unknown level",
        ),
        pytest.param(
            'strength = "guideline"', 'strength = "certain"',
            "rows[bladder_bowel].strength: 'certain' is not one of source, guideline, ours",
            id="unknown strength",
        ),
        pytest.param(
            'under = "limb_numbness"', 'under = "numbness"',
            "facts[limb_below_knee].under: 'numbness' is not one of bladder_bowel",
            id="under a fact that is not there",
        ),
        pytest.param(
            'under = "limb_numbness"', 'under = "chest_pain"',
            "facts[limb_below_knee].under: chest_pain stands in another group",
            id="under a fact of another screen",
        ),
        pytest.param(
            'id = "both_legs"\ngroup = "today"', 'id = "both_legs"\ngroup = "elsewhere"',
            "facts[both_legs].group: 'elsewhere' is not one of", id="unknown group",
        ),
        pytest.param(
            'id = "both_legs"\ngroup', 'id = "chest_pain"\ngroup',
            "facts[chest_pain]: another one has this id", id="the same id twice",
        ),
        pytest.param(
            "screen = 1", "screen = 3",
            "groups[today].screen: 3 is not one of 1, 2", id="a third screen",
        ),
        pytest.param(
            'hint.en = "Not sore', 'hind.en = "Not sore',
            "facts[both_legs].hind: there is no such field", id="a slip in a field's name",
        ),
        pytest.param(
            "[levels.soon]", "[levels.later]",
            "levels.later: there is no such field", id="an unknown level of advice",
        ),
        pytest.param(
            '"Pregnant? Call your maternity unit as well.",', "",
            "levels.emergency.do: some language has more lines than another",
            id="a line in one language only",
        ),
        pytest.param("[[waiting]]", "[waiting", "this is no TOML", id="no TOML"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_file_and_field(
    tmp_path: Path, old: str, new: str, complaint: str
) -> None:
    said = spoilt(tmp_path, old, new)
    assert said.startswith("2027-01.toml: ")
    assert complaint in said


def texts_of(language: str) -> dict[str, str]:
    """Every sentence that a person reads, by where it stands."""
    found: dict[str, str] = {}

    def collect(value: object, place: str) -> None:
        if isinstance(value, dict):
            for name, one in value.items():
                collect(one, f"{place}.{name}".lstrip("."))
        elif isinstance(value, list):
            for number, one in enumerate(value):
                known = one.get("id", number) if isinstance(one, dict) else number
                collect(one, f"{place}[{known}]")
        elif isinstance(value, str) and " " in value:
            found[place] = value

    part = bundle.part(language)
    collect({name: part[name] for name in ("symptoms", "sources")}, "")
    assert len(found) > 150
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_never_shouts(language: str) -> None:
    assert [place for place, text in texts_of(language).items() if "!" in text] == []


# What somebody may have is a doctor's business. A known one may be asked for.
DIAGNOSES = re.compile(
    r"cauda|equina|kauda|fracture|fraktur|cancer|krebs|tumou?r|sepsis|abscess|abszess|aneurysm"
    r"|aortic|heart attack|herzinfarkt|stroke|schlaganfall|arthritis|bandscheib|slipped disc"
    r"|stenos|pneumon|kidney infection",
    re.IGNORECASE,
)
ASKED_FOR_BY_NAME = {
    "symptoms.facts[cancer_history].text",
    "symptoms.rows[cancer_history].why",
    "symptoms.facts[pulsing_belly].text",
    "symptoms.facts[pulsing_belly].hint",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_names_no_disease_that_somebody_might_have(language: str) -> None:
    named = {
        place: text
        for place, text in texts_of(language).items()
        if DIAGNOSES.search(text) and not place.startswith("sources")
    }
    assert set(named) == ASKED_FOR_BY_NAME


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_are_short_enough_to_take_in(language: str) -> None:
    sentences = {
        sentence
        for place, text in texts_of(language).items()
        if not place.startswith("sources")
        for sentence in re.split(r"(?<=[.?:;])\s", text)
    }
    assert [one for one in sentences if len(one.split()) > 28] == []


def test_german_says_du() -> None:
    """ "Sie" may begin a sentence about something, "Ihre" a note about a source."""
    formal = re.compile(r"\b(Ihnen|Ihr|Ihre[mnrs]?)\b|[^.?:] Sie\b")
    said = {place: text for place, text in texts_of("de").items() if place.startswith("symptoms")}
    assert [text for text in said.values() if formal.search(text)] == []


def test_every_source_is_leant_on() -> None:
    bases = [one.basis for one in CURRENT.explained]
    bases += [one.basis for one in (*CURRENT.levels.values(), CURRENT.easing)]
    bases += [basis for _, basis in CURRENT.waiting]
    assert {name for basis in bases for name in basis.sources} == set(CURRENT.sources)


def test_our_own_rules_are_marked_as_ours() -> None:
    """What the clinical facts call derived, or recalled without a source of that strength."""
    ours = {one.row.id for one in CURRENT.explained if one.basis.strength == "ours"}
    assert ours >= {"cancer_history", "pulsing_belly", "limb_below_knee", "limb_worsening"}
    assert ours >= {"pregnancy_bleeding", "night_pain_known", "steroids_severe"}


def test_what_to_do_in_an_emergency_is_never_empty() -> None:
    advice = CURRENT.levels[EMERGENCY]
    assert set(CURRENT.levels) == set(LEVELS)
    assert all(advice.do[code] and advice.say[code] for code in LANGUAGES)


def test_facts_are_read_back_in_the_words_of_their_wording() -> None:
    told = CURRENT.texts(["fever", "chest_pain"], language="de")
    assert told == ["Dazu Schmerzen in der Brust", "Fieber oder Schüttelfrost"]


class TestEmergencyNumbers:
    def test_countries_are_countries(self) -> None:
        assert set(wording.emergency_numbers()) - {""} <= known_countries()

    @pytest.mark.parametrize("code", ["AT", "DE", "ES", "FR", "IE", "IT", "PL", "RO", "SE"])
    def test_112_comes_first_in_the_european_union(self, code: str) -> None:
        assert wording.emergency_numbers()[code][0] == "112"

    @pytest.mark.parametrize(
        ("code", "number"),
        [("US", "911"), ("CA", "911"), ("GB", "999"), ("AU", "000"), ("NZ", "111"), ("IN", "112"),
         ("JP", "119"), ("BR", "192"), ("CH", "144"), ("NO", "113")],
    )  # fmt: skip
    def test_the_best_known_one_comes_first(self, code: str, number: str) -> None:
        assert wording.emergency_numbers()[code][0] == number

    def test_where_nobody_knows_there_are_two(self) -> None:
        assert wording.emergency_numbers()[""] == ("112", "911")

    def test_a_number_is_digits(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / wording.NUMBERS).write_text('unknown = ["112"]\n[numbers]\nDE = ["1-1-2"]\n')
        monkeypatch.setattr(wording, "FOLDER", tmp_path)
        wording.emergency_numbers.cache_clear()
        with pytest.raises(ContentError, match=r"numbers\.DE\[0\]: a telephone number is digits"):
            wording.emergency_numbers()
        wording.emergency_numbers.cache_clear()
