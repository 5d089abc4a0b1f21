"""When a push service is left alone, and for how long."""

from datetime import datetime, timedelta
from typing import Any
from uuid import NAMESPACE_DNS, UUID, uuid5

import pytest
from django.core.cache import cache

from backend.push.hosts import FIRST_REST, LONGEST_REST, WELL, Health, Hosts
from backend.push.results import Outcome, Result
from tests.conftest import NOW
from tests.settings import free_port

ORIGIN = "https://push.example"
SECOND = timedelta(seconds=1)
LATER = Result(outcome=Outcome.RETRY, status=503)


def later(wait: timedelta) -> Result:
    return Result(outcome=Outcome.RETRY, status=429, retry_after=wait)


def person(name: str) -> UUID:
    return uuid5(NAMESPACE_DNS, name)


def turned_away(
    health: Health, *owners: str, result: Result = LATER, now: datetime = NOW
) -> Health:
    for owner in owners:
        health = health.after(result, owner=person(owner), now=now)
    return health


def test_the_third_person_in_a_row_makes_it_rest() -> None:
    two = turned_away(WELL, "alice", "bob")
    assert two.rest(now=NOW) is None
    assert turned_away(two, "charlie").rest(now=NOW) == FIRST_REST


def test_one_person_can_not_make_it_rest() -> None:
    assert turned_away(WELL, *["alice"] * 50).rest(now=NOW) is None


@pytest.mark.parametrize("outcome", [Outcome.SENT, Outcome.GONE, Outcome.REFUSED])
def test_any_other_answer_in_between_shows_that_it_works(outcome: Outcome) -> None:
    health = turned_away(WELL, "alice", "bob")
    health = health.after(Result(outcome=outcome), owner=person("dora"), now=NOW)
    assert turned_away(health, "charlie").rest(now=NOW) is None


def test_a_rest_ends_on_the_second() -> None:
    health = turned_away(WELL, "alice", "bob", "charlie")
    assert health.rest(now=NOW + FIRST_REST - SECOND) == SECOND
    assert health.rest(now=NOW + FIRST_REST) is None


@pytest.mark.parametrize(
    ("asked", "rest"),
    [
        (FIRST_REST - SECOND, FIRST_REST),
        (FIRST_REST + SECOND, FIRST_REST + SECOND),
        (timedelta(hours=1), timedelta(hours=1)),
    ],
)
def test_it_rests_as_long_as_it_asked_and_never_less_than_we_would(
    asked: timedelta, rest: timedelta
) -> None:
    health = turned_away(WELL, "alice", result=later(asked))
    assert turned_away(health, "bob", "charlie").rest(now=NOW) == rest


def test_rests_in_a_row_double_up_to_a_bound() -> None:
    health, now, rests = WELL, NOW, []
    for _ in range(12):
        health = turned_away(health, "alice", "bob", "charlie", now=now)
        rest = health.rest(now=now)
        assert rest is not None
        rests.append(rest)
        now += rest
    assert rests[:3] == [FIRST_REST, FIRST_REST * 2, FIRST_REST * 4]
    assert rests[-1] == LONGEST_REST


def test_after_a_rest_one_person_alone_does_not_make_it_rest_again() -> None:
    health = turned_away(WELL, "alice", "bob", "charlie")
    after = NOW + FIRST_REST
    assert turned_away(health, *["alice"] * 9, now=after).rest(now=after) is None


def test_a_success_forgets_all() -> None:
    health = turned_away(WELL, "alice", "bob", "charlie")
    assert health.after(Result(outcome=Outcome.SENT), owner=person("dora"), now=NOW) == WELL


def test_what_was_under_way_does_not_double_the_rest() -> None:
    health = turned_away(WELL, "alice", "bob", "charlie")
    assert turned_away(health, "dora", "emil", "frida").rest(now=NOW) == FIRST_REST


def test_what_was_under_way_may_ask_for_more() -> None:
    health = turned_away(WELL, "alice", "bob", "charlie")
    asked = timedelta(minutes=20)
    assert turned_away(health, "dora", result=later(asked)).rest(now=NOW) == asked


def batch(*owners: str, result: Result = LATER, origin: str = ORIGIN) -> None:
    hosts = Hosts([origin])
    for owner in owners:
        hosts.note(origin, result, owner=person(owner), now=NOW)
    hosts.save()


def rest_of(origin: str) -> timedelta | None:
    return Hosts([origin]).rest(origin, now=NOW)


def test_workers_share_what_they_learnt() -> None:
    for owner in ("alice", "bob", "charlie"):
        batch(owner)
    assert rest_of(ORIGIN) == FIRST_REST


def test_a_success_in_one_worker_wakes_it_for_all() -> None:
    batch("alice", "bob", "charlie")
    batch("dora", result=Result(outcome=Outcome.SENT))
    assert rest_of(ORIGIN) is None


def test_each_service_has_a_rest_of_its_own() -> None:
    batch("alice", "bob", "charlie", origin="https://other.example")
    assert rest_of(ORIGIN) is None


def test_a_batch_asks_once_and_tells_only_news(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []

    def counted(name: str) -> Any:
        ask = getattr(cache, name)

        def call(*args: Any, **options: Any) -> Any:
            calls.append(name)
            return ask(*args, **options)

        return call

    for name in ("get_many", "set_many", "delete_many"):
        monkeypatch.setattr(cache, name, counted(name))
    hosts = Hosts([ORIGIN, "https://other.example"])
    for _ in range(100):
        hosts.note(ORIGIN, Result(outcome=Outcome.SENT), owner=person("alice"), now=NOW)
    hosts.save()
    assert calls == ["get_many"]


def test_what_another_version_left_behind_counts_for_nothing() -> None:
    batch("alice", "bob", "charlie")
    (key,) = Hosts([ORIGIN])._keys.values()
    cache.set(key, {"unheard": "of"})
    assert rest_of(ORIGIN) is None


def test_without_redis_each_batch_finds_out_for_itself(settings: Any) -> None:
    away = f"redis://127.0.0.1:{free_port()}/0"
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": away}}
    hosts = Hosts([ORIGIN])
    for owner in ("alice", "bob", "charlie"):
        hosts.note(ORIGIN, LATER, owner=person(owner), now=NOW)
    hosts.save()
    assert hosts.rest(ORIGIN, now=NOW) == FIRST_REST
