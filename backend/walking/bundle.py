"""What the content bundle holds of walking: the ask-first questions of the newest wording."""

from backend.core.basis import basis_part, sources_part
from backend.core.content import Part
from backend.walking import wording
from backend.walking.wording import Question


def part(language: str) -> Part:
    now = wording.current()
    questions = [_question_part(one, language) for one in now.questions]
    return {
        "walking": {"gate": {"wording": now.version, "questions": questions}},
        "sources": sources_part(now.sources, language),
    }


def _question_part(one: Question, language: str) -> Part:
    words = {"text": one.text[language], "hint": one.hint[language], "why": one.why[language]}
    return {"id": one.id} | words | basis_part(one.basis)
