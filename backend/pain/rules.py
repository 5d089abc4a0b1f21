"""The diary's calendar, and where an episode begins and ends.

Pure: the zone, the moment and the person's own day end are passed in.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from backend.reminders.rules import instant

DAY = timedelta(days=1)


def day_start(day: date, tz: ZoneInfo, ends_at: int) -> datetime:
    """When the diary's `day` begins, in UTC: at the hour `ends_at`, until which the last one goes.

    Where the clocks skip that hour it begins right after the gap, where they repeat it at the first
    pass: every moment lies in exactly one day, and the days follow one another.
    """
    return instant(datetime.combine(day, time(ends_at)), tz)


def diary_day(at: datetime, tz: ZoneInfo, ends_at: int) -> date:
    """The day of the diary that the moment `at` (aware) belongs to.

    With `ends_at` 3, what is written at half past two belongs to the evening before.
    """
    day = at.astimezone(tz).date()
    if at < day_start(day, tz, ends_at):
        return day - DAY
    # Clocks put back may show an hour before the day's end again: the day that began stays begun.
    return day + DAY if at >= day_start(day + DAY, tz, ends_at) else day


LOW = 1  # up to here there is no pain to speak of
SETTLED_DAYS = 7
BETTER_WITHIN = timedelta(hours=24)
NOON = time(12)

Scores = Sequence[tuple[datetime, int]]


def onset(*, stated_on: date | None, first_at: datetime, tz: ZoneInfo) -> tuple[datetime, date]:
    """When an episode began, and the local date of that: day 1.

    The first painful score, unless the person said that it began on an earlier day. A day is no
    moment: it counts from noon.
    """
    first_on = first_at.astimezone(tz).date()
    if stated_on is None or stated_on >= first_on:
        return first_at, first_on
    return instant(datetime.combine(stated_on, NOON), tz), stated_on


def better_since(scores: Scores, answered: Iterable[datetime]) -> datetime | None:
    """The score of 0 or 1 that followed the answer "better" and so closes the episode, if any.

    `scores` in order. It is the first score after the answer that counts, within a day of it; and
    pain that came back later means that it was not over.
    """
    for moment in answered:
        after = [(at, score) for at, score in scores if at >= moment]
        if not after or after[0][0] - moment > BETTER_WITHIN:
            continue
        if all(score <= LOW for _, score in after):
            return after[0][0]
    return None


def settled_since(scores: Scores, day_of: Callable[[datetime], date]) -> datetime | None:
    """The score that completed seven days of 0 or 1, if the episode ends with so many.

    Only days with an entry count: a day without one is unknown, neither good nor bad.
    """
    days: set[date] = set()
    for at, score in reversed(scores):
        if score > LOW:
            break
        days.add(day_of(at))
    return scores[-1][0] if len(days) >= SETTLED_DAYS else None
