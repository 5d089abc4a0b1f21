"""What a schedule can say, and which part of it is named when it can't mean anything."""

import json
from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Any

import pytest

from backend.reminders.rules import ScheduleError, parse_schedule, read_schedule

WINDOW: dict[str, Any] = {"days": [0], "from": "09:00", "to": "17:00", "every_minutes": 60}
NIGHT = WINDOW | {"from": "22:00", "to": "06:00"}


def spares(*pairs: Any) -> dict[str, Any]:
    return WINDOW | {"except": list(pairs)}


def field_of(value: Any) -> str:
    with pytest.raises(ScheduleError) as caught:
        parse_schedule(value)
    assert str(caught.value).endswith(".")
    return caught.value.field


@pytest.mark.parametrize(
    "asked",
    [
        {"days": [0, 2, 4], "times": ["08:00", "17:30"]},
        WINDOW | {"except": []},
        spares(["12:00", "13:00"], ["15:00", "15:01"]),
        NIGHT | {"except": [["01:00", "02:00"], ["23:30", "00:30"]]},
    ],
)
def test_a_schedule_reads_back_as_it_was_given(asked: dict[str, Any]) -> None:
    assert parse_schedule(asked).as_dict() == asked


def test_times_are_sorted_and_each_stands_once() -> None:
    schedule = parse_schedule({"days": [4, 0, 0], "times": ["17:30", "08:00", "17:30"]})
    assert schedule.as_dict() == {"days": [0, 4], "times": ["08:00", "17:30"]}


def test_exceptions_are_sorted_and_each_stands_once() -> None:
    schedule = parse_schedule(spares(["15:00", "16:00"], ["12:00", "13:00"], ["15:00", "16:00"]))
    assert schedule.as_dict()["except"] == [["12:00", "13:00"], ["15:00", "16:00"]]


def test_without_exceptions_there_are_none() -> None:
    assert parse_schedule(WINDOW).as_dict()["except"] == []


def test_a_window_is_an_interval_and_times_are_not() -> None:
    window, times = parse_schedule(WINDOW), parse_schedule({"days": [0], "times": ["08:00"]})
    assert (window.interval, window.every) == (True, timedelta(hours=1))
    assert (times.interval, times.every) == (False, None)


def test_as_text_it_is_the_same() -> None:
    assert read_schedule(json.dumps(WINDOW)) == parse_schedule(WINDOW)


def test_any_mapping_will_do() -> None:
    given: Mapping[str, Any] = MappingProxyType(WINDOW)
    assert parse_schedule(given) == parse_schedule(WINDOW)


def test_a_good_schedule_does_not_excuse_one_that_only_compares_equal() -> None:
    """True == 1 == 1.0 in Python; what was read before must not answer for them."""
    parse_schedule({"days": [1], "times": ["08:00"]})
    assert field_of({"days": [True], "times": ["08:00"]}) == "days"
    assert field_of({"days": [1.0], "times": ["08:00"]}) == "days"


@pytest.mark.parametrize(
    ("value", "field"),
    [
        ([], "schedule"),
        ("daily", "schedule"),
        (None, "schedule"),
        ({}, "days"),
        ({"days": [], "times": ["08:00"]}, "days"),
        ({"days": "0", "times": ["08:00"]}, "days"),
        ({"days": {0}, "times": ["08:00"]}, "days"),
        ({"days": [7], "times": ["08:00"]}, "days"),
        ({"days": [-1], "times": ["08:00"]}, "days"),
        ({"days": [True], "times": ["08:00"]}, "days"),
        ({"days": [1.0], "times": ["08:00"]}, "days"),
        ({"days": ["1"], "times": ["08:00"]}, "days"),
        ({"days": [[1]], "times": ["08:00"]}, "days"),
        ({"days": [0] * 8, "times": ["08:00"]}, "days"),
        ({"days": [1], "times": []}, "times"),
        ({"days": [1]}, "times"),
        ({"days": [1], "times": "08:00"}, "times"),
        ({"days": [1], "times": None}, "times"),
        ({"days": [1], "times": ["25:00"]}, "times"),
        ({"days": [1], "times": ["24:00"]}, "times"),
        ({"days": [1], "times": ["08:60"]}, "times"),
        ({"days": [1], "times": ["8:00"]}, "times"),
        ({"days": [1], "times": ["08:00\n"]}, "times"),
        ({"days": [1], "times": ["08:00:00"]}, "times"),
        ({"days": [1], "times": ["٠٨:٠٠"]}, "times"),
        ({"days": [1], "times": [800]}, "times"),
        ({"days": [1], "times": ["08:00"] * 25}, "times"),
        ({"days": [1], "times": ["08:00"], "until": "2027"}, "until"),
        ({"days": [1], "times": ["08:00"], 5: 6}, "5"),
    ],
)
def test_times_that_mean_nothing_name_the_field(value: Any, field: str) -> None:
    assert field_of(value) == field


@pytest.mark.parametrize(
    ("value", "field"),
    [
        (WINDOW | {"times": ["08:00"]}, "times"),
        (WINDOW | {"days": [9]}, "days"),
        (WINDOW | {"step": 5}, "step"),
        ({"days": [0], "to": "17:00", "every_minutes": 60}, "from"),
        ({"days": [0], "from": "09:00", "every_minutes": 60}, "to"),
        ({"days": [0], "from": "09:00", "to": "17:00"}, "every_minutes"),
        ({"days": [0], "except": []}, "from"),
        (WINDOW | {"from": "9:00"}, "from"),
        (WINDOW | {"from": 9}, "from"),
        (WINDOW | {"to": "24:00"}, "to"),
        (WINDOW | {"to": None}, "to"),
        (WINDOW | {"to": "09:00"}, "to"),
        (WINDOW | {"every_minutes": 4}, "every_minutes"),
        (WINDOW | {"every_minutes": 721}, "every_minutes"),
        (WINDOW | {"every_minutes": 0}, "every_minutes"),
        (WINDOW | {"every_minutes": -60}, "every_minutes"),
        (WINDOW | {"every_minutes": True}, "every_minutes"),
        (WINDOW | {"every_minutes": 60.0}, "every_minutes"),
        (WINDOW | {"every_minutes": "60"}, "every_minutes"),
        (WINDOW | {"every_minutes": 10**30}, "every_minutes"),
        (WINDOW | {"except": None}, "except"),
        (WINDOW | {"except": "12:00"}, "except"),
        (WINDOW | {"except": {"12:00": "13:00"}}, "except"),
        (spares("12:00"), "except"),
        (spares(["12:00"]), "except"),
        (spares(["12:00", "13:00", "14:00"]), "except"),
        (spares(["12:00", "noon"]), "except"),
        (spares(["12:00", None]), "except"),
        (spares(["13:00", "12:00"]), "except"),
        (spares(["12:00", "12:00"]), "except"),
        (spares(*[["12:00", "13:00"]] * 11), "except"),
        (NIGHT | {"except": [["23:00", "23:00"]]}, "except"),
    ],
)
def test_a_window_that_means_nothing_names_the_field(value: Any, field: str) -> None:
    assert field_of(value) == field


def test_exceptions_that_leave_nothing_are_refused() -> None:
    assert field_of(spares(["09:00", "17:01"])) == "except"


def test_one_slot_is_enough() -> None:
    assert len(parse_schedule(spares(["09:00", "17:00"])).slots) == 1


def test_a_hundred_times_a_day_are_the_most() -> None:
    most = WINDOW | {"from": "08:00", "to": "16:15", "every_minutes": 5}
    assert len(parse_schedule(most).slots) == 100
    assert field_of(most | {"to": "16:20"}) == "every_minutes"


def test_what_an_exception_leaves_out_does_not_count() -> None:
    long = WINDOW | {"from": "08:00", "to": "16:20", "every_minutes": 5}
    assert len(parse_schedule(long | {"except": [["12:00", "12:05"]]}).slots) == 100


@pytest.mark.parametrize("nested", [[[]], {"a": [{}]}, {"days": [[[[[[]]]]]]}])
def test_nonsense_of_any_shape_is_refused(nested: Any) -> None:
    with pytest.raises(ScheduleError):
        parse_schedule(nested)


def test_what_contains_itself_is_refused() -> None:
    days: list[Any] = []
    days.append(days)
    assert field_of({"days": days, "times": ["08:00"]}) == "days"
