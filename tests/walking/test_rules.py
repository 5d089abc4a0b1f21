"""The dose: where it starts, how it rises, what lowers it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.walking import rules

minutes_of_a_plan = st.integers(rules.LEAST, rules.MINUTES_TARGET)


# --- the start -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tolerance", "start"),
    [(5, 5), (6, 5), (7, 5), (8, 6), (10, 8), (11, 8), (12, 9), (13, 10), (15, 10), (60, 10)],
)
def test_it_starts_at_80_percent_of_what_is_comfortable_within_5_to_10(
    tolerance: int, start: int
) -> None:
    assert rules.start_minutes(tolerance, walks_already=False) == start


@pytest.mark.parametrize(
    ("tolerance", "start"), [(5, 5), (12, 9), (20, 16), (21, 16), (25, 20), (60, 20)]
)
def test_somebody_who_walks_already_starts_with_up_to_20(tolerance: int, start: int) -> None:
    assert rules.start_minutes(tolerance, walks_already=True) == start


@pytest.mark.parametrize(("tolerance", "start"), [(4, 4), (3, 3), (2, 2), (1, 2)])
def test_it_never_starts_above_what_is_comfortable(tolerance: int, start: int) -> None:
    assert rules.start_minutes(tolerance, walks_already=False) == start


@pytest.mark.parametrize(
    ("minutes", "tolerance"), [([12], 12), ([10, 13], 11), ([10, 12, 13], 11), ([13, 10, 12], 11)]
)
def test_test_walks_count_with_their_mean_rounded_down(minutes: list[int], tolerance: int) -> None:
    assert rules.tolerance_of(minutes) == tolerance


# --- a good week ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("part", "whole", "enough"), [(3, 4, True), (2, 3, False), (74, 100, False), (75, 100, True)]
)
def test_three_in_four_are_enough(part: int, whole: int, *, enough: bool) -> None:
    assert rules.enough(part, whole) is enough


@pytest.mark.parametrize(
    ("minutes", "more"),
    [
        (2, 1), (5, 1), (9, 1),  # at least 1
        (10, 2),  # 1.5: the middle goes up
        (16, 2), (17, 3), (20, 3), (23, 3), (24, 4), (29, 4),
        (30, 5), (60, 5),  # at most 5
    ],
)  # fmt: skip
def test_a_good_week_adds_15_percent_at_least_1_and_at_most_5(minutes: int, more: int) -> None:
    assert rules.step(minutes, days=4) == more


def test_over_all_sessions_of_a_week_it_adds_at_most_30() -> None:
    assert rules.step(60, days=6) == 5
    assert rules.step(60, days=7) == 4


@pytest.mark.parametrize(
    ("now", "then"),
    [
        ((10, 4), (12, 4)),
        ((28, 4), (30, 4)),  # not 32
        ((29, 4), (30, 4)),
        ((30, 4), (30, 5)),
        ((30, 5), (30, 5)),
        ((24, 5), (28, 5)),
    ],
)
def test_minutes_rise_to_30_and_only_then_days_to_5(
    now: tuple[int, int], then: tuple[int, int]
) -> None:
    assert rules.progressed(*now) == then


def test_who_walks_on_more_days_than_the_plan_allows_rises_by_all_of_them() -> None:
    assert rules.progressed(24, 4, chosen=16) == (25, 4)
    assert rules.progressed(24, 4, chosen=3) == (28, 4)


def test_even_every_day_at_the_target_stays_below_what_is_ever_suggested() -> None:
    assert rules.MOST_A_WEEK == 300
    assert rules.MINUTES_TARGET * 7 <= rules.MOST_A_WEEK


# --- a bad one -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("minutes", "less"), [(30, 24), (21, 16), (12, 9), (10, 8), (5, 4), (2, 2)]
)
def test_two_ambers_take_20_percent(minutes: int, less: int) -> None:
    assert rules.after_two_ambers(minutes) == less


@pytest.mark.parametrize(("minutes", "less"), [(99, 49), (30, 15), (13, 6), (5, 2), (4, 2), (2, 2)])
def test_red_halves(minutes: int, less: int) -> None:
    assert rules.after_red(minutes) == less


@pytest.mark.parametrize(
    ("minutes", "percent", "less"), [(20, 70, 14), (20, 60, 12), (21, 50, 10), (2, 50, 2)]
)
def test_after_a_flare_it_goes_on_with_a_share_of_the_dose_before(
    minutes: int, percent: int, less: int
) -> None:
    assert rules.after_flare(minutes, percent) == less


@pytest.mark.parametrize(
    ("days", "minutes"), [(0, 20), (6, 20), (7, 15), (13, 15), (14, 8), (15, 8), (400, 8)]
)
def test_missed_days_lower_from_the_7th_and_start_again_from_the_14th(
    days: int, minutes: int
) -> None:
    assert rules.after_missing(20, days, start=8) == minutes


def test_a_quarter_less_is_rounded_down() -> None:
    assert [rules.after_missing(minutes, 7, start=8) for minutes in (25, 10, 3, 2)] == [18, 7, 2, 2]


def test_starting_again_is_never_above_what_a_shorter_break_left() -> None:
    assert rules.after_missing(10, 14, start=10) == 7
    assert rules.after_missing(4, 14, start=1) == 2


# --- properties ----------------------------------------------------------------------------------


@given(st.integers(1, 180), st.booleans())
def test_a_start_is_within_its_bounds_and_no_more_than_comfortable(
    tolerance: int, walks_already: bool
) -> None:
    start = rules.start_minutes(tolerance, walks_already=walks_already)
    assert rules.LEAST <= start <= (20 if walks_already else 10)
    assert start <= max(rules.LEAST, tolerance)


@given(minutes_of_a_plan, st.integers(1, 5), st.integers(0, 7))
def test_no_week_rises_by_more_than_the_caps(minutes: int, days: int, chosen: int) -> None:
    more, more_days = rules.progressed(minutes, days, chosen=chosen)
    assert minutes <= more <= min(30, minutes + 5)
    assert (more - minutes) * max(days, chosen) <= 30
    assert more * more_days - minutes * days <= 30
    assert more == minutes or more_days == days  # one thing at a time


@given(minutes_of_a_plan, st.integers(0, 60), st.integers(1, 20))
def test_nothing_that_lowers_goes_up_or_below_the_least(
    minutes: int, days: int, start: int
) -> None:
    lowered = {
        rules.after_two_ambers(minutes),
        rules.after_red(minutes),
        rules.after_missing(minutes, days, start=start),
        rules.after_flare(minutes, 60),
    }
    assert all(rules.LEAST <= one <= minutes for one in lowered)


@given(minutes_of_a_plan, st.integers(0, 60), st.integers(1, 20))
def test_a_longer_break_never_leaves_more(minutes: int, days: int, start: int) -> None:
    shorter = rules.after_missing(minutes, days, start=start)
    assert rules.after_missing(minutes, days + 1, start=start) <= shorter
