"""What the content bundle holds of the symptom check: the questions of the newest wording."""

from typing import Any

from backend.core.basis import basis_part, sources_part
from backend.core.content import Part, Words
from backend.safety import wording
from backend.safety.wording import Advice, Explained, Fact, Group


def part(language: str) -> Part:
    """What the content bundle holds of this app."""
    now = wording.current()
    return {
        "symptoms": {
            "wording": now.version,
            "groups": [_group_part(one, language) for one in now.groups],
            "facts": [_fact_part(one, language) for one in now.facts],
            "rows": [_row_part(one, language) for one in now.explained],
            "levels": {name: _advice_part(one, language) for name, one in now.levels.items()},
            "easing": _advice_part(now.easing, language),
            "waiting": [
                {"text": words[language]} | basis_part(basis) for words, basis in now.waiting
            ],
        },
        "sources": sources_part(now.sources, language),
        "emergency_numbers": {
            code: list(one) for code, one in sorted(wording.emergency_numbers().items())
        },
    }


def _in(words: Words | None, language: str) -> str | None:
    return words[language] if words else None


def _group_part(one: Group, language: str) -> Part:
    title, hint = one.title[language], _in(one.hint, language)
    return {"id": one.id, "screen": one.screen, "title": title, "hint": hint}


def _fact_part(one: Fact, language: str) -> Part:
    text, hint = one.text[language], _in(one.hint, language)
    return {"id": one.id, "group": one.group, "text": text, "hint": hint, "under": one.under}


def _row_part(one: Explained, language: str) -> Part:
    rule: dict[str, Any] = {
        "id": one.row.id,
        "level": one.row.level,
        "all_of": list(one.all_of),
        "why": one.why[language],
    }
    return rule | basis_part(one.basis)


def _advice_part(one: Advice, language: str) -> Part:
    words: dict[str, Any] = {
        "title": one.title[language],
        "body": one.body[language],
        "do": list(one.do[language]),
        "say": list(one.say[language]),
    }
    return words | basis_part(one.basis)
