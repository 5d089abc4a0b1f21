"""What the name of a zone means, for calendars that do not know it (RFC 5545, VTIMEZONE).

The library has this too, but not right (icalendar 7.3): it misses what lasts only some weeks, such
as Morocco's Ramadan, and names the beginning of summer time by the clock after it, not before.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

from backend.reminders import rules

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)


@dataclass(frozen=True)
class Observance:
    """What the clocks do after a jump, and what they did before it."""

    offset_before: timedelta
    offset: timedelta
    label: str
    summer: bool


@lru_cache(maxsize=64)
def explained(name: str, *, first: int, last: int) -> Timezone:
    """`name` from the year `first` until `last` begins."""
    tz, zone = ZoneInfo(name), Timezone()
    zone.add("TZID", name)
    start, end = datetime(first, 1, 1, tzinfo=UTC) - DAY, datetime(last, 1, 1, tzinfo=UTC)
    onsets: dict[Observance, list[datetime]] = defaultdict(list)
    for at in [start, *rules.jumps(tz, start, end)]:
        before, after = (at - SECOND).astimezone(tz), at.astimezone(tz)
        onset = before.replace(tzinfo=None, fold=0) + SECOND  # by the clock as it was
        onsets[_observance(before, after)].append(onset)
    for observance, dates in onsets.items():
        zone.add_component(_part(observance, dates))
    return zone


def _observance(before: datetime, after: datetime) -> Observance:
    return Observance(
        before.utcoffset() or timedelta(),
        after.utcoffset() or timedelta(),
        after.tzname() or "",
        bool(after.dst()),
    )


def _part(observance: Observance, onsets: list[datetime]) -> TimezoneStandard | TimezoneDaylight:
    part = TimezoneDaylight() if observance.summer else TimezoneStandard()
    part.TZOFFSETFROM, part.TZOFFSETTO = observance.offset_before, observance.offset
    part.add("TZNAME", observance.label)
    part.DTSTART, *part.rdates = onsets
    return part
