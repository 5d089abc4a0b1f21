"""A kind that waits for the end of quiet hours. None that a person can plan does, so far."""

from collections.abc import Mapping
from datetime import timedelta

from backend.push.sending import Urgency
from backend.reminders import registry

WORDS = ("Backstep", "A question that has waited.")


class Question(registry.Kind):
    def words(
        self,
        *,
        language: str,
        details: bool,
        turn: int,
        facts: Mapping[str, str] = registry.NO_FACTS,
    ) -> tuple[str, str]:
        return WORDS


QUESTION = Question(
    name="evening", ttl=timedelta(hours=2), urgency=Urgency.NORMAL, defers=True, settable=False
)
