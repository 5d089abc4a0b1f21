"""Flares and pauses in a plan's course."""

from dataclasses import replace

from backend.walking.course import Change, Rest
from tests.walking.courses import GOOD, codes, day, standing, walked, weeks_of

FLARE = Rest(first=day(8), last=day(12), resume_percent=60)


def test_after_a_flare_it_goes_on_with_a_share_from_the_day_that_it_ended() -> None:
    found = [standing(weeks_of(GOOD), on=n, rests=[FLARE]) for n in (11, 12)]
    assert [one.minutes for one in found] == [12, 7]
    assert found[1].why == Change(on=day(12), code="flare_over", before=12, minutes=7)


def test_a_flare_that_goes_on_changes_nothing_yet() -> None:
    open_flare = Rest(first=day(8))
    found = standing(weeks_of(GOOD), on=40, rests=[open_flare])
    assert (found.minutes, found.needs) == (12, "")


def test_the_days_of_a_flare_are_left_out_both_ends_too() -> None:
    week = standing(weeks_of(GOOD), on=14, rests=[FLARE]).weeks[1]
    assert week.left_out == {day(n) for n in range(8, 13)}
    assert week.planned == (day(7), day(9), day(11), day(12))
    assert (week.changes[-1].code, week.done) == ("flare_over", 0)


def test_a_week_with_a_flare_in_it_does_not_raise_the_dose() -> None:
    found = standing(weeks_of(GOOD, "ggg...g"), on=14, rests=[replace(FLARE, first=day(12))])
    assert found.weeks[-1].changes[0].code == "held_rest"


def test_walks_between_the_ends_of_a_flare_are_not_judged_unless_they_are_red() -> None:
    flare = Rest(first=day(0), last=day(4), resume_percent=60)
    assert standing(weeks_of("..aa..."), on=3, rests=[flare]).minutes == 10
    assert standing(weeks_of(".ggg..."), on=3, rests=[flare]).weeks[0].done == 0
    red = standing(weeks_of("..r...."), on=3, rests=[flare])
    assert (red.minutes, red.easy_left) == (5, 3)


def test_walks_on_the_days_on_which_a_flare_begins_and_ends_are_judged() -> None:
    flare = Rest(first=day(0), last=day(2), resume_percent=60)
    found = standing(weeks_of("a.a...."), on=2, rests=[flare])
    assert codes(found) == ["start", "flare_over", "lowered_ambers"]
    assert found.weeks[0].done == 2


def test_a_flare_after_a_red_walk_is_one_setback_not_two() -> None:
    flare = Rest(first=day(1), last=day(4), resume_percent=60)
    found = standing(weeks_of("r......"), on=4, rests=[flare], start_minutes=20)
    assert found.minutes == 10  # half, not 60 % of half
    lower = replace(flare, resume_percent=40)
    assert standing(weeks_of("r......"), on=4, rests=[lower], start_minutes=20).minutes == 8


def test_two_reds_in_a_row_and_the_flare_after_them_are_one_setback_too() -> None:
    flare = Rest(first=day(2), last=day(4), resume_percent=60)
    assert standing(weeks_of("rr....."), on=4, rests=[flare], start_minutes=20).minutes == 10


def test_a_red_stroll_in_the_flare_after_a_red_walk_does_not_halve_again() -> None:
    flare = Rest(first=day(1), last=day(5), resume_percent=60)
    found = standing(weeks_of("r..r..."), on=5, rests=[flare], start_minutes=20)
    assert (found.minutes, found.easy_left, found.red_on) == (10, 3, day(3))


def test_a_stroll_in_a_flare_changes_nothing_of_that() -> None:
    flare = Rest(first=day(1), last=day(5), resume_percent=60)
    found = standing(weeks_of("r..g..."), on=5, rests=[flare], start_minutes=20)
    assert (found.minutes, found.easy_left) == (10, 3)


def test_after_a_long_flare_without_a_walk_it_starts_again() -> None:
    flare = Rest(first=day(62), last=day(80), resume_percent=50)
    found = standing(weeks_of(*[GOOD] * 9, minutes=40), on=80, rests=[flare])
    assert found.minutes == 10
    assert [one.code for one in found.weeks[-1].changes[-2:]] == ["flare_over", "again"]


def test_a_short_flare_and_the_days_missed_in_it_lower_once() -> None:
    flare = Rest(first=day(6), last=day(14), resume_percent=50)
    found = standing(weeks_of(GOOD), on=14, rests=[flare], start_minutes=20)
    assert found.minutes == 10


def test_of_two_flares_that_end_on_one_day_the_lower_share_counts() -> None:
    rests = [replace(FLARE, resume_percent=percent) for percent in (70, 50)]
    assert standing(weeks_of(GOOD), on=12, rests=rests).minutes == 6


def test_a_flare_without_a_share_lowers_nothing() -> None:
    found = standing(weeks_of(GOOD), on=12, rests=[replace(FLARE, resume_percent=None)])
    assert (found.minutes, found.why.code) == (12, "flare_over")


def test_who_starts_in_a_flare_starts_with_what_is_comfortable_then() -> None:
    flare = Rest(first=day(-3), last=day(2), resume_percent=60)
    found = standing(on=2, rests=[flare])
    assert (found.minutes, codes(found)) == (10, ["start"])


def test_the_day_on_which_a_flare_begins_is_left_out_at_once() -> None:
    assert standing(on=8, rests=[Rest(first=day(8))]).weeks[1].left_out == {day(8)}


def test_a_flare_still_to_come_changes_nothing() -> None:
    assert standing(on=2, rests=[FLARE]).weeks[0].left_out == frozenset()


def test_paused_days_are_left_out_and_nobody_is_blamed() -> None:
    paused = frozenset({day(2), day(4), day(5)})
    found = standing(weeks_of("g......"), on=7, paused=paused)
    assert found.weeks[0].left_out == paused
    assert found.why == Change(
        on=day(7), code="held_rest", before=10, minutes=10, done=1, planned=1
    )


def test_one_paused_day_of_four_leaves_enough_for_a_rise() -> None:
    assert standing(weeks_of("g.g.g.."), on=7, paused={day(5)}).why.code == "rose"


def test_a_paused_week_in_which_even_the_rest_was_left_is_few() -> None:
    found = standing(on=7, paused={day(5)})
    assert (found.why.code, found.why.planned) == ("held_few", 3)


def test_a_week_that_was_paused_as_a_whole_is_rest() -> None:
    paused = frozenset(day(n) for n in range(7))
    assert standing(on=7, paused=paused).why.code == "held_rest"


def test_a_pause_is_a_break_all_the_same() -> None:
    paused = frozenset(day(n) for n in range(1, 9))
    assert standing([walked(0)], on=8, paused=paused).why.code == "lowered_missed"
