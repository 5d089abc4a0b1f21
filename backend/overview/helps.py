"""What might help: cautious counts of days, no more. Pure.

They say what went together, not what caused what: who hurts less walks more, too. So no effect is
computed, days of a flare stay in (they are pain like other pain), and small numbers say nothing.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median

from backend.pain.days import Calendar, by_day

DAY = timedelta(days=1)
WEEKS = 8  # older days tell of another back
DAYS_NEEDED = 14
# On either side of a comparison: with fewer, one chance day shifts its share by more than a fifth.
FEWEST_DAYS = 5
FEWEST_NAMED = 3

GOOD, BAD = "good", "bad"
SLEEPS = (GOOD, "broken", BAD)


@dataclass(frozen=True, kw_only=True)
class Note:
    """What one entry of the diary says. `sleep` may be empty, `better` holds ids."""

    at: datetime
    score: int
    sleep: str = ""
    better: Collection[str] = ()


@dataclass(frozen=True)
class Count:
    """On `good` of so many days pain was at or below what is usual for the person."""

    good: int
    of: int


@dataclass(frozen=True)
class Finding:
    factor: str
    present: Count
    absent: Count


@dataclass(frozen=True)
class Named:
    better: str
    days: int
    of: int


@dataclass(frozen=True)
class Helps:
    """`ready`: there are enough days to say anything at all."""

    days_so_far: int
    findings: Sequence[Finding] = ()
    named: Sequence[Named] = ()

    @property
    def ready(self) -> bool:
        return self.days_so_far >= DAYS_NEEDED


def helps(notes: Iterable[Note], walks: Collection[date], calendar: Calendar) -> Helps:
    """From the notes of the last weeks and the days with a walk, whatever their order."""
    notes = list(notes)
    days = by_day(((note.at, note.score) for note in notes), calendar)
    if len(days) < DAYS_NEEDED:
        return Helps(days_so_far=len(days))
    # Each day counts once, however much was written on it.
    usual = median(day.typical for day in days)
    good = {day.date: day.typical <= usual for day in days}
    compared = (
        _compare("walk", _after_walks(good, walks), good),
        *_by_sleep(notes, good, calendar),
    )
    return Helps(
        days_so_far=len(days),
        findings=[finding for finding in compared if finding],
        named=_named(notes, len(days), calendar),
    )


def _after_walks(good: Iterable[date], walks: Collection[date]) -> dict[date, bool]:
    """Pain can rise hours after a walk, so it is the day after it that tells."""
    return {day: day - DAY in walks for day in good}


def _by_sleep(
    notes: Iterable[Note], good: Mapping[date, bool], calendar: Calendar
) -> list[Finding | None]:
    """Only among days on which somebody said how the night was: silence is not a good night."""
    nights: dict[date, str] = {}
    for note in notes:
        if note.sleep in SLEEPS:
            day = calendar.day(note.at)
            nights[day] = max(nights.get(day, GOOD), note.sleep, key=SLEEPS.index)
    return [
        _compare(f"sleep_{word}", {day: night == word for day, night in nights.items()}, good)
        for word in (GOOD, BAD)
    ]


def _compare(
    factor: str, present: Mapping[date, bool], good: Mapping[date, bool]
) -> Finding | None:
    """`present`: whether there was such a thing on a day. None where days are too few to tell."""
    with_it = [good[day] for day, was_there in present.items() if was_there]
    without = [good[day] for day, was_there in present.items() if not was_there]
    if min(len(with_it), len(without)) < FEWEST_DAYS:
        return None
    return Finding(factor, present=_count(with_it), absent=_count(without))


def _count(days: Sequence[bool]) -> Count:
    return Count(good=sum(days), of=len(days))


def _named(notes: Iterable[Note], of: int, calendar: Calendar) -> list[Named]:
    """What the person themselves said made it better, the most often named first."""
    said = {(better, calendar.day(note.at)) for note in notes for better in note.better}
    counts = Counter(better for better, _ in said)
    often = [Named(better, days, of) for better, days in counts.items() if days >= FEWEST_NAMED]
    return sorted(often, key=lambda one: (-one.days, one.better))
