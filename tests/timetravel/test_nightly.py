"""The evening question, asked by a real beat, worker and push path, over weeks that take minutes.

Everybody here lives through the same run. It stops at each moment that any of the stories names,
and notes what has come since the one before. So a list of times also proves that nothing came at
all the other moments: `quiet_at` names those that a promise is about.
"""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.timetravel.people import Somebody
from tests.timetravel.timeline import History, Timeline, at

pytestmark = [pytest.mark.processes, pytest.mark.timeout(420)]

AUCKLAND, KATHMANDU = "Pacific/Auckland", "Asia/Kathmandu"
NEW_YORK, LORD_HOWE = "America/New_York", "Australia/Lord_Howe"
BERLIN, LOS_ANGELES = "Europe/Berlin", "America/Los_Angeles"

# Pain since 10:00 on a Monday. On the Sunday that follows, clocks go forward in Auckland, forward
# by half an hour on Lord Howe Island, and back in New York.
MONDAYS = [
    ("Anahera", AUCKLAND, date(2026, 9, 21)),
    ("Karma", KATHMANDU, date(2026, 9, 21)),
    ("Lou", LORD_HOWE, date(2026, 9, 28)),
    ("Nina", NEW_YORK, date(2026, 10, 26)),
]
THURSDAY, FRIDAY, SUNDAY = timedelta(3), timedelta(4), timedelta(6)

# Pain since a Friday, and on the Sunday in between the same changes. The evening on which the
# clocks say 72 hours, and the first one on which so many have passed.
FRIDAYS = [
    ("Aroha", AUCKLAND, "2026-09-25 19:00", "2026-09-28", "2026-09-29"),  # 72.5 but for 71.5
    ("Lea", LORD_HOWE, "2026-10-02 19:15", "2026-10-05", "2026-10-06"),  # 72.25 but for 71.75
    ("Noah", NEW_YORK, "2026-10-30 20:00", "2026-11-03", "2026-11-02"),  # 71.5 but for 72.5
]


@pytest.fixture(scope="module")
def history(timeline: Timeline) -> History:
    for tell in (mondays, weeks, fridays, own_time, recoveries, flights, outage):
        tell(timeline)
    return timeline.run()


def quiet_at(history: History, name: str, zone: str, *walls: str) -> bool:
    """Nothing came between each of these moments and the one before, and all were looked at."""
    moments = [at(zone, wall) for wall in walls]
    assert set(moments) <= set(history.moments)
    return not set(moments) & set(history.times(name))


# --- from a Monday on ----------------------------------------------------------------------------


def mondays(timeline: Timeline) -> None:
    for name, zone, monday in MONDAYS:
        timeline.somebody(name, zone, f"{monday} 10:00")
        thursday, friday, sunday = (monday + later for later in (THURSDAY, FRIDAY, SUNDAY))
        timeline.look(zone, f"{thursday} 09:59", f"{thursday} 10:00", f"{friday} 19:30")
        for day in (thursday, sunday):
            timeline.look(zone, f"{day} 19:29:50", f"{day} 19:30", f"{day} 19:31", f"{day} 23:59")


@pytest.mark.parametrize(("name", "zone", "monday"), MONDAYS)
def test_it_comes_on_the_evenings_of_days_4_and_7_and_on_no_other(
    history: History, name: str, zone: str, monday: date
) -> None:
    evenings = [at(zone, f"{monday + later} 19:30") for later in (THURSDAY, SUNDAY)]
    assert history.times(name) == evenings
    assert quiet_at(history, name, zone, f"{monday + FRIDAY} 19:30")


@pytest.mark.parametrize(("name", "zone", "monday"), MONDAYS)
def test_it_comes_neither_before_72_hours_nor_before_that_evening(
    history: History, name: str, zone: str, monday: date
) -> None:
    day = monday + THURSDAY
    assert quiet_at(history, name, zone, f"{day} 09:59", f"{day} 10:00", f"{day} 19:29:50")


@pytest.mark.parametrize(("name", "zone", "monday"), MONDAYS)
def test_it_comes_once_an_evening(history: History, name: str, zone: str, monday: date) -> None:
    for day in (monday + THURSDAY, monday + SUNDAY):
        assert quiet_at(history, name, zone, f"{day} 19:31", f"{day} 23:59")


@pytest.mark.parametrize(("name", "zone", "monday"), MONDAYS)
def test_each_leads_to_the_question_of_its_own_evening(
    history: History, timeline: Timeline, name: str, zone: str, monday: date
) -> None:
    found = questions(history, timeline, name)
    assert [(one["evening"], one["day"]) for one in found] == [
        (f"{monday + THURSDAY}", 4),
        (f"{monday + SUNDAY}", 7),
    ]


def questions(history: History, timeline: Timeline, name: str) -> list[dict[str, Any]]:
    somebody = timeline.people[name]
    return [somebody.question(notification) for _, notification in history.came[name]]


def test_the_message_is_the_evening_question_and_each_has_a_place_of_its_own(
    history: History,
) -> None:
    came = [notification for _, notification in history.came["Karma"]]
    assert [one.kind for one in came] == ["unresolved_pain"] * 2
    assert len({one.tag for one in came}) == 2


def weeks(timeline: Timeline) -> None:
    timeline.somebody("Wiki", AUCKLAND, "2026-09-21 10:00", days=None)
    for day in (5, 8, 13, 14, 15, 21, 27, 28, 29, 35, 41, 42, 43, 49):
        timeline.look(AUCKLAND, f"{date(2026, 9, 20) + timedelta(day)} 19:30")


def test_it_comes_again_on_days_14_28_and_42_and_then_no_more(
    history: History, timeline: Timeline
) -> None:
    assert history.times("Wiki") == [
        at(AUCKLAND, f"{day} 19:30")
        for day in ("2026-09-24", "2026-09-27", "2026-10-04", "2026-10-18", "2026-11-01")
    ]
    assert [one["day"] for one in questions(history, timeline, "Wiki")] == [4, 7, 14, 28, 42]


# --- over a change of the clocks -----------------------------------------------------------------


def fridays(timeline: Timeline) -> None:
    for name, zone, began, by_the_clock, really in FRIDAYS:
        timeline.somebody(name, zone, began)
        timeline.look(zone, f"{by_the_clock} 19:30", f"{really} 19:29:50", f"{really} 19:30")


@pytest.mark.parametrize(("name", "zone", "began", "by_the_clock", "really"), FRIDAYS)
def test_72_hours_are_hours_that_passed_not_hours_on_the_clock(
    history: History, name: str, zone: str, began: str, by_the_clock: str, really: str
) -> None:
    assert at(zone, began) in history.moments
    assert history.times(name)[:1] == [at(zone, f"{really} 19:30")]
    assert quiet_at(history, name, zone, f"{by_the_clock} 19:30", f"{really} 19:29:50")


# --- people's own ways ---------------------------------------------------------------------------


def own_time(timeline: Timeline) -> None:
    timeline.somebody("Uma", KATHMANDU, "2026-09-21 10:00")
    timeline.does("Uma", at(KATHMANDU, "2026-09-22 12:00"), lambda uma: uma.prefers("21:15"))
    for day in ("2026-09-24", "2026-09-27"):
        timeline.look(KATHMANDU, f"{day} 19:30", f"{day} 21:14:50", f"{day} 21:15")


def test_an_evening_is_when_its_person_says_that_it_is(history: History) -> None:
    assert history.times("Uma") == [
        at(KATHMANDU, "2026-09-24 21:15"),
        at(KATHMANDU, "2026-09-27 21:15"),
    ]


def recoveries(timeline: Timeline) -> None:
    def gone(name: str, wall: str) -> None:
        timeline.somebody(name, AUCKLAND, "2026-09-21 10:00", days=None)
        timeline.does(name, at(AUCKLAND, wall), Somebody.is_well)

    gone("Gita", "2026-09-23 12:00")
    gone("Gil", "2026-09-24 19:29:50")
    gone("Grace", "2026-09-26 09:00")
    gone("Gwen", "2026-09-24 20:00")
    wish = at(AUCKLAND, "2026-09-22 12:00")
    timeline.does("Gwen", wish, lambda gwen: gwen.wants_quiet("19:00", "21:00"))
    timeline.look(AUCKLAND, "2026-09-24 21:00", "2026-09-24 21:01")


@pytest.mark.parametrize("name", ["Gita", "Gil"])
def test_it_never_comes_to_an_episode_that_is_closed(history: History, name: str) -> None:
    assert history.times(name) == []


def test_it_does_not_come_again_once_an_episode_is_closed(history: History) -> None:
    assert history.times("Grace") == [at(AUCKLAND, "2026-09-24 19:30")]


def test_one_that_waits_for_the_end_of_quiet_hours_stays_away_if_pain_goes_meanwhile(
    history: History,
) -> None:
    assert history.times("Gwen") == []


# --- flights -------------------------------------------------------------------------------------


def flights(timeline: Timeline) -> None:
    def flies(name: str, home: str, when: str, to: str) -> None:
        timeline.somebody(name, home, "2026-10-12 10:00")
        timeline.does(name, at(home, when), lambda one: one.moves_to(to))
        for zone in (home, to):
            timeline.look(zone, *(f"2026-10-{day} 19:30" for day in (15, 16, 18)))

    flies("Bea", BERLIN, "2026-10-14 16:00", NEW_YORK)
    flies("Ben", BERLIN, "2026-10-15 23:50", KATHMANDU)
    flies("Mia", AUCKLAND, "2026-10-16 00:10", LOS_ANGELES)
    flies("Max", LOS_ANGELES, "2026-10-15 18:50", AUCKLAND)


def test_after_a_flight_it_comes_in_the_evening_of_the_place_one_is_at(history: History) -> None:
    assert history.times("Bea") == [
        at(NEW_YORK, "2026-10-15 19:30"),
        at(NEW_YORK, "2026-10-18 19:30"),
    ]
    assert quiet_at(history, "Bea", BERLIN, "2026-10-15 19:30")


def test_a_flight_east_around_midnight_does_not_double_it(history: History) -> None:
    assert history.times("Ben") == [
        at(BERLIN, "2026-10-15 19:30"),
        at(KATHMANDU, "2026-10-18 19:30"),
    ]


def test_an_evening_lived_twice_over_the_date_line_is_asked_about_once(history: History) -> None:
    assert history.times("Mia") == [
        at(AUCKLAND, "2026-10-15 19:30"),
        at(LOS_ANGELES, "2026-10-18 19:30"),
    ]
    assert quiet_at(history, "Mia", LOS_ANGELES, "2026-10-15 19:30")


def test_an_evening_that_a_flight_left_out_is_made_up_for_on_the_next(history: History) -> None:
    assert history.times("Max") == [
        at(AUCKLAND, "2026-10-16 19:30"),
        at(AUCKLAND, "2026-10-18 19:30"),
    ]


# --- a beat that is away over an evening ---------------------------------------------------------

BACK = "2026-10-23 15:00"  # in Kathmandu; in New York it is 05:15


def outage(timeline: Timeline) -> None:
    timeline.somebody("Odd", KATHMANDU, "2026-10-19 10:00")
    timeline.somebody("Ola", NEW_YORK, "2026-10-19 10:00")
    timeline.then(at(KATHMANDU, "2026-10-22 19:00"), timeline.stop_beat)
    for zone in (KATHMANDU, NEW_YORK):
        timeline.look(zone, "2026-10-22 19:30", "2026-10-23 19:30", "2026-10-23 23:59")
        timeline.look(zone, "2026-10-25 19:29:50", "2026-10-25 19:30", "2026-10-25 23:59")
    timeline.then(at(KATHMANDU, BACK), timeline.start_beat)
    timeline.look(NEW_YORK, "2026-10-23 07:59", "2026-10-23 08:00")


def test_one_that_an_outage_delayed_comes_when_the_outage_ends_and_day_7_as_ever(
    history: History,
) -> None:
    assert history.times("Odd") == [at(KATHMANDU, BACK), at(KATHMANDU, "2026-10-25 19:30")]


def test_a_delayed_one_does_not_wake_anybody(history: History) -> None:
    assert history.times("Ola") == [
        at(NEW_YORK, "2026-10-23 08:00"),
        at(NEW_YORK, "2026-10-25 19:30"),
    ]
    assert quiet_at(history, "Ola", KATHMANDU, BACK)


@pytest.mark.parametrize("name", ["Odd", "Ola"])
def test_a_delayed_one_is_still_the_question_of_its_evening(
    history: History, timeline: Timeline, name: str
) -> None:
    found = questions(history, timeline, name)
    assert [one["evening"] for one in found] == ["2026-10-22", "2026-10-25"]
