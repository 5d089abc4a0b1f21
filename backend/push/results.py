"""What a push service made of a message. Every outcome is a value; nothing is raised."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class Outcome(StrEnum):
    SENT = "sent"
    GONE = "gone"  # retire the device
    RETRY = "retry"  # try this device again, later
    REFUSED = "refused"  # keep the device, count it, tell the host


@dataclass(frozen=True, kw_only=True)
class Result:
    outcome: Outcome
    status: int = 0  # 0 where no answer came
    detail: str = ""
    retry_after: timedelta | None = None


GONE = {404, 410}
TOO_MANY = 429
SERVER_ERRORS = range(500, 600)
SUCCESS = range(200, 300)
LONGEST_WAIT = timedelta(hours=1)
DETAIL_LENGTH = 200


def from_status(status: int, *, retry_after: str = "", body: str = "") -> Result:
    """Map an HTTP answer. A redirect is a refusal: nobody may send us elsewhere."""
    detail = body[:DETAIL_LENGTH]
    if status in SUCCESS:
        return Result(outcome=Outcome.SENT, status=status)
    if status in GONE:
        return Result(outcome=Outcome.GONE, status=status, detail=detail)
    if status == TOO_MANY or status in SERVER_ERRORS:
        wait = parse_retry_after(retry_after)
        return Result(outcome=Outcome.RETRY, status=status, detail=detail, retry_after=wait)
    return Result(outcome=Outcome.REFUSED, status=status, detail=detail)


def parse_retry_after(value: str) -> timedelta | None:
    """Seconds, at most an hour. A date or nonsense reads as None: our own back-off then decides."""
    if not value.strip().isdecimal():
        return None
    return min(timedelta(seconds=min(int(value), 86_400)), LONGEST_WAIT)
