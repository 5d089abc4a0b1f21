"""A plan's course: what each week makes of the dose, and the reason that it gives."""

from dataclasses import replace

import pytest

from backend.walking.course import Change, Choice, green_weeks
from backend.walking.rules import Light
from tests.walking.courses import (
    DAYS,
    GOOD,
    MONDAY,
    codes,
    day,
    standing,
    the,
    walked,
    weeks_of,
)

# --- the start -----------------------------------------------------------------------------------


def test_a_plan_starts_with_its_minutes_on_four_days() -> None:
    found = standing(on=0)
    assert (found.minutes, found.days_allowed, found.easy_left, found.needs) == (10, 4, 0, "")
    assert found.why == Change(on=MONDAY, code="start", before=10, minutes=10)


def test_weeks_begin_on_monday_also_where_the_plan_begins_in_between() -> None:
    found = standing(on=9, started_on=day(2))
    assert [week.monday for week in found.weeks] == [day(0), day(7)]
    assert found.weeks[0].planned == (day(2), day(4), day(5))


def test_a_first_week_that_lacks_chosen_days_does_not_raise_the_dose() -> None:
    found = standing(weeks_of("..g.gg."), on=7, started_on=day(2))
    assert found.why.code == "held_first_week"
    assert found.minutes == 10
    assert not found.weeks[0].whole


def test_a_first_week_with_all_its_chosen_days_does() -> None:
    found = standing(
        weeks_of("..ggg.."), on=7, started_on=day(2), choices=[Choice(day(2), (2, 3, 4))]
    )
    assert found.why.code == "rose"


def test_before_its_start_a_plan_stands_at_its_start() -> None:
    assert standing(on=-3).why.code == "start"


def test_walks_before_the_start_do_not_count() -> None:
    found = standing([walked(-1, "r"), walked(0)], on=0)
    assert (found.minutes, found.weeks[0].sessions) == (10, (walked(0),))


def test_walks_of_later_days_do_not_count_yet() -> None:
    assert standing(weeks_of(GOOD, "r......"), on=6).minutes == 10


# --- a good week ---------------------------------------------------------------------------------


def test_after_a_good_week_the_dose_rises_on_monday() -> None:
    sessions = weeks_of(GOOD)
    assert standing(sessions, on=6).minutes == 10
    found = standing(sessions, on=7)
    assert found.minutes == 12
    assert found.why == Change(on=day(7), code="rose", before=10, minutes=12, done=4, planned=4)


def test_three_of_four_sessions_are_enough_and_two_are_not() -> None:
    assert standing(weeks_of("g.g.g.."), on=7).minutes == 12
    few = standing(weeks_of("g.g...."), on=7)
    assert few.why == Change(on=day(7), code="held_few", before=10, minutes=10, done=2, planned=4)


def test_a_session_counts_from_three_quarters_of_its_minutes() -> None:
    assert standing(weeks_of("g.g.g..", minutes=7.5), on=7).why.code == "rose"
    assert standing(weeks_of("g.g.g..", minutes=7.4), on=7).why.code == "held_few"


def test_a_session_may_be_walked_in_parts() -> None:
    halves = [walked(n, minutes=4) for n in (0, 0, 2, 2, 4, 4)]
    found = standing(halves, on=7)
    assert found.minutes == 12
    assert [one.seconds for one in found.weeks[0].sessions] == [480, 480, 480]


def test_the_worst_part_of_a_day_judges_it() -> None:
    calm, bad = walked(0, "g", backward_seconds=60), walked(0, "a", backward_seconds=60)
    for parts in ([calm, bad], [bad, calm]):
        (one,) = standing(parts, on=0).weeks[0].sessions
        assert (one.light, one.rise, one.seconds, one.backward_seconds) == ("amber", 4, 3600, 120)


@pytest.mark.parametrize(("one", "other", "worse"), [(0, 1, 1), (1, 2, 2), (0, None, None)])
def test_of_two_parts_alike_the_one_that_took_longer_to_settle_judges_the_day(
    one: int | None, other: int | None, worse: int | None
) -> None:
    parts = [walked(0, "a", settled_days=days) for days in (one, other)]
    for order in (parts, parts[::-1]):
        (day_of_both,) = standing(order, on=0).weeks[0].sessions
        assert day_of_both.settled_days == worse


def test_a_known_rise_says_more_than_none() -> None:
    parts = [walked(0, "g", rise=0), walked(0, "g", rise=None)]
    for order in (parts, parts[::-1]):
        assert standing(order, on=0).weeks[0].sessions[0].rise == 0


def test_backward_steps_are_none_unless_they_are_said() -> None:
    assert standing([walked(0)], on=0).weeks[0].sessions[0].backward_seconds == 0


def test_another_day_of_the_week_is_as_good_as_the_chosen_one() -> None:
    assert standing(weeks_of(".g.g..g"), on=7).why.code == "rose"


def test_minutes_rise_to_30_then_days_to_5_and_then_it_stays() -> None:
    found = standing(weeks_of(*[GOOD] * 11), on=77)
    assert [week.minutes for week in found.weeks] == [
        10,
        12,
        14,
        16,
        18,
        21,
        24,
        28,
        30,
        30,
        30,
        30,
    ]
    assert codes(found)[8:] == ["rose", "more_days", "at_target", "at_target"]
    assert found.days_allowed == 5


def test_more_chosen_days_than_the_plan_has_need_no_more_sessions_than_it_has() -> None:
    every_day = [Choice(MONDAY, tuple(range(7)))]
    found = standing(weeks_of("g.g.g.."), on=7, choices=every_day)
    assert (found.why.code, found.why.done, found.why.planned) == ("rose", 3, 4)


def test_fewer_chosen_days_than_the_plan_has_are_enough() -> None:
    two_days = [Choice(MONDAY, (0, 3))]
    assert standing(weeks_of("g..g..."), on=7, choices=two_days).why.code == "rose"
    assert standing(weeks_of("g......"), on=7, choices=two_days).why.code == "held_few"


def test_chosen_days_change_from_the_day_on_that_they_are_changed() -> None:
    choices = [Choice(day(7), (1,)), Choice(MONDAY, DAYS), Choice(day(10), (4,))]
    weeks = standing(on=14, choices=choices).weeks
    assert [week.planned for week in weeks] == [
        (day(0), day(2), day(4), day(5)),
        (day(8), day(11)),
        (day(18),),
    ]


def test_the_first_choice_holds_for_the_days_before_it_too() -> None:
    choices = [Choice(day(2), (2, 3, 4)), Choice(day(7), (0,))]
    assert standing(on=7, started_on=day(2), choices=choices).weeks[0].whole


def test_a_week_without_a_chosen_day_and_without_a_walk_is_no_good_week() -> None:
    choices = [Choice(MONDAY, (4,)), Choice(day(9), (0,))]
    found = standing([walked(4)], on=14, choices=choices)
    assert found.weeks[1].planned == ()
    assert not found.weeks[1].green
    assert found.weeks[2].changes[0].code == "held_few"


# --- held ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("week", "code", "walk_on"),
    [
        ("g.a.gg.", "held_amber", day(2)),
        ("g.g.gw.", "held_waiting", day(5)),
        ("g.u.gw.", "held_unanswered", day(2)),
        ("u.a.ww.", "held_amber", day(2)),
    ],
)
def test_one_walk_that_was_not_green_holds_the_dose_and_is_named(
    week: str, code: str, walk_on: object
) -> None:
    found = standing(weeks_of(week), on=7)
    assert (found.why.code, found.why.walk_on, found.minutes) == (code, walk_on, 10)


@pytest.mark.parametrize(
    ("week", "code"),
    [
        ("g.u.gg.", "rose"),  # three of four are known, and well
        ("g.u.ug.", "held_unanswered"),
        ("g.u.g..", "held_unanswered"),
        ("g.u.gw.", "held_unanswered"),
        ("u.u.uu.", "held_unanswered"),
        ("g.g.g.u", "rose"),
    ],
)
def test_a_walk_that_nobody_knows_about_does_not_count_and_does_no_harm(
    week: str, code: str
) -> None:
    found = standing(weeks_of(week), on=7)
    assert (found.why.code, found.minutes) == (code, 12 if code == "rose" else 10)


def test_the_reason_names_the_worst_walk_with_its_rise_and_how_long_it_lasted() -> None:
    sessions = [
        walked(0, "g"),
        walked(2, "u", rise=0),
        walked(4, "a", rise=3, settled_days=1),
        walked(5, "g"),
    ]
    why = standing(sessions, on=7).why
    assert (why.walk_on, why.rise, why.settled_days) == (day(4), 3, 1)


def test_a_late_answer_changes_the_review_that_it_belongs_to() -> None:
    waiting = weeks_of("g.g.gw.")
    answered = [replace(one, light=Light.GREEN) for one in waiting]
    assert standing(waiting, on=7).why.code == "held_waiting"
    assert the(standing(answered, on=9), "rose").on == day(7)


# --- green weeks ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("weeks", "green"),
    [
        ([GOOD, GOOD], 2),
        ([GOOD, GOOD, GOOD], 2),
        (["a.g.gg.", GOOD], 1),
        ([GOOD, "a.g.gg."], 0),
        ([GOOD, "g.g...."], 0),  # green, but too few
        ([GOOD, "g.g.g.."], 2),
        ([GOOD, "......."], 0),
        ([GOOD], 1),
        ([GOOD, "u.g.gg."], 0),
    ],
)
def test_green_weeks_are_counted_back_from_the_last_one(weeks: list[str], green: int) -> None:
    on = 7 * len(weeks)
    assert green_weeks(standing(weeks_of(*weeks), on=on).weeks, today=day(on)) == green


def test_the_running_week_does_not_count_yet_but_its_red_does() -> None:
    found = standing(weeks_of(GOOD, GOOD, "g......"), on=15)
    assert green_weeks(found.weeks, today=day(15)) == 2
    red = standing(weeks_of(GOOD, GOOD, "r......"), on=15)
    assert green_weeks(red.weeks, today=day(15)) == 0


def test_a_first_week_that_lacks_chosen_days_is_no_green_week() -> None:
    found = standing(weeks_of("..g.gg.", GOOD), on=14, started_on=day(2))
    assert green_weeks(found.weeks, today=day(14)) == 1


@pytest.mark.parametrize(("days", "week"), [((0,), "g......"), (tuple(range(7)), "gggg...")])
def test_a_green_week_takes_three_in_four_of_what_the_plan_asks_for(
    days: tuple[int, ...], week: str
) -> None:
    found = standing(weeks_of(week), on=7, choices=[Choice(MONDAY, days)])
    assert green_weeks(found.weeks, today=day(7)) == 1
