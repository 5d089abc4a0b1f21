"""When to ask how a walk was taken, and which scores answer it. Pure.

Pain can rise hours after a walk [S], so it is asked about later on the day and the next morning,
and after a day where the morning was worse. The moments and their windows are rules of ours:

- later: four hours after the walk's end; a score two to eight hours after it answers.
- morning: at 08:00; a score between 04:00 and 14:00 answers. The morning is that of the night
  after the walk: who comes home at half past midnight has it the same day.
- day_after: a day after the end; a score 20 to 36 hours after it answers.

None is asked in quiet hours. One that would be is asked at the nearer end of them that lies in its
window; where neither does, it is left out, and the next question covers it.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from backend.reminders.rules import in_quiet_hours, instant, quiet_end

LATER, MORNING, DAY_AFTER = "later", "morning", "day_after"

DAY = timedelta(days=1)
LATER_AFTER, LATER_FROM, LATER_TO = timedelta(hours=4), timedelta(hours=2), timedelta(hours=8)
MORNING_AT, MORNING_FROM, MORNING_TO = time(8), time(4), time(14)
DAY_FROM, DAY_TO = timedelta(hours=20), timedelta(hours=36)
# Who walks in the morning is not asked twice within minutes the next day.
BETWEEN = timedelta(hours=3)

# Who has set no quiet hours is not asked at night either.
NIGHT = (time(22), time(7))
# A question is put just before quiet hours, so that it still arrives when a worker is late.
LEAD = timedelta(minutes=15)

Window = tuple[datetime, datetime]


def window(which: str, ended_at: datetime, tz: ZoneInfo) -> Window:
    """From when (included) until when (not included) a score answers `which`, in UTC."""
    ended_at = ended_at.astimezone(UTC)  # in a zone, hours would be counted on its clocks
    if which == DAY_AFTER:
        return ended_at + DAY_FROM, ended_at + DAY_TO
    day = _morning_of(ended_at, tz)
    morning = _on(day, MORNING_FROM, tz), _on(day, MORNING_TO, tz)
    if which == MORNING:
        return morning
    start = ended_at + LATER_FROM
    return start, max(start, min(ended_at + LATER_TO, morning[0]))


def times(
    ended_at: datetime,
    *,
    tz: ZoneInfo,
    quiet_from: time | None,
    quiet_to: time | None,
    scored_at: datetime | None = None,
) -> dict[str, datetime]:
    """When each question is due, in UTC; those that can't be asked are left out.

    `scored_at`: when the morning's was answered, where it was.
    """
    ended_at = ended_at.astimezone(UTC)
    quiet = NIGHT if quiet_from is None or quiet_to is None else (quiet_from, quiet_to)
    morning = _on(_morning_of(ended_at, tz), MORNING_AT, tz)
    day_after = max(ended_at + DAY, (scored_at or morning) + BETWEEN)
    wanted = {
        LATER: ended_at + LATER_AFTER,
        MORNING: morning,
        DAY_AFTER: min(day_after, ended_at + DAY_TO - LEAD),
    }
    found = {}
    for which, at in wanted.items():
        start, end = window(which, ended_at, tz)
        possible = _outside(at, tz, *quiet, waits=which == MORNING)
        due = next((moment for moment in possible if start <= moment < end), None)
        if due is not None:
            found[which] = due
    return found


def _outside(at: datetime, tz: ZoneInfo, start: time, end: time, *, waits: bool) -> list[datetime]:
    """`at`, or both ends of the quiet hours that it lies in, the wanted one first."""
    if not in_quiet_hours(at, tz, start, end):
        return [at]
    before, after = _quiet_start(at, tz, start) - LEAD, quiet_end(at, tz, start, end)
    ends = [after, before] if waits else [before, after]
    return [moment for moment in ends if not in_quiet_hours(moment, tz, start, end)]


def _quiet_start(at: datetime, tz: ZoneInfo, start: time) -> datetime:
    """The latest time that quiet hours began by `at`."""
    today = at.astimezone(tz).date()
    began = (_on(day, start, tz) for day in (today, today - DAY))
    return next(moment for moment in began if moment <= at)


def _morning_of(ended_at: datetime, tz: ZoneInfo) -> date:
    local = ended_at.astimezone(tz)
    return local.date() + (local.time() >= MORNING_FROM) * DAY


def _on(day: date, at: time, tz: ZoneInfo) -> datetime:
    return instant(datetime.combine(day, at), tz)
