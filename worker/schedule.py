"""What beat starts, and how often. Every entry expires before the next one comes, so that nothing
piles up while workers are away."""

from datetime import datetime, timedelta
from typing import Any

from celery.schedules import schedstate, schedule

DAY = timedelta(days=1)
BELOW = 0.9


class OnTheClock(schedule):
    """Every so often, at whole multiples of it on the clock.

    Reminders are due at full minutes. A tick that comes right then, not some seconds later, finds
    them at once.
    """

    run_every: timedelta

    def is_due(self, last_run_at: datetime) -> schedstate:
        now = self.now()
        is_due = self._after(last_run_at) <= now
        following = self._after(now)
        return schedstate(is_due=is_due, next=(following - now).total_seconds())

    def _after(self, moment: datetime) -> datetime:
        every = self.run_every.total_seconds()
        seconds = (moment.timestamp() // every + 1) * every
        return datetime.fromtimestamp(seconds, tz=moment.tzinfo)


def beat_schedule(*, tick_seconds: int, nightly_seconds: int) -> dict[str, dict[str, Any]]:
    tick, nightly = timedelta(seconds=tick_seconds), timedelta(seconds=nightly_seconds)
    return {
        "tick": _every("worker.tasks.reminders.tick", tick, at=OnTheClock(tick)),
        "nightly": _every("worker.tasks.pain.nightly", nightly, at=OnTheClock(nightly)),
        "prune": _every("worker.tasks.upkeep.prune", DAY, at=schedule(DAY)),
    }


def _every(task: str, interval: timedelta, *, at: schedule) -> dict[str, Any]:
    expires = interval.total_seconds() * BELOW
    return {"task": task, "schedule": at, "options": {"expires": expires}}
