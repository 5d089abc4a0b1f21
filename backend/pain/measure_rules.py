"""What the questionnaires ask, what they add up to, and which change matters. Pure.

PEG (Krebs 2009): three answers about the past week, 0 to 10, their mean. PSFS (Stratford 1995):
three to five activities of a person's own, 0 to 10, their mean. The changes that matter are the
smallest that people with pain were found to notice: 1 point of PEG, 2 of PSFS.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

PEG_ITEMS = ("pain", "enjoyment", "activity")
MOST = 10
FEWEST_ACTIVITIES, MOST_ACTIVITIES = 3, 5
LONGEST_NAME = 80
TENTH = Decimal("0.1")
ASKS_ON = timedelta(weeks=8)  # so long after the last one, where there is no pain

Problems = dict[str, list[str]]


@dataclass(frozen=True)
class Scale:
    """`matters`: the smallest change that does. `every`: how long the answers are good for."""

    matters: Decimal
    lower_is_better: bool
    every: timedelta


PEG, PSFS = "peg", "psfs"
SCALES = {
    PEG: Scale(matters=Decimal(1), lower_is_better=True, every=timedelta(days=7)),
    PSFS: Scale(matters=Decimal(2), lower_is_better=False, every=timedelta(days=28)),
}


def read_answers(kind: str, given: object) -> tuple[dict[str, Any], Problems]:
    """The answers as they are stored, and what is wrong with them, by the name of the field."""
    if not isinstance(given, Mapping):
        return {}, {"answers": ["Answers are an object."]}
    return _read_peg(given) if kind == PEG else _read_psfs(given)


def _read_peg(given: Mapping[str, Any]) -> tuple[dict[str, Any], Problems]:
    answers = {item: given.get(item) for item in PEG_ITEMS}
    wrong = {f"answers.{item}": [_WHOLE] for item, value in answers.items() if not _fits(value)}
    return answers, wrong


def _read_psfs(given: Mapping[str, Any]) -> tuple[dict[str, Any], Problems]:
    found = given.get("activities")
    if not isinstance(found, list) or not FEWEST_ACTIVITIES <= len(found) <= MOST_ACTIVITIES:
        count = f"{FEWEST_ACTIVITIES} to {MOST_ACTIVITIES}"
        return {}, {"answers.activities": [f"Name {count} activities."]}
    problems: Problems = {}
    activities: list[dict[str, Any]] = []
    for index, one in enumerate(found):
        place = f"answers.activities.{index}"
        activity = one if isinstance(one, Mapping) else {}
        name, score = _name(activity.get("name")), activity.get("score")
        if problem := _name_problem(name, before=activities):
            problems[f"{place}.name"] = [problem]
        if not _fits(score):
            problems[f"{place}.score"] = [_WHOLE]
        activities.append({"name": name, "score": score})
    return {"activities": activities}, problems


_WHOLE = f"Answer with a whole number from 0 to {MOST}."


def _fits(value: object) -> bool:
    return type(value) is int and 0 <= value <= MOST


def _name(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


def _name_problem(name: str, *, before: Sequence[Mapping[str, Any]]) -> str:
    if not 1 <= len(name) <= LONGEST_NAME or "\0" in name:
        return f"Name it in 1 to {LONGEST_NAME} characters."
    taken = any(one["name"].casefold() == name.casefold() for one in before)
    return "This activity is named twice." if taken else ""


def scores(kind: str, answers: Mapping[str, Any]) -> list[int]:
    if kind == PEG:
        return [answers[item] for item in PEG_ITEMS]
    return [one["score"] for one in answers["activities"]]


def mean(kind: str, answers: Mapping[str, Any]) -> Decimal:
    """With one decimal; what lies in the middle goes up, as people round: 4.25 is 4.3."""
    given = scores(kind, answers)
    return (Decimal(sum(given)) / len(given)).quantize(TENTH, ROUND_HALF_UP)


def comparable(kind: str, answers: Mapping[str, Any]) -> frozenset[str]:
    """Answers can be compared where this is equal: PSFS only over the same activities."""
    activities = () if kind == PEG else answers["activities"]
    return frozenset(one["name"].casefold() for one in activities)


def matters(kind: str, change: Decimal) -> str:
    """ "better" or "worse" where the change is large enough for people to notice, else ""."""
    scale = SCALES[kind]
    if abs(change) < scale.matters:
        return ""
    return "better" if (change < 0) == scale.lower_is_better else "worse"


def due(last_on: Mapping[str, date], *, today: date, hurts: bool) -> list[str]:
    """The questionnaires that it is time for, after the days on which each was filled in last.

    Whose back no longer hurts, and who has filled in none for a while, is left in peace.
    """
    if not hurts and all(today >= day + ASKS_ON for day in last_on.values()):
        return []
    return [
        kind
        for kind, scale in SCALES.items()
        if kind not in last_on or today >= last_on[kind] + scale.every
    ]
