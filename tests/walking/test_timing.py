"""When a walk is asked about, and which scores answer. docs/reminders.md has the examples."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.reminders.rules import in_quiet_hours
from backend.walking.timing import DAY_AFTER, LATER, MORNING, times, window
from tests.reminders.test_rules_docs import moment_of, rows, shown

BERLIN = ZoneInfo("Europe/Berlin")
HOUR = timedelta(hours=1)
EXAMPLES = rows("| Walk ends | Zone | Quiet hours | Later | Morning | After a day |")


def berlin(day: int, hour: int, minute: int = 0) -> datetime:
    """In June 2026."""
    return datetime(2026, 6, day, hour, minute, tzinfo=BERLIN)


def hours_of(text: str) -> tuple[time | None, time | None]:
    if text == "none":
        return None, None
    start, end = (time.fromisoformat(clock) for clock in text.split("-"))
    return start, end


@pytest.mark.parametrize(("ends", "zone", "quiet", "later", "morning", "after_a_day"), EXAMPLES)
def test_a_walk_is_asked_about_when_the_page_says(
    ends: str, zone: str, quiet: str, later: str, morning: str, after_a_day: str
) -> None:
    tz = ZoneInfo(zone)
    start, end = hours_of(quiet)
    found = times(moment_of(ends, tz), tz=tz, quiet_from=start, quiet_to=end)
    said = [
        shown(found[which], tz) if which in found else "left out"
        for which in (LATER, MORNING, DAY_AFTER)
    ]
    assert said == [later, morning, after_a_day]


def test_the_page_has_the_examples_that_it_promises() -> None:
    assert len(EXAMPLES) >= 8


@pytest.mark.parametrize(
    ("ended", "which", "start", "end"),
    [
        (berlin(3, 12), LATER, berlin(3, 14), berlin(3, 20)),
        (berlin(3, 23), LATER, berlin(4, 1), berlin(4, 4)),  # then the morning begins
        (berlin(4, 3), LATER, berlin(4, 5), berlin(4, 5)),  # no room at all
        (berlin(3, 12), MORNING, berlin(4, 4), berlin(4, 14)),
        (berlin(4, 3, 59), MORNING, berlin(4, 4), berlin(4, 14)),
        (berlin(4, 4), MORNING, berlin(5, 4), berlin(5, 14)),
        (berlin(3, 12), DAY_AFTER, berlin(4, 8), berlin(5, 0)),
    ],
)
def test_a_score_answers_within_a_window(
    ended: datetime, which: str, start: datetime, end: datetime
) -> None:
    assert window(which, ended, BERLIN) == (start, end)


def test_the_morning_is_on_the_clock_where_clocks_change() -> None:
    ended = datetime(2026, 3, 28, 18, tzinfo=BERLIN)
    start, end = window(MORNING, ended, BERLIN)
    assert (start, end) == (
        datetime(2026, 3, 29, 2, tzinfo=UTC),
        datetime(2026, 3, 29, 12, tzinfo=UTC),
    )


def test_a_later_that_a_rest_at_noon_is_in_the_way_of_waits_until_after_it() -> None:
    found = times(berlin(3, 9), tz=BERLIN, quiet_from=time(11), quiet_to=time(14))
    assert found[LATER] == berlin(3, 14)


@pytest.mark.parametrize(
    ("scored", "due"),
    [
        (berlin(4, 7), berlin(4, 12)),
        (berlin(4, 9), berlin(4, 12)),
        (berlin(4, 9, 1), berlin(4, 12, 1)),
        (berlin(4, 13, 59), berlin(4, 16, 59)),
    ],
)
def test_the_question_after_a_day_keeps_three_hours_from_the_mornings_answer(
    scored: datetime, due: datetime
) -> None:
    found = times(berlin(3, 12), tz=BERLIN, quiet_from=None, quiet_to=None, scored_at=scored)
    assert found[DAY_AFTER] == due


def test_it_is_asked_within_its_window_however_late_the_morning_was_answered() -> None:
    found = times(
        berlin(3, 4, 30), tz=BERLIN, quiet_from=None, quiet_to=None, scored_at=berlin(4, 13, 59)
    )
    assert found[DAY_AFTER] == berlin(4, 16, 15)


ZONES = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"]
CLOCK = st.integers(0, 24 * 4 - 1).map(lambda quarter: time(quarter // 4, quarter % 4 * 15))


@given(
    ended=st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC)),
    zone=st.sampled_from(ZONES),
    quiet=st.one_of(st.none(), st.tuples(CLOCK, CLOCK).filter(lambda pair: pair[0] != pair[1])),
)
def test_nothing_is_ever_asked_in_quiet_hours_or_outside_its_window(
    ended: datetime, zone: str, quiet: tuple[time, time] | None
) -> None:
    tz = ZoneInfo(zone)
    start, end = quiet or (None, None)
    found = times(ended, tz=tz, quiet_from=start, quiet_to=end)
    for which, due in found.items():
        opens, closes = window(which, ended, tz)
        assert opens <= due < closes
        assert not in_quiet_hours(due, tz, *(quiet or (time(22), time(7))))
    if LATER in found and MORNING in found:
        assert found[LATER] < found[MORNING]
    if quiet is None:
        assert MORNING in found
        assert DAY_AFTER in found


@given(
    ended=st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC)),
    zone=st.sampled_from(ZONES),
)
def test_no_score_answers_both_the_hours_after_and_the_morning(ended: datetime, zone: str) -> None:
    tz = ZoneInfo(zone)
    later, morning = window(LATER, ended, tz), window(MORNING, ended, tz)
    assert later[0] <= later[1]
    assert later[1] <= morning[0] or later[0] == later[1]
    assert ended < morning[0] <= ended + 25 * HOUR
