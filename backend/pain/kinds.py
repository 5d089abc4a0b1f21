"""The daily question how a back is, and the evening question about pain that stays."""

from collections.abc import Sequence
from datetime import timedelta

from backend.core.errors import NotFound
from backend.pain import flares, prompts
from backend.pain.measures import measure_times
from backend.pain.models import PromptAnswer
from backend.pain.selectors import score_times, why_not_ask
from backend.push.sending import Urgency
from backend.reminders.registry import (
    OPEN,
    SKIP_TODAY,
    SNOOZE_15,
    SNOOZE_60,
    Answered,
    Kind,
    Moment,
)

CHECK_IN = Kind(
    name="check_in",
    ttl=timedelta(hours=3),
    urgency=Urgency.NORMAL,
    done=score_times,
    answers=(SNOOZE_15, SNOOZE_60, SKIP_TODAY),  # what it asks for is a score, given in the app
    quick=(OPEN, SNOOZE_60),
    in_flare=True,
)


def _still_unresolved(moments: Sequence[Moment]) -> Sequence[str]:
    return why_not_ask([moment.subject_id for moment in moments])


def _note_answer(answered: Answered) -> None:
    if answered.answer not in PromptAnswer.values or answered.subject_id is None:
        return
    try:
        prompts.prompt_answer(
            id=answered.subject_id,
            owner=answered.person,
            answer=answered.answer,
            at=answered.at,
            now=answered.at,
        )
    except NotFound:
        return  # the scores it was about have been deleted since


UNRESOLVED_PAIN = Kind(
    name=prompts.KIND,
    ttl=timedelta(hours=20),
    urgency=Urgency.HIGH,
    safety=True,
    settable=False,
    relevance=_still_unresolved,
    screen="/evening/{subject}",
    answers=(*PromptAnswer.values, SNOOZE_60),
    quick=(PromptAnswer.BETTER, PromptAnswer.NOT_BETTER),
    on_answer=_note_answer,
)

STEP_UP = Kind(
    name=flares.STEP_UP,
    ttl=timedelta(hours=12),
    urgency=Urgency.NORMAL,
    defers=True,
    suggested=True,
    settable=False,
    in_flare=True,
    path="/flare",
    screen="/flare",
    relevance=flares.still_asked,
    answers=(flares.READY, flares.NOT_YET),
    quick=(flares.READY, flares.NOT_YET),
    on_answer=flares.on_answer,
)

MEASURE = Kind(
    name="measure",
    ttl=timedelta(hours=12),
    urgency=Urgency.LOW,
    defers=True,
    in_flare=True,
    path="/diary/measures",
    done=measure_times,
    answers=CHECK_IN.answers,
    quick=CHECK_IN.quick,
)
