"""A second, slow opinion on when a reminder fires, and where the clocks of the world jump.

Nothing here is shared with backend.reminders.rules: the oracle walks from minute to minute and
looks at the clock.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo
from functools import cache
from itertools import groupby, pairwise
from zoneinfo import ZoneInfo, available_timezones

from backend.accounts.zones import NO_PLACE

FIRST, LAST = datetime(2024, 1, 1), datetime(2036, 1, 1)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
CLOCK = [time(minute // 60, minute % 60) for minute in range(24 * 60)]


@dataclass(frozen=True)
class Jump:
    """The clocks are put from `before` to `after` (both naive) at `at`."""

    at: datetime
    before: datetime
    after: datetime


Offsets = tuple[tuple[datetime, timedelta], ...]


@cache
def alike() -> dict[Offsets, list[str]]:
    """Every zone, by the jumps it makes in these years and the offsets between them."""
    hours = (LAST - FIRST) // HOUR
    clock = [FIRST + hour * HOUR for hour in range(hours)]
    found = defaultdict(list)
    for name in sorted(available_timezones() - NO_PLACE):
        found[_offsets(ZoneInfo(name), clock)].append(name)
    return found


def _offsets(tz: ZoneInfo, clock: list[datetime]) -> Offsets:
    """From which second on (UTC) which offset holds."""
    runs = [(next(run), offset) for offset, run in groupby(clock, key=tz.utcoffset)]
    known = [(start, offset) for start, offset in runs if offset is not None]
    starts = [FIRST.replace(tzinfo=UTC)]
    for (_, before), (start, after) in pairwise(known):
        low, high = start - max(before, after) - HOUR, start - min(before, after)
        starts.append(_bisect(tz, low.replace(tzinfo=UTC), high.replace(tzinfo=UTC), before))
    return tuple(zip(starts, (offset for _, offset in known), strict=True))


def _bisect(tz: tzinfo, low: datetime, high: datetime, before: timedelta) -> datetime:
    """The first second in (low, high] that does not have the offset `before`."""
    while high - low > timedelta(seconds=1):
        middle = (low + (high - low) // 2).replace(microsecond=0)
        same = middle.astimezone(tz).utcoffset() == before
        low, high = (middle, high) if same else (low, middle)
    return high


def jumps(offsets: Offsets) -> list[Jump]:
    return [
        Jump(at, (at + before).replace(tzinfo=None), (at + after).replace(tzinfo=None))
        for (_, before), (at, after) in pairwise(offsets)
    ]


class Walk:
    """`fires`: for every time on the wall, the first minute at which the clock has got there."""

    def __init__(self, tz: ZoneInfo, start: datetime, end: datetime) -> None:
        self.start, self.end = start, end
        self.fires: dict[datetime, datetime] = {}
        now, reached = start, _wall(start, tz)
        while now < end:
            now += MINUTE
            wall = _wall(now, tz)
            while reached < wall:
                reached += MINUTE
                self.fires[reached] = now
        self.days = sorted({wall.date() for wall in self.fires})

    def slots(self, days: set[int], minutes: set[int], *, carried: set[int]) -> list[datetime]:
        """When those times of day are due; `carried` ones belong to the day before."""
        found: list[datetime] = []
        for day in self.days:
            for of, on in ((minutes, day), (carried, day - DAY)):
                if on.weekday() in days:
                    walls = (datetime.combine(day, CLOCK[minute]) for minute in of)
                    found += [self.fires[wall] for wall in walls if wall in self.fires]
        return [at for at, _ in groupby(sorted(found))]  # those in one gap are one


def _wall(at: datetime, tz: ZoneInfo) -> datetime:
    return at.astimezone(tz).replace(tzinfo=None)
