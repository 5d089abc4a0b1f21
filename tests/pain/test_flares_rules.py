"""How long a flare lasts, when it asks, and where plans start again: ours, and pure."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from backend.pain.flare_rules import flare_day, latest_ask, next_ask, rests, resume_percent

BERLIN = ZoneInfo("Europe/Berlin")
DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)


def berlin(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("days", "percent"), [(1, 70), (3, 70), (4, 60), (7, 60), (8, 50), (90, 50)]
)
def test_the_longer_it_was_the_lower_plans_start(days: int, percent: int) -> None:
    assert resume_percent(days) == percent


@pytest.mark.parametrize(
    ("at", "day"),
    [
        ("2026-06-03 20:00", 1),
        ("2026-06-03 23:59", 1),
        ("2026-06-04 00:00", 2),
        ("2026-06-06 08:00", 4),
    ],
)
def test_days_are_those_of_the_calendar_where_the_person_is(at: str, day: int) -> None:
    assert flare_day(berlin("2026-06-03 20:00"), berlin(at), BERLIN) == day


@pytest.mark.parametrize(
    ("began", "after", "asks"),
    [
        ("2026-06-03 00:10", "2026-06-03 00:10", "2026-06-04 10:00"),  # not at ten that same day
        ("2026-06-03 09:00", "2026-06-03 09:00", "2026-06-04 10:00"),
        ("2026-06-03 23:59", "2026-06-03 23:59", "2026-06-04 10:00"),
        ("2026-06-04 00:00", "2026-06-04 00:00", "2026-06-05 10:00"),
        ("2026-06-03 09:00", "2026-06-04 09:59", "2026-06-04 10:00"),
        ("2026-06-03 09:00", "2026-06-04 10:00", "2026-06-05 10:00"),
        ("2026-06-01 09:00", "2026-06-05 14:00", "2026-06-06 10:00"),  # told of days later
        ("2026-03-28 09:00", "2026-03-28 09:00", "2026-03-29 10:00"),  # clocks go forward
        ("2026-10-24 09:00", "2026-10-24 10:00", "2026-10-25 10:00"),  # and back
    ],
)
def test_it_asks_at_ten_from_the_day_after_it_began(began: str, after: str, asks: str) -> None:
    assert next_ask(berlin(began), BERLIN, after=berlin(after)) == berlin(asks)


def test_ten_is_ten_on_lord_howe_whose_clocks_move_by_half_an_hour() -> None:
    tz = ZoneInfo("Australia/Lord_Howe")
    asks = [
        next_ask(utc("2026-10-02 00:00"), tz, after=utc(f"2026-10-{day} 00:00"))
        for day in ("03", "04")
    ]
    assert asks == [utc("2026-10-03 23:00"), utc("2026-10-04 23:00")]
    assert next_ask(utc("2026-10-02 00:00"), tz, after=utc("2026-10-02 00:00")) == utc(
        "2026-10-02 23:30"
    )


@pytest.mark.parametrize(
    ("now", "asked"),
    [
        ("2026-06-04 10:00", "2026-06-04 10:00"),
        ("2026-06-04 23:00", "2026-06-04 10:00"),
        ("2026-06-07 09:59", "2026-06-06 10:00"),
        ("2026-06-07 10:00", "2026-06-07 10:00"),
    ],
)
def test_after_an_outage_only_the_latest_question_counts(now: str, asked: str) -> None:
    planned = berlin("2026-06-04 10:00")
    assert latest_ask(planned, BERLIN, now=berlin(now)) == berlin(asked)


def asked(reactions: str) -> list[tuple[datetime, bool]]:
    """One question a day up to 3 June, newest first: "x" moved the person, "." did not."""
    last = berlin("2026-06-03 10:00")
    return [(last - days * DAY, one == "x") for days, one in enumerate(reactions)]


NEXT = berlin("2026-06-04 10:00")


@pytest.mark.parametrize("reactions", ["", ".", "..", "x...", "..x."])
def test_it_asks_daily_while_somebody_reacts_now_and_then(reactions: str) -> None:
    assert not rests(asked(reactions), due_at=NEXT)


@pytest.mark.parametrize("reactions", ["...", "...x", "......"])
def test_after_three_without_a_reaction_it_asks_once_a_week(reactions: str) -> None:
    due = [NEXT + days * DAY for days in range(8)]
    assert [rests(asked(reactions), due_at=at) for at in due] == [True] * 6 + [False] * 2


def test_a_week_over_a_change_of_clocks_is_a_week_too() -> None:
    last = berlin("2026-03-25 10:00")
    ignored = [(last - days * DAY, False) for days in range(3)]
    assert not rests(ignored, due_at=berlin("2026-04-01 10:00"))
    assert rests(ignored, due_at=berlin("2026-03-31 10:00"))
