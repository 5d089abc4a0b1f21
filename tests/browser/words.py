"""The app's own texts: a test taps what a person reads, and a better wording breaks none."""

import json
import re
from functools import cache
from typing import Any

from script.lib.project import FRONTEND

HOLE = re.compile(r"{(\w+)}")


class Words:
    """One language's catalogue: `words.say("score_of_ten", score=4)`."""

    def __init__(self, language: str) -> None:
        path = FRONTEND / "messages" / f"{language}.json"
        self._texts: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))

    def say(self, key: str, **values: object) -> str:
        text = self._texts[key]
        assert isinstance(text, str), f"{key} has plural forms"
        return HOLE.sub(lambda hole: str(values[hole[1]]), text)


@cache
def words(language: str) -> Words:
    return Words(language)
