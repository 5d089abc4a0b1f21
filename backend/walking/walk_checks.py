"""What a walk can have been. Pure.

The limits are ours: wide enough for any walk of somebody with a sore back, tight enough to catch a
timer that was left running.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from backend.core.errors import Problems
from backend.core.moments import moment_problems

SHORTEST, LONGEST = 60, 480 * 60  # seconds
LONGEST_SPAN = timedelta(hours=24)
FASTEST = 4  # metres a second: a run
QUICKEST = 5  # steps a second
MOST_POINTS = 5000
OVER_BY = 60  # seconds; a timer is not stopped to the second
MOST_LATITUDE, MOST_LONGITUDE = 90, 180


@dataclass(frozen=True, kw_only=True)
class Values:
    """What a phone says about a walk; what is left out is empty. `seconds`: by default all the time
    between start and end. The rest is named and measured as in the model."""

    started_at: datetime
    ended_at: datetime
    seconds: int | None = None
    backward_seconds: int = 0
    planned_minutes: int | None = None
    chosen_minutes: int | None = None
    purpose: str = "walk"
    source: str = "timer"
    stopped: str = ""
    distance_m: int | None = None
    steps: int | None = None
    track: Sequence[Sequence[float]] | None = None
    checklist: Sequence[str] = ()
    note: str = ""

    @property
    def span(self) -> timedelta:
        return self.ended_at - self.started_at

    @property
    def walked(self) -> int:
        """Seconds."""
        return round(self.span.total_seconds()) if self.seconds is None else self.seconds


def problems_of(values: Values, *, now: datetime) -> Problems:
    """Everything about times and measures that can't be, by field."""
    times = moment_problems("started_at", values.started_at, now=now)
    times |= moment_problems("ended_at", values.ended_at, now=now)
    if times:
        return times
    if values.span <= timedelta():
        return {"ended_at": ["A walk ends after its start."]}
    if values.span > LONGEST_SPAN:
        return {"ended_at": ["A walk ends within 24 hours."]}
    return _measures(values)


def _measures(values: Values) -> Problems:
    walked, found = values.walked, Problems()
    if not SHORTEST <= walked <= LONGEST:
        found["seconds"] = [f"A walk takes {SHORTEST // 60} to {LONGEST // 60} minutes."]
    elif timedelta(seconds=walked - 1) >= values.span:
        found["seconds"] = ["That is longer than from the start to the end."]
    if not 0 <= values.backward_seconds <= walked:
        found["backward_seconds"] = ["Steps backward are a part of the walk."]
    for name in ("planned_minutes", "chosen_minutes"):
        minutes = getattr(values, name)
        if minutes is not None and not 1 <= minutes <= LONGEST // 60:
            found[name] = [f"Name 1 to {LONGEST // 60} minutes."]
    if not 0 <= (values.distance_m or 0) <= FASTEST * walked:
        found["distance_m"] = ["Nobody walks so far in that time."]
    if not 0 <= (values.steps or 0) <= QUICKEST * walked:
        found["steps"] = ["Nobody takes so many steps in that time."]
    return found | _track(values)


def _track(values: Values) -> Problems:
    points = values.track or ()
    if len(points) > MOST_POINTS:
        return {"track": [f"A track has room for {MOST_POINTS} points."]}
    longest = values.span.total_seconds() + 1
    if not all(_is_point(point, longest) for point in points):
        return {"track": ["A point is [latitude, longitude, seconds since the start]."]}
    return {}


def _is_point(point: Any, longest: float) -> bool:
    # A `bool` is an `int` to Python, and no place.
    if len(point) != 3 or not all(type(one) in {int, float} for one in point):  # noqa: PLR2004
        return False
    latitude, longitude, seconds = point
    somewhere = abs(latitude) <= MOST_LATITUDE and abs(longitude) <= MOST_LONGITUDE
    return bool(somewhere and 0 <= seconds <= longest)


def over_cap(*, seconds: int, planned_minutes: int | None) -> bool:
    """Whether it was longer than planned by at least a minute."""
    return planned_minutes is not None and seconds >= planned_minutes * 60 + OVER_BY
