"""What holds for every course, however somebody walked, hurt, rested and changed their mind."""

from dataclasses import replace
from time import process_time
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from backend.walking import rules
from backend.walking.course import Choice, Course, Rest, Session, unfold
from backend.walking.rules import Light
from tests.walking.courses import DAY, GOOD, MONDAY, WEEK, day, plan, standing, weeks_of
from tests.walking.promises import rises_too_early

DAYS_LONG = 84

some_day = st.integers(0, DAYS_LONG - 1).map(day)
sessions = st.lists(
    st.builds(
        Session,
        day=some_day,
        seconds=st.integers(60, 3600),
        # Green more often than not, or hardly any course would ever rise.
        light=st.sampled_from([*Light, *[Light.GREEN] * 12]),
        rise=st.none() | st.integers(0, 10),
        settled_days=st.none() | st.integers(0, 3),
    ),
    max_size=60,
)
rests = st.lists(
    st.builds(
        lambda first, length, percent: Rest(
            first=first, last=first + DAY * length, resume_percent=percent
        ),
        some_day,
        st.integers(0, 20),
        st.sampled_from([70, 60, 50]),
    ),
    max_size=2,
)
chosen = st.lists(st.integers(0, 6), min_size=1, max_size=7, unique=True).map(
    lambda days: tuple(sorted(days))
)
choices = st.lists(st.builds(Choice, some_day, chosen), max_size=2, unique_by=lambda one: one.from_)
courses = st.builds(
    lambda first, later, **rest: Course(
        choices=[Choice(MONDAY - DAY, first), *later], started_on=MONDAY, **rest
    ),
    first=chosen,
    later=choices,
    start_minutes=st.integers(rules.LEAST, 20),
    sessions=sessions,
    rests=rests,
    paused=st.frozensets(some_day, max_size=10),
)
LAST = day(DAYS_LONG - 1)


@given(courses)
def test_the_dose_stays_within_its_bounds(course: Course) -> None:
    found = unfold(course, today=LAST)
    doses = [change.minutes for week in found.weeks for change in week.changes]
    assert all(rules.LEAST <= minutes <= rules.MINUTES_TARGET for minutes in doses)
    assert rules.DAYS_START <= found.days_allowed <= rules.DAYS_TARGET
    assert found.minutes * 7 <= rules.MOST_A_WEEK


@given(courses)
def test_no_change_raises_a_session_by_more_than_5_or_a_week_by_more_than_30(
    course: Course,
) -> None:
    for week in unfold(course, today=LAST).weeks:
        for change in week.changes:
            more = change.minutes - change.before
            assert more <= rules.STEP_MOST
            assert more * max(rules.DAYS_TARGET, len(week.planned)) <= rules.STEP_MOST_A_WEEK
            assert more <= 0 or (change.code == "rose" and change.on == week.monday)


@given(courses)
def test_every_change_goes_on_from_the_one_before(course: Course) -> None:
    found = unfold(course, today=LAST)
    changes = [change for week in found.weeks for change in week.changes]
    assert [one.before for one in changes[1:]] == [one.minutes for one in changes[:-1]]
    assert changes[-1].minutes == found.minutes
    assert [one.on for one in changes] == sorted(one.on for one in changes)


@given(courses)
def test_every_week_says_why_its_dose_is_what_it_is(course: Course) -> None:
    weeks = unfold(course, today=LAST).weeks
    assert [week.monday for week in weeks] == [MONDAY + WEEK * n for n in range(len(weeks))]
    assert all(week.changes for week in weeks)
    assert all(week.changes[-1].minutes == week.minutes for week in weeks)


@given(courses)
def test_nothing_rises_after_red_before_three_easy_sessions_and_a_week_without(
    course: Course,
) -> None:
    assert not rises_too_early(unfold(course, today=LAST))


@given(courses, st.randoms())
def test_the_order_of_what_is_given_does_not_matter(course: Course, random: Any) -> None:
    def mixed(given: Any) -> list[Any]:
        return list(random.sample(given, len(given)))

    shuffled = replace(
        course,
        choices=mixed(course.choices),
        sessions=mixed(course.sessions),
        rests=mixed(course.rests),
    )
    assert unfold(shuffled, today=LAST) == unfold(course, today=LAST)


@given(courses, st.integers(0, DAYS_LONG - 1))
def test_what_comes_later_does_not_change_the_weeks_before(course: Course, until: int) -> None:
    """So the plan of any day can be told from the whole record."""
    today = day(until)
    assume(not any(one.last and one.first <= today < one.last for one in course.rests))
    then, now = unfold(course, today=today), unfold(course, today=LAST)
    finished = [week for week in then.weeks if week.monday + WEEK <= today]
    assert list(now.weeks[: len(finished)]) == finished


@given(courses)
@settings(max_examples=50)
def test_one_more_red_walk_never_leaves_more(course: Course) -> None:
    red = Session(day=LAST, seconds=60, light=Light.RED, rise=5)
    worse = replace(course, sessions=[*course.sessions, red])
    assert unfold(worse, today=LAST).minutes <= unfold(course, today=LAST).minutes


def test_the_promise_about_red_is_tried_against_a_plan_that_breaks_it() -> None:
    """A check that nothing can fail would promise nothing."""
    honest = standing(weeks_of("r......", GOOD, GOOD), on=21)
    first, second, *others = honest.weeks
    early = replace(second.changes[0], minutes=second.changes[0].minutes + 1)
    broken = replace(honest, weeks=(first, replace(second, changes=(early,)), *others))
    assert not rises_too_early(honest)
    assert rises_too_early(broken) == [early]


def test_two_years_of_walking_are_unfolded_in_no_time() -> None:
    """Every view of the plan does it. Some 4 ms on a small machine; ten times that is a fault."""
    course, today = plan(weeks_of(*[GOOD] * 104)), day(7 * 104)
    took = []
    for _ in range(5):
        began = process_time()
        unfold(course, today=today)
        took.append(process_time() - began)
    assert min(took) < 0.04
