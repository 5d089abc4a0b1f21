"""The tick comes when reminders are due: at full seconds of the clock, not some time after."""

from datetime import UTC, datetime, timedelta

import pytest

from worker.schedule import OnTheClock

NOON = datetime(2026, 6, 3, 12, 0, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)


def every(seconds: int, *, now: datetime) -> OnTheClock:
    return OnTheClock(timedelta(seconds=seconds), nowfun=lambda: now)


@pytest.mark.parametrize(
    ("last", "now", "due", "wait"),
    [
        (NOON - timedelta(seconds=5), NOON, True, 5),
        (NOON - timedelta(seconds=5), NOON - MILLISECOND, False, 0.001),
        (NOON, NOON, False, 5),
        (NOON + MILLISECOND, NOON + timedelta(seconds=5), True, 5),
        # A late one does not put off those that follow.
        (NOON - timedelta(seconds=5), NOON + timedelta(seconds=3), True, 2),
        # Nor does one that was missed come twice.
        (NOON - timedelta(minutes=5), NOON + timedelta(seconds=1), True, 4),
    ],
)
def test_it_is_due_at_multiples_of_its_interval(
    last: datetime, now: datetime, due: bool, wait: float
) -> None:
    state = every(5, now=now).is_due(last)
    assert state.is_due is due
    assert state.next == pytest.approx(wait)


def test_a_day_of_ticks_neither_drifts_nor_skips() -> None:
    """Each comes a little late, as timers do; the next is on time again."""
    now, last, ticks = NOON, NOON, 0
    while now < NOON + timedelta(hours=1):
        state = every(5, now=now).is_due(last)
        if state.is_due:
            ticks, last = ticks + 1, now
        now += timedelta(seconds=state.next) + 7 * MILLISECOND
    assert ticks == 720 - 1
