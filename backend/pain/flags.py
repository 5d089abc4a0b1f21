"""What a symptom check means for an open episode."""

from datetime import datetime

from backend.accounts.services import person_lock
from backend.pain import episodes
from backend.safety.models import Level, SymptomCheck

WARNING = (Level.SAME_DAY, Level.EMERGENCY)


def warning_sign_found(*, check: SymptomCheck, now: datetime) -> None:
    """A warning sign that no earlier check had is asked about on the next evening, also where days
    are not counted any more. Runs in the transaction that stores the check."""
    owner = person_lock(person_id=check.owner_id)
    episode = episodes.open_episode(owner)
    if episode is None or check.level not in WARNING or not _is_new(check):
        return
    episode.flagged_at = max(check.at, episode.flagged_at or check.at)
    episodes.plan(episode, owner, now=now)


def _is_new(check: SymptomCheck) -> bool:
    earlier = SymptomCheck.objects.filter(owner_id=check.owner_id, at__lt=check.at)
    known = {name for names in earlier.values_list("symptoms", flat=True) for name in names}
    return not set(check.symptoms) <= known
