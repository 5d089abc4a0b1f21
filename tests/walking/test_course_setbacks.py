"""What lowers the dose of a plan: amber, red, and days without a walk."""

from backend.walking.course import Change
from tests.walking.courses import GOOD, codes, day, standing, walked, weeks_of

# --- amber ---------------------------------------------------------------------------------------


def test_two_ambers_in_one_week_lower_the_dose_at_once() -> None:
    found = standing(weeks_of("a.a...."), on=2)
    assert found.why == Change(
        on=day(2), code="lowered_ambers", before=10, minutes=8, walk_on=day(2), rise=4
    )
    assert found.minutes == 8


def test_later_weeks_count_their_ambers_from_nothing() -> None:
    assert standing(weeks_of(GOOD, "a.a...."), on=9).minutes == 9


def test_one_amber_in_each_of_two_weeks_does_not() -> None:
    found = standing(weeks_of("g.g.ga.", "a.g.gg."), on=14)
    assert found.minutes == 10
    assert codes(found) == ["start", "held_amber", "held_amber"]


def test_each_two_ambers_lower_it_once_more() -> None:
    assert standing(weeks_of("a.a.a.."), on=6).minutes == 8
    assert standing(weeks_of("a.a.aa."), on=6).minutes == 6


def test_a_rise_of_which_nobody_knows_whether_it_went_counts_as_amber() -> None:
    unknown = [walked(0, "u", rise=3), walked(2, "u", rise=3)]
    assert standing(unknown, on=2).why.code == "lowered_ambers"
    small = [walked(0, "u", rise=2), walked(2, "u", rise=2)]
    assert standing(small, on=2).minutes == 10


def test_the_monday_after_still_says_what_lowered_the_dose() -> None:
    found = standing(weeks_of("g.g.aa."), on=7)
    assert codes(found) == ["start", "lowered_ambers", "held_amber"]
    assert found.why.code == "lowered_ambers"


def test_at_the_least_dose_two_ambers_have_nothing_to_lower() -> None:
    found = standing(weeks_of("a.a...."), on=7, start_minutes=2)
    assert codes(found) == ["start", "held_amber"]


def test_an_amber_is_named_though_a_red_was_earlier() -> None:
    found = standing(weeks_of("r......", "g.g.g..", "g.a.gg."), on=21)
    assert (found.why.code, found.why.walk_on) == ("held_amber", day(16))


# --- red -----------------------------------------------------------------------------------------


def test_red_halves_the_dose_for_three_easy_sessions() -> None:
    sessions = weeks_of("g.r....", "g.g.g..")
    after = [standing(sessions, on=n) for n in (2, 6, 7, 9, 11)]
    assert [one.minutes for one in after] == [5] * 5
    assert [one.easy_left for one in after] == [3, 3, 2, 1, 0]
    assert after[0].why == Change(
        on=day(2), code="lowered_red", before=10, minutes=5, walk_on=day(2), rise=5
    )
    assert after[-1].why == Change(on=day(11), code="easy_over", before=5, minutes=5)


def test_after_the_easy_sessions_it_builds_up_from_there() -> None:
    found = standing(weeks_of("g.r....", "g.g.g..", GOOD), on=21)
    assert codes(found) == [
        "start", "lowered_red", "held_red", "easy_over", "rose", "rose",
    ]  # fmt: skip
    assert found.minutes == 7


def test_no_rise_while_easy_sessions_are_left() -> None:
    found = standing(weeks_of("....r..", "g......", "g......", GOOD), on=28)
    assert found.minutes == 6
    assert [c for c in codes(found) if c == "held_red"] == ["held_red"] * 3
    held = found.weeks[2].changes[0]
    assert (held.code, held.walk_on) == ("held_red", day(4))


def test_a_week_with_a_red_never_raises_the_dose_though_its_easy_sessions_are_done() -> None:
    found = standing(weeks_of("r.g.ggg"), on=7)
    assert codes(found) == ["start", "lowered_red", "easy_over", "held_red"]
    assert found.minutes == 5


def test_an_easy_session_that_was_hardly_begun_is_none() -> None:
    sessions = [*weeks_of("r......"), walked(2, minutes=3.7), walked(4, minutes=3.8)]
    assert standing(sessions, on=4).easy_left == 2


def test_a_second_red_halves_again_and_asks_for_three_more() -> None:
    found = standing(weeks_of("r.g.r.."), on=4, start_minutes=20)
    assert (found.minutes, found.easy_left) == (5, 3)


def test_red_on_two_days_in_a_row_lowers_once() -> None:
    found = standing(weeks_of("rr....."), on=1, start_minutes=20)
    assert (found.minutes, found.easy_left, found.red_on) == (10, 3, day(1))
    assert codes(found) == ["start", "lowered_red", "held_red"]


def test_red_asks_for_the_symptom_check_until_it_was_done_or_the_easy_sessions_are() -> None:
    sessions = weeks_of("r.g.g.g")
    assert [standing(sessions, on=n).needs for n in (0, 2, 5, 6)] == ["check", "check", "check", ""]
    assert standing(sessions, on=2, checked_on=day(0)).needs == "check"
    assert standing(sessions, on=2, checked_on=day(1)).needs == ""


def test_the_red_walk_is_named_while_its_easy_sessions_last() -> None:
    sessions = weeks_of("r.g.g.g")
    assert [standing(sessions, on=n).red_on for n in (0, 5, 6)] == [day(0), day(0), None]


def test_red_after_a_break_halves_what_the_break_had_left() -> None:
    assert standing([walked(0), walked(8, "r")], on=8, start_minutes=20).minutes == 7


def test_at_the_least_dose_red_still_asks_for_easy_sessions() -> None:
    found = standing(weeks_of("r......"), on=0, start_minutes=2)
    assert (found.minutes, found.easy_left, found.why.code) == (2, 3, "held_red")


# --- missed --------------------------------------------------------------------------------------


def test_seven_days_without_a_walk_take_a_quarter() -> None:
    sessions = [walked(0)]
    assert standing(sessions, on=7).minutes == 10  # six days between two Mondays
    found = standing(sessions, on=8)
    assert found.why == Change(on=day(8), code="lowered_missed", before=10, minutes=7)
    assert standing(sessions, on=14).minutes == 7


def test_fourteen_days_without_a_walk_start_again_and_measure_anew() -> None:
    sessions = weeks_of(*[GOOD] * 9, minutes=40)
    last = 8 * 7 + 5
    before, after = standing(sessions, on=last + 14), standing(sessions, on=last + 15)
    assert (before.minutes, before.days_allowed, before.needs) == (22, 5, "")
    assert (after.minutes, after.days_allowed, after.needs) == (10, 4, "tolerance")
    assert after.why.code == "again"
    assert standing([*sessions, walked(last + 16)], on=last + 16).needs == ""


def test_a_plan_starts_again_once_however_long_the_break_is() -> None:
    assert codes(standing([walked(0)], on=60)).count("again") == 1


def test_a_plan_that_nobody_began_is_lowered_too() -> None:
    assert [standing(on=n).minutes for n in (7, 8, 14, 15)] == [10, 7, 7, 7]
    assert standing(on=15).needs == "tolerance"


def test_a_break_lowers_once_until_somebody_walks_again() -> None:
    found = standing([walked(0), walked(8), walked(17)], on=17)
    assert [c for c in codes(found) if c == "lowered_missed"] == ["lowered_missed"] * 2
    assert found.minutes == 5


def test_at_the_least_dose_a_break_has_nothing_to_lower() -> None:
    assert "lowered_missed" not in codes(standing(on=10, start_minutes=2))
