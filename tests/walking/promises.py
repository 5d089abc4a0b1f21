"""What no plan may ever do, told from its weeks alone."""

from datetime import timedelta

from backend.walking import rules
from backend.walking.course import Change, Standing
from backend.walking.rules import Light

WEEK = timedelta(weeks=1)


def rises(found: Standing) -> list[Change]:
    """The changes that ask for more: more minutes, or a day more."""
    changes = [change for week in found.weeks for change in week.changes]
    return [one for one in changes if one.minutes > one.before or one.code == "more_days"]


def rises_too_early(found: Standing) -> list[Change]:
    """Rises right after a week with a red walk, or before its three easy sessions are walked."""
    walks = [one for week in found.weeks for one in week.sessions]
    reds = [one.day for one in walks if one.light is Light.RED]
    early = []
    for change in rises(found):
        red_on = max((day for day in reds if day < change.on), default=None)
        if red_on is None:
            continue
        since = [one for one in walks if red_on < one.day < change.on]
        if red_on >= change.on - WEEK or len(since) < rules.EASY_SESSIONS:
            early.append(change)
    return early
