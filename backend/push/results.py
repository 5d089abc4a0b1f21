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


def from_status(status: int, *, retry_after: timedelta | None = None, body: str = "") -> Result:
    """Map an HTTP answer. A redirect is a refusal: nobody may send us elsewhere."""
    if status in SUCCESS:
        return Result(outcome=Outcome.SENT, status=status)
    detail = body[:DETAIL_LENGTH]
    if status in GONE:
        return Result(outcome=Outcome.GONE, status=status, detail=detail)
    if status == TOO_MANY or status in SERVER_ERRORS:
        return retry(detail, status=status, retry_after=retry_after)
    return Result(outcome=Outcome.REFUSED, status=status, detail=detail)


def retry(detail: str, *, status: int = 0, retry_after: timedelta | None = None) -> Result:
    """`retry_after`: how long the service asks us to wait, at most an hour."""
    wait = None if retry_after is None else min(retry_after, LONGEST_WAIT)
    return Result(
        outcome=Outcome.RETRY, status=status, detail=detail[:DETAIL_LENGTH], retry_after=wait
    )


def refused(detail: str) -> Result:
    """We refuse it ourselves: what stands in the device's row can't be sent to."""
    return Result(outcome=Outcome.REFUSED, detail=detail[:DETAIL_LENGTH])
