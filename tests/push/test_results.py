"""What an answer of a push service means."""

from datetime import timedelta

import pytest

from backend.push.results import Outcome, from_status, parse_retry_after


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
    ("value", "expected"),
    [
        ("0", timedelta(0)),
        ("120", timedelta(minutes=2)),
        ("999999999999999999999", timedelta(hours=1)),
        ("", None),
        ("-5", None),
        ("soon", None),
        ("Wed, 21 Oct 2026 07:28:00 GMT", None),
    ],
)
def test_how_long_a_service_asks_us_to_wait(value: str, expected: timedelta | None) -> None:
    assert parse_retry_after(value) == expected


def test_a_long_answer_is_cut() -> None:
    assert len(from_status(400, body="x" * 5000).detail) == 200
