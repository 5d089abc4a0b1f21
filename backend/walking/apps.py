from typing import TYPE_CHECKING, Any

from django.apps import AppConfig

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from backend.accounts.models import Person
    from backend.pain.signals import Stood


class WalkingConfig(AppConfig):
    name = "backend.walking"

    def ready(self) -> None:
        from backend.accounts.signals import time_zone_changed
        from backend.core import content, personal
        from backend.pain.signals import scores_changed
        from backend.reminders.registry import register
        from backend.walking import bundle
        from backend.walking.kinds import FOLLOW_UP, WALK
        from backend.walking.models import (
            BackwardUnlock,
            Clearance,
            FollowUp,
            GateAnswers,
            Walk,
            WalkPlan,
        )

        register(WALK)
        register(FOLLOW_UP)
        time_zone_changed.connect(_replan, dispatch_uid="walking")
        scores_changed.connect(_look_again, dispatch_uid="walking")
        content.contribute(self.name, bundle.part)
        personal.register(
            GateAnswers, fields=("id", "yes", "wording", "language", "at", "created_at")
        )
        personal.register(Clearance, fields=("id", "at", "clinician", "seen_on", "created_at"))
        personal.register(
            WalkPlan,
            fields=(
                "id", "started_on", "tolerance", "tolerance_from", "walks_already", "choices", "at",
                "created_at",
            ),
        )  # fmt: skip
        personal.register(
            Walk,
            fields=(
                "id", "started_at", "ended_at", "seconds", "backward_seconds", "planned_minutes",
                "chosen_minutes", "purpose", "source", "stopped", "distance_m", "steps", "track",
                "checklist", "note", "created_at",
            ),
        )  # fmt: skip
        personal.register(
            FollowUp,
            fields=("id", "walk_id", "which", "due_at", "felt", "answered_at", "created_at"),
        )
        personal.register(
            BackwardUnlock,
            fields=(
                "id", "stand_seconds", "over_65", "clinician", "seen_on", "at", "created_at",
            ),
        )  # fmt: skip


def _replan(*, person: "Person", now: "datetime", **_: Any) -> None:
    from backend.walking.followups import replan

    replan(person=person, now=now)


def _look_again(*, person: "Person", places: "Sequence[Stood]", now: "datetime", **_: Any) -> None:
    from backend.walking.followups import scores_changed

    scores_changed(person=person, places=places, now=now)
