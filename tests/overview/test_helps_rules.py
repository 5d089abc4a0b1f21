"""What might help: counts of days that went together, and silence where there are too few."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.overview.helps import DAYS_NEEDED, Count, Finding, Helps, Named, Note, helps
from backend.pain.days import Calendar

CALENDAR = Calendar(ZoneInfo("Europe/Berlin"), 0)
FIRST = date(2026, 5, 1)


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


def note(number: int, score: int, *, hour: int = 10, sleep: str = "", better: str = "") -> Note:
    at = datetime.combine(day(number), datetime.min.time(), UTC) + timedelta(hours=hour)
    return Note(at=at, score=score, sleep=sleep, better=better.split())


def diary(scores: str, *, sleeps: str = "") -> list[Note]:
    """One note a day: "3" is a score, "-" a day without one; g, r, b say how the night was."""
    words = {"g": "good", "r": "broken", "b": "bad"}
    nights = sleeps.ljust(len(scores))
    return [
        note(number, int(score), sleep=words.get(nights[number], ""))
        for number, score in enumerate(scores)
        if score != "-"
    ]


def of(notes: list[Note], walks: str = "") -> Helps:
    """`walks`: "w" for each day with one."""
    walked = {day(number) for number, mark in enumerate(walks) if mark == "w"}
    return helps(notes, walked, CALENDAR)


def finding(found: Helps, factor: str) -> Finding | None:
    return next((one for one in found.findings if one.factor == factor), None)


def test_with_thirteen_days_nothing_is_said() -> None:
    found = of([note(number, 4, better="heat", sleep="good") for number in range(13)], "w" * 13)
    assert (found.ready, found.days_so_far) == (False, 13)
    assert (found.findings, found.named) == ((), ())


def test_with_fourteen_it_is_ready() -> None:
    found = of(diary("4" * 14))
    assert (found.ready, found.days_so_far) == (True, 14)


def test_days_count_and_not_entries() -> None:
    notes = [note(number, 4, hour=hour) for number in range(7) for hour in (8, 12, 20)]
    assert of(notes).days_so_far == 7


def test_a_walk_is_compared_by_the_day_after_it() -> None:
    """Walks on the first seven days; the pain of the second to the eighth is lower."""
    found = of(diary("62222222666666"), walks="wwwwwww")
    assert finding(found, "walk") == Finding("walk", present=Count(7, 7), absent=Count(0, 7))


def test_a_day_as_usual_is_a_good_one() -> None:
    """All days are alike, so all are at the person's own middle."""
    found = of(diary("4" * 14), walks="wwwwwww")
    assert finding(found, "walk") == Finding("walk", present=Count(7, 7), absent=Count(7, 7))


def test_what_is_usual_is_the_middle_of_days_and_not_of_entries() -> None:
    """One bad day that was written about ten times is one day."""
    notes = diary("22222224444449") + [note(13, 9, hour=hour) for hour in range(11, 21)]
    found = of(notes, walks="wwwwww")
    # Day middles: seven of 2, six of 4, one of 9. Usual is 3.
    assert finding(found, "walk") == Finding("walk", present=Count(6, 6), absent=Count(1, 8))


def test_a_walk_whose_next_day_has_no_entry_says_nothing() -> None:
    found = of(diary("-4-4-4-4-4-4-44444444"), walks="w-w-w-w-w-w-w")
    assert finding(found, "walk") == Finding("walk", present=Count(7, 7), absent=Count(7, 7))
    found = of(diary("4-4-4-4-4-4-444444444"), walks="w-w-w-w-w-w")
    assert finding(found, "walk") is None


@pytest.mark.parametrize(("walks", "shown"), [(4, False), (5, True), (9, True), (10, False)])
def test_a_factor_needs_five_days_with_it_and_five_without(walks: int, shown: bool) -> None:
    found = of(diary("4" * 15)[1:], walks="w" * walks)
    assert bool(finding(found, "walk")) is shown


def test_a_night_is_compared_by_the_day_after_it_which_has_its_date() -> None:
    found = of(diary("22222666662222", sleeps="gggggbbbbbrrrr"))
    assert finding(found, "sleep_good") == Finding("sleep_good", Count(5, 5), Count(4, 9))
    assert finding(found, "sleep_bad") == Finding("sleep_bad", Count(0, 5), Count(9, 9))


def test_a_day_that_says_nothing_about_the_night_is_on_neither_side() -> None:
    found = of(diary("4" * 20, sleeps="gggggrrrrr"))
    assert finding(found, "sleep_good") == Finding("sleep_good", Count(5, 5), Count(5, 5))
    assert finding(found, "sleep_bad") is None


def test_where_a_day_says_two_things_about_its_night_the_worse_counts() -> None:
    notes = diary("4" * 14, sleeps="ggggggrrrrrrrr")
    notes.append(note(0, 4, hour=20, sleep="bad"))
    found = finding(of(notes), "sleep_good")
    assert found == Finding("sleep_good", present=Count(5, 5), absent=Count(9, 9))


def test_what_was_named_is_counted_by_days_the_most_first() -> None:
    notes = diary("4" * 14)
    notes += [note(number, 4, hour=20, better="heat walking") for number in range(5)]
    notes += [note(number, 4, hour=21, better="heat") for number in range(6)]
    notes += [note(number, 4, hour=20, better="rest") for number in range(2)]
    assert of(notes).named == [Named("heat", 6, 14), Named("walking", 5, 14)]


@pytest.mark.parametrize(("days", "shown"), [(2, []), (3, [Named("cold", 3, 14)])])
def test_what_was_named_on_fewer_than_three_days_is_left_out(days: int, shown: list[Named]) -> None:
    notes = diary("4" * 14) + [note(number, 4, better="cold") for number in range(days)]
    assert of(notes).named == shown


def test_as_often_named_they_come_by_their_ids() -> None:
    notes = diary("4" * 14) + [note(number, 4, better="moving heat") for number in range(3)]
    assert [one.better for one in of(notes).named] == ["heat", "moving"]


notes_of_a_month = st.lists(
    st.builds(
        note,
        st.integers(0, 30),
        st.integers(0, 10),
        hour=st.integers(0, 23),
        sleep=st.sampled_from(["", "good", "broken", "bad"]),
        better=st.sampled_from(["", "heat", "cold heat", "walking"]),
    ),
    min_size=DAYS_NEEDED,
    max_size=80,
)
walks_of_a_month = st.text("w-", min_size=31, max_size=31)


@given(notes=notes_of_a_month, walks=walks_of_a_month)
def test_counts_never_exceed_the_days_there_are(notes: list[Note], walks: str) -> None:
    found = of(notes, walks)
    days = found.days_so_far
    for one in found.findings:
        assert 0 <= one.present.good <= one.present.of
        assert 0 <= one.absent.good <= one.absent.of
        assert min(one.present.of, one.absent.of) >= 5
        assert one.present.of + one.absent.of <= days
    assert all(3 <= one.days <= one.of == days for one in found.named)


@given(notes=notes_of_a_month, walks=walks_of_a_month, shuffle=st.randoms(use_true_random=False))
def test_the_order_of_entries_does_not_matter(
    notes: list[Note], walks: str, shuffle: st.DrawFn
) -> None:
    mixed = list(notes)
    shuffle.shuffle(mixed)  # type: ignore[attr-defined]
    assert of(mixed, walks) == of(notes, walks)
