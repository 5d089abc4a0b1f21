"""What a phone says about when something was."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from backend.core.errors import Invalid
from backend.core.moments import A_YEAR, CLOCKS_MAY_DIFFER, check_moment, latest_day

NOW = datetime(2026, 6, 3, 10, tzinfo=UTC)
SECOND = timedelta(seconds=1)
DAY = timedelta(days=1)


@pytest.mark.parametrize("at", [None, NOW + CLOCKS_MAY_DIFFER, NOW, NOW - A_YEAR])
def test_what_a_phone_may_say(at: datetime | None) -> None:
    check_moment("at", at, now=NOW)


@pytest.mark.parametrize(
    ("at", "problem"),
    [
        (NOW + CLOCKS_MAY_DIFFER + SECOND, "This time is in the future."),
        (NOW - A_YEAR - SECOND, "This time is more than a year ago."),
    ],
)
def test_what_cannot_have_been_is_refused_under_the_name_of_its_field(
    at: datetime, problem: str
) -> None:
    with pytest.raises(Invalid) as refused:
        check_moment("started_at", at, now=NOW)
    assert refused.value.detail == problem
    assert refused.value.fields == {"started_at": [problem]}


def test_how_long_ago_it_may_be_is_the_callers_to_say() -> None:
    check_moment("at", NOW - DAY, now=NOW, oldest=DAY)
    with pytest.raises(Invalid, match="too long ago"):
        check_moment("at", NOW - DAY - SECOND, now=NOW, oldest=DAY)
    check_moment("at", NOW - 100 * A_YEAR, now=NOW, oldest=None)


def test_just_before_midnight_a_phone_may_be_on_the_next_day_already() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    midnight = datetime(2026, 6, 4, tzinfo=berlin)
    assert latest_day(berlin, now=midnight - CLOCKS_MAY_DIFFER) == date(2026, 6, 4)
    assert latest_day(berlin, now=midnight - CLOCKS_MAY_DIFFER - SECOND) == date(2026, 6, 3)
