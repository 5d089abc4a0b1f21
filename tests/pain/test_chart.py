"""The chart: the last days as the person counts them, with what happened on them."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from backend.accounts.models import Person
from backend.pain.chart import Chart, Span, chart
from backend.pain.models import Episode, Flare, PainEntry
from backend.reminders.models import Delivery
from backend.walking.models import Walk
from tests.conftest import NOW, client_of

pytestmark = [pytest.mark.service, pytest.mark.django_db]

DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)
TEN_MINUTES = timedelta(minutes=10)
# Wednesday 3 June 2026: a week's chart begins on Thursday, with midnight in Berlin.
WEEK_STARTS = datetime(2026, 5, 27, 22, tzinfo=UTC)
WEEK_ENDS = datetime(2026, 6, 3, 22, tzinfo=UTC)


def enter(owner: Person, score: int = 4, at: datetime = NOW) -> None:
    PainEntry.objects.create(owner=owner, score=score, at=at)


def walk(owner: Person, at: datetime) -> None:
    Walk.objects.create(owner=owner, started_at=at, ended_at=at + TEN_MINUTES, seconds=600)


def episode(owner: Person, began: date, closed_at: datetime | None = None) -> None:
    onset = datetime.combine(began, datetime.min.time(), UTC)
    closed_as = "gone" if closed_at else ""
    Episode.objects.create(
        owner=owner, onset_at=onset, began_on=began, closed_at=closed_at, closed_as=closed_as
    )


def of(owner: Person, span: Span = Span.WEEK, now: datetime = NOW) -> Chart:
    return chart(owner, span=span, now=now)


@pytest.mark.parametrize(
    ("span", "first"),
    [("week", "2026-05-28"), ("month", "2026-05-07"), ("half_year", "2025-12-04")],
)
def test_it_ends_today_and_spans_a_week_four_or_twenty_six(
    as_owner: APIClient, span: str, first: str
) -> None:
    with time_machine.travel(NOW, tick=False):
        found = as_owner.get("/api/v1/pain/chart", {"span": span}).json()
    assert (found["span"], found["from"], found["to"]) == (span, first, "2026-06-03")


def test_it_is_answered_in_full(owner: Person, as_owner: APIClient) -> None:
    enter(owner, 2, NOW - DAY)
    enter(owner, 5, NOW - DAY + SECOND)
    episode(owner, date(2026, 5, 30), NOW)
    Flare.objects.create(owner=owner, began_at=NOW - 2 * DAY)
    walk(owner, NOW - DAY)
    with time_machine.travel(NOW, tick=False):
        found = as_owner.get("/api/v1/pain/chart", {"span": "week"}).json()
    assert found == {
        "span": "week",
        "from": "2026-05-28",
        "to": "2026-06-03",
        "days": [{"date": "2026-06-02", "low": 2, "high": 5, "typical": 3.5, "count": 2}],
        "episodes": [{"from": "2026-05-30", "to": "2026-06-03", "closed_as": "gone"}],
        "flares": [{"from": "2026-06-01", "to": None}],
        "walks": ["2026-06-02"],
    }


@pytest.mark.parametrize("span", ["year", "Week", "week,month"])
def test_an_unknown_span_is_refused(as_owner: APIClient, span: str) -> None:
    refused = as_owner.get("/api/v1/pain/chart", {"span": span})
    assert (refused.status_code, list(refused.json()["fields"])) == (400, ["span"])


def test_a_new_person_sees_an_empty_chart(owner: Person) -> None:
    found = of(owner)
    assert (found.days, found.episodes, found.flares, found.walks) == ([], [], [], [])


@pytest.mark.parametrize(
    ("at", "days"),
    [
        (WEEK_STARTS - SECOND, []),
        (WEEK_STARTS, [date(2026, 5, 28)]),
        (WEEK_ENDS - SECOND, [date(2026, 6, 3)]),
        (WEEK_ENDS, []),
    ],
)
def test_it_begins_and_ends_to_the_second(owner: Person, at: datetime, days: list[date]) -> None:
    enter(owner, at=at)
    walk(owner, at)
    found = of(owner)
    assert ([day.date for day in found.days], found.walks) == (days, days)


def test_who_stays_up_has_longer_days(owner: Person) -> None:
    owner.day_ends_at = 3
    enter(owner, at=WEEK_STARTS + timedelta(hours=3) - SECOND)  # belongs to the day before
    enter(owner, at=WEEK_ENDS + timedelta(hours=3) - SECOND)
    night = WEEK_ENDS + timedelta(hours=2)  # two in the morning: it is still the third
    found = of(owner, now=night)
    assert found.stretch.last == date(2026, 6, 3)
    assert [day.date for day in found.days] == [date(2026, 6, 3)]


@pytest.mark.parametrize(
    ("began", "closed_at", "shown"),
    [
        (date(2026, 5, 20), None, True),
        (date(2026, 6, 3), None, True),
        (date(2026, 5, 20), WEEK_STARTS, True),
        (date(2026, 5, 20), WEEK_STARTS - SECOND, False),
    ],
)
def test_episodes_are_those_that_reach_into_its_days(
    owner: Person, began: date, closed_at: datetime | None, shown: bool
) -> None:
    episode(owner, began, closed_at)
    assert [one.first for one in of(owner).episodes] == [began] * shown


@pytest.mark.parametrize(
    ("began_at", "ended_at", "shown"),
    [
        (WEEK_STARTS - 9 * DAY, None, True),
        (WEEK_ENDS - SECOND, None, True),
        (WEEK_ENDS, None, False),
        (WEEK_STARTS - 9 * DAY, WEEK_STARTS, True),
        (WEEK_STARTS - 9 * DAY, WEEK_STARTS - SECOND, False),
    ],
)
def test_flares_are_those_that_reach_into_its_days(
    owner: Person, began_at: datetime, ended_at: datetime | None, shown: bool
) -> None:
    Flare.objects.create(owner=owner, began_at=began_at, ended_at=ended_at)
    assert len(of(owner).flares) == shown


def test_flares_have_the_days_of_the_persons_zone(owner: Person) -> None:
    late = datetime(2026, 6, 1, 22, 30, tzinfo=UTC)  # half past midnight in Berlin
    Flare.objects.create(owner=owner, began_at=late - DAY, ended_at=late)
    (found,) = of(owner).flares
    assert (found.first, found.last) == (date(2026, 6, 1), date(2026, 6, 2))


def test_a_reminder_that_was_answered_is_no_walk_yet(owner: Person) -> None:
    """ "Done" becomes a walk by way of the plan, which knows its minutes."""
    Delivery.objects.create(
        owner=owner, due_at=NOW, kind="walk", answer="done", state="sent", ended_at=NOW
    )
    assert of(owner).walks == []


def test_a_walk_over_midnight_belongs_to_the_day_it_began_on(owner: Person) -> None:
    walk(owner, WEEK_STARTS + DAY - SECOND)
    assert of(owner).walks == [date(2026, 5, 28)]


def test_two_walks_make_one_day_with_a_walk(owner: Person) -> None:
    for hours in (1, 4, 30):
        walk(owner, NOW - hours * timedelta(hours=1))
    assert of(owner).walks == [date(2026, 6, 2), date(2026, 6, 3)]


def test_a_stranger_sees_nothing_of_it(owner: Person, stranger: Person) -> None:
    enter(owner)
    episode(owner, date(2026, 6, 1))
    Flare.objects.create(owner=owner, began_at=NOW)
    walk(owner, NOW)
    with time_machine.travel(NOW, tick=False):
        found = client_of(stranger).get("/api/v1/pain/chart").json()
    assert [found[part] for part in ("days", "episodes", "flares", "walks")] == [[], [], [], []]


def test_it_takes_four_queries_however_long_the_diary_is(owner: Person) -> None:
    for days in range(30):
        enter(owner, at=NOW - days * DAY)
        walk(owner, NOW - days * DAY)
    with CaptureQueriesContext(connection) as found:
        of(owner, Span.HALF_YEAR)
    assert len(found) == 4
