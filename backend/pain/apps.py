from typing import TYPE_CHECKING, Any

from django.apps import AppConfig

if TYPE_CHECKING:
    from datetime import datetime

    from backend.accounts.models import Person
    from backend.safety.models import SymptomCheck


class PainConfig(AppConfig):
    name = "backend.pain"

    def ready(self) -> None:
        from backend.accounts.signals import evening_check_moved, time_zone_changed
        from backend.core import personal
        from backend.pain.kinds import CHECK_IN, MEASURE, STEP_UP, UNRESOLVED_PAIN
        from backend.pain.models import Episode, EveningPrompt, Flare, Measure, PainEntry
        from backend.reminders.registry import register
        from backend.safety.signals import check_saved

        register(CHECK_IN)
        register(UNRESOLVED_PAIN)
        register(STEP_UP)
        register(MEASURE)
        time_zone_changed.connect(_replan, dispatch_uid="pain")
        time_zone_changed.connect(_replan_flares, dispatch_uid="flares")
        evening_check_moved.connect(_replan, dispatch_uid="pain")
        check_saved.connect(_look_at_check, dispatch_uid="pain")
        personal.register(
            PainEntry,
            fields=(
                "id", "score", "at", "began_on", "places", "worse", "better", "sleep", "note",
                "walk_id", "walk_moment", "episode_id", "created_at",
            ),
        )  # fmt: skip
        personal.register(
            Episode,
            fields=(
                "id", "onset_at", "began_on", "stated_on", "closed_at", "closed_as", "clinician",
                "seen_on", "flagged_at", "created_at",
            ),
        )  # fmt: skip
        personal.register(
            EveningPrompt,
            fields=(
                "id", "episode_id", "evening", "asked_at", "answer", "answered_at", "created_at",
            ),
        )  # fmt: skip
        personal.register(
            Flare, fields=("id", "began_at", "ended_at", "resume_percent", "created_at")
        )
        personal.register(Measure, fields=("id", "kind", "at", "answers", "mean", "created_at"))


def _replan(*, person: "Person", now: "datetime", **_: Any) -> None:
    from backend.pain.episodes import replan

    replan(person, now=now)


def _replan_flares(*, person: "Person", now: "datetime", **_: Any) -> None:
    from backend.pain.flares import replan

    replan(person=person, now=now)


def _look_at_check(*, check: "SymptomCheck", now: "datetime", **_: Any) -> None:
    from backend.pain.flags import warning_sign_found

    warning_sign_found(check=check, now=now)
