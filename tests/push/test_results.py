"""What an answer of a push service means."""

from datetime import timedelta

import pytest

from backend.push.results import Outcome, from_status


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (200, Outcome.SENT), (201, Outcome.SENT), (202, Outcome.SENT), (204, Outcome.SENT),
        (404, Outcome.GONE), (410, Outcome.GONE),
        (429, Outcome.RETRY), (500, Outcome.RETRY), (502, Outcome.RETRY), (503, Outcome.RETRY),
        (400, Outcome.REFUSED), (401, Outcome.REFUSED), (403, Outcome.REFUSED),
        (413, Outcome.REFUSED), (301, Outcome.REFUSED), (302, Outcome.REFUSED),
        (307, Outcome.REFUSED), (418, Outcome.REFUSED), (100, Outcome.REFUSED),
    ],
)  # fmt: skip
def test_each_status_has_one_meaning(status: int, outcome: Outcome) -> None:
    assert from_status(status).outcome is outcome


@pytest.mark.parametrize(
    ("asked", "wait"),
    [
        (None, None),
        (timedelta(seconds=1), timedelta(seconds=1)),
        (timedelta(minutes=60), timedelta(hours=1)),
        (timedelta(minutes=60, seconds=1), timedelta(hours=1)),
    ],
)
def test_a_service_may_ask_for_an_hour_at_most(
    asked: timedelta | None, wait: timedelta | None
) -> None:
    assert from_status(503, retry_after=asked).retry_after == wait


def test_only_a_retry_waits() -> None:
    assert from_status(403, retry_after=timedelta(minutes=1)).retry_after is None


def test_a_long_answer_is_cut() -> None:
    assert len(from_status(400, body="x" * 5000).detail) == 200
