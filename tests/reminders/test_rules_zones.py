"""Every zone of the world, 2024 to 2035: rules.py against the slow oracle, at every jump.

Zones that make the same jumps are one group and are tried once: a rule sees nothing of a zone but
its offsets.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo, available_timezones

import pytest

from backend.accounts.zones import NO_PLACE
from backend.reminders.rules import Schedule, instant, latest_due, next_due, parse_schedule
from tests.reminders.oracle import DAY, HOUR, MINUTE, Jump, Walk, alike, jumps

SECOND = timedelta(seconds=1)
AROUND = 27 * HOUR
EVERY_DAY = set(range(7))
PARTS = 8  # all of them in one test would take longer than one test may on a busy machine


@dataclass(frozen=True)
class Case:
    """A schedule, and the same as plain minutes for the oracle: those past midnight are carried."""

    schedule: Schedule
    days: set[int]
    minutes: set[int]
    carried: set[int]


def clock(at: datetime) -> str:
    return f"{at:%H:%M}"


def minute(at: datetime) -> int:
    return at.hour * 60 + at.minute


def times(*at: datetime) -> Case:
    found = sorted({clock(one) for one in at})
    schedule = parse_schedule({"days": sorted(EVERY_DAY), "times": found})
    return Case(schedule, EVERY_DAY, {minute(one) for one in at}, set())


def window(
    start: datetime,
    end: datetime,
    every: int,
    *,
    days: set[int] = EVERY_DAY,
    spare: tuple[datetime, datetime] | None = None,
) -> Case:
    """`start` to `end`, less than a day later, without the minutes in [spare)."""
    spares = [[clock(spare[0]), clock(spare[1])]] if spare else []
    asked = {
        "days": sorted(days), "from": clock(start), "to": clock(end), "every_minutes": every,
        "except": spares,
    }  # fmt: skip
    steps = [start + step * MINUTE for step in range(0, (end - start) // MINUTE + 1, every)]
    kept = [one for one in steps if not (spare and spare[0] <= one < spare[1])]
    return Case(
        parse_schedule(asked),
        days,
        {minute(one) for one in kept if one.date() == start.date()},
        {minute(one) for one in kept if one.date() != start.date()},
    )


def cases(jump: Jump) -> Iterator[Case]:
    """What is due around the edges of a gap or of a time that happens twice."""
    low, high = sorted((jump.before, jump.after))
    middle = low + (high - low) // 2
    edges = [low - MINUTE, low, low + MINUTE, middle, high - MINUTE, high, high + MINUTE]
    yield times(*edges)
    yield from (times(edge) for edge in edges)
    yield window(low - 2 * HOUR, high + 2 * HOUR, 5)
    yield window(low - 2 * HOUR, high + 2 * HOUR, 7, spare=(middle, high))
    yield window(middle, middle + DAY - MINUTE, 45)
    yield window(high - 90 * MINUTE, high + 3 * HOUR, 30, days={low.weekday()})
    yield window(low - 8 * HOUR, high + 3 * HOUR, 20, days={(low - 8 * HOUR).weekday()})


def moments(jump: Jump, slots: list[datetime]) -> set[datetime]:
    """The boundary minutes: at, before and after each edge and each slot near the jump."""
    width = abs(jump.after - jump.before)
    edges = [jump.at + half * width / 2 for half in range(-4, 5)]
    edges += [slot for slot in slots if abs(slot - jump.at) <= width + HOUR]
    steps = [timedelta(), SECOND, -SECOND, MINUTE, -MINUTE]
    return {edge + step for edge in edges for step in steps}


def fired(schedule: Schedule, tz: ZoneInfo, walk: Walk) -> Iterator[datetime]:
    """What really goes out: each slot, then the one after it."""
    at = next_due(schedule, tz, walk.start)
    while at is not None and at <= walk.end:
        yield at
        at = next_due(schedule, tz, at)


def disagreements(case: Case, tz: ZoneInfo, jump: Jump, walk: Walk) -> list[str]:
    slots = walk.slots(case.days, case.minutes, carried=case.carried)
    wrong = [] if slots == list(fired(case.schedule, tz, walk)) else ["another row of slots"]
    for at in moments(jump, slots):
        ahead = bisect_right(slots, at)
        following = next_due(case.schedule, tz, at)
        latest = latest_due(case.schedule, tz, at)
        assert following is not None
        assert latest is not None
        if not agrees(following, slots[ahead : ahead + 1], walk):
            wrong.append(f"after {at}: {following}")
        if not agrees(latest, slots[max(ahead - 1, 0) : ahead], walk):
            wrong.append(f"until {at}: {latest}")
    return wrong


def agrees(found: datetime, wanted: list[datetime], walk: Walk) -> bool:
    """Where the oracle knows of none, it must lie where the oracle did not walk."""
    return [found] == wanted if wanted else not walk.start < found <= walk.end


def every_jump() -> Iterator[tuple[str, Jump]]:
    for offsets, names in alike().items():
        yield from ((names[0], jump) for jump in jumps(offsets))


def test_the_groups_hold_every_zone_of_the_tz_database() -> None:
    named = sorted(name for names in alike().values() for name in names)
    assert named == sorted(available_timezones() - NO_PLACE)


def test_the_jumps_found_are_those_of_the_clocks() -> None:
    for name, jump in every_jump():
        tz = ZoneInfo(name)
        shown = [(jump.at - SECOND).astimezone(tz), jump.at.astimezone(tz)]
        assert [one.replace(tzinfo=None) for one in shown] == [jump.before - SECOND, jump.after]


@pytest.mark.parametrize("part", range(PARTS))
def test_around_every_jump_nothing_is_skipped_and_nothing_fires_twice(part: int) -> None:
    wrong = {}
    for name, jump in islice(every_jump(), part, None, PARTS):
        tz = ZoneInfo(name)
        walk = Walk(tz, jump.at - AROUND, jump.at + AROUND)
        for case in cases(jump):
            if found := disagreements(case, tz, jump, walk):
                wrong[f"{name} {jump.at} {case.schedule.as_dict()}"] = found
    assert wrong == {}


def test_every_minute_on_the_wall_has_the_instant_that_the_oracle_finds() -> None:
    for name, jump in every_jump():
        tz = ZoneInfo(name)
        walk = Walk(tz, jump.at - 4 * HOUR, jump.at + 4 * HOUR)
        assert {wall: instant(wall, tz) for wall in walk.fires} == walk.fires, (name, jump)


@pytest.mark.parametrize("year", range(2024, 2036))
def test_where_the_clocks_never_jump_a_day_is_a_day(year: int) -> None:
    schedule = parse_schedule({"days": sorted(EVERY_DAY), "times": ["00:00", "23:59"]})
    for offsets, names in alike().items():
        if len(offsets) == 1:
            midnight = datetime(year, 2, 28, tzinfo=UTC) - offsets[0][1]
            slots = [midnight, midnight + DAY - MINUTE, midnight + DAY, midnight + 2 * DAY - MINUTE]
            tz = ZoneInfo(names[0])
            assert [next_due(schedule, tz, at - SECOND) for at in slots] == slots
