"""What beat starts, and how often. Every entry expires before the next one comes, so that nothing
piles up while workers are away."""

from datetime import timedelta
from typing import Any

DAY = timedelta(days=1)
BELOW = 0.9


def beat_schedule(*, tick_seconds: int) -> dict[str, dict[str, Any]]:
    return {
        "tick": _every("worker.tasks.reminders.tick", timedelta(seconds=tick_seconds)),
        "prune": _every("worker.tasks.upkeep.prune", DAY),
    }


def _every(task: str, interval: timedelta) -> dict[str, Any]:
    expires = interval.total_seconds() * BELOW
    return {"task": task, "schedule": interval, "options": {"expires": expires}}
