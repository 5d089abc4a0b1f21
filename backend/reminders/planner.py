"""Send, ask, wait or skip: what becomes of a delivery at the moment it would leave.

One pure rule for every kind of reminder. Whoever calls it has gathered the facts
(`backend.reminders.facts`). docs/reminders.md explains each rule with an example.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

MOST_IGNORED = 3
# After the question a reminder is quiet, and then tries once in so long.
REST = timedelta(days=7)
REST_OF_PROMPTS = timedelta(hours=12)  # an interval's next try is the next day's first


class Verdict(StrEnum):
    SEND = "send"
    ASK = "ask"  # send it, worded as the question whether another time is better
    DEFER = "defer"
    SKIP = "skip"


@dataclass(frozen=True, kw_only=True)
class Situation:
    """All that the decision depends on. Moments are aware.

    `irrelevant`: the kind's own reason not to send ("done"), or "". `quiet_until`: the end of the
    quiet hours that hold now, or None. `used`: places already taken in today's `cap`. `ignored`:
    how many were sent since a reaction, the latest at `last_sent_at`.
    """

    now: datetime
    expires_at: datetime
    enabled: bool = True
    answered: bool = False
    irrelevant: str = ""
    held: bool = False
    quiet_until: datetime | None = None
    capped: bool = False
    used: int = 0
    cap: int = 0
    ignored: int = 0
    last_sent_at: datetime | None = None
    interval: bool = False
    safety: bool = False
    defers: bool = False
    on_request: bool = False


@dataclass(frozen=True, kw_only=True)
class Decision:
    verdict: Verdict
    reason: str = ""
    until: datetime | None = None


SEND = Decision(verdict=Verdict.SEND)


def decide(case: Situation) -> Decision:
    """The rules, in the order in which they count. Reasons to skip are stored and shown."""
    if reason := _moot(case):
        return Decision(verdict=Verdict.SKIP, reason=reason)
    if case.on_request:
        return SEND
    if case.held and not case.safety:
        return Decision(verdict=Verdict.SKIP, reason="held")
    if case.quiet_until:
        return _in_quiet_hours(case, case.quiet_until)
    return SEND if case.safety else _unless_too_much(case)


def _moot(case: Situation) -> str:
    if not case.enabled:
        return "disabled"
    if case.answered:
        return "answered"
    if case.now > case.expires_at:
        return "stale"
    return case.irrelevant


def _in_quiet_hours(case: Situation, end: datetime) -> Decision:
    if case.safety or case.defers:
        return Decision(verdict=Verdict.DEFER, reason="quiet_hours", until=end)
    return Decision(verdict=Verdict.SKIP, reason="quiet_hours")


def _unless_too_much(case: Situation) -> Decision:
    if _rests(case):
        return Decision(verdict=Verdict.SKIP, reason="resting")
    if case.capped and case.used >= case.cap:
        return Decision(verdict=Verdict.SKIP, reason="cap")
    return Decision(verdict=Verdict.ASK) if case.ignored == MOST_IGNORED else SEND


def _rests(case: Situation) -> bool:
    if case.ignored <= MOST_IGNORED or case.last_sent_at is None:
        return False
    rest = REST_OF_PROMPTS if case.interval else REST
    return case.now < case.last_sent_at + rest
