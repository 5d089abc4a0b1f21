"""Health for monitors: what is wrong is said in words."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from pytest_django import Settings
from rest_framework.test import APIClient

from backend.core.models import Pulse
from tests.conftest import NOW
from tests.settings import free_port

pytestmark = [pytest.mark.service, pytest.mark.django_db]


def reasons(client: APIClient, *, status: int) -> list[str]:
    answer = client.get("/readyz")
    body: dict[str, Any] = answer.json()
    assert answer.status_code == status
    assert body["ready"] is (status == 200)
    return list(body["reasons"])


@pytest.fixture
def redis_is_away(settings: Settings) -> None:
    settings.REDIS_URL = f"redis://127.0.0.1:{free_port()}/0"


@pytest.fixture
def database_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise DatabaseError

    monkeypatch.setattr(connection, "cursor", fail)


def test_it_is_healthy_while_it_serves(visitor: APIClient) -> None:
    answer = visitor.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"ok": True})
    assert "no-store" in answer["Cache-Control"]


def test_it_is_healthy_whatever_it_depends_on(
    visitor: APIClient, redis_is_away: None, database_is_away: None
) -> None:
    assert visitor.get("/healthz").status_code == 200


def test_it_is_ready_once_a_tick_ran(visitor: APIClient) -> None:
    with time_machine.travel(NOW, tick=False):
        Pulse.record("tick", now=NOW)
        assert reasons(visitor, status=200) == []


def test_it_is_not_ready_before_the_first_tick(visitor: APIClient) -> None:
    assert reasons(visitor, status=503) == ["no reminder tick has run yet"]


@pytest.mark.parametrize(("minutes", "status"), [(2, 200), (2.1, 503), (600, 503)])
def test_a_tick_may_be_two_minutes_late(visitor: APIClient, minutes: float, status: int) -> None:
    Pulse.record("tick", now=NOW)
    with time_machine.travel(NOW + timedelta(minutes=minutes), tick=False):
        found = reasons(visitor, status=status)
    late = ["the last reminder tick ran at 2026-06-03 10:00:00 UTC"]
    assert found == ([] if status == 200 else late)


def test_it_is_not_ready_without_redis(visitor: APIClient, redis_is_away: None) -> None:
    assert reasons(visitor, status=503) == ["Redis does not answer"]


def test_a_redis_address_that_is_none_reads_the_same(
    visitor: APIClient, settings: Settings
) -> None:
    settings.REDIS_URL = "nonsense"
    assert reasons(visitor, status=503) == ["Redis does not answer"]


def test_it_is_not_ready_without_its_database(visitor: APIClient, database_is_away: None) -> None:
    assert reasons(visitor, status=503) == ["the database does not answer"]


def test_it_is_not_ready_before_the_tables_are_made(
    visitor: APIClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(name: str) -> None:
        raise DatabaseError

    monkeypatch.setattr(Pulse, "last", fail)
    assert reasons(visitor, status=503) == ["the database is not migrated"]


def test_all_that_is_wrong_is_said_at_once(
    visitor: APIClient, redis_is_away: None, database_is_away: None
) -> None:
    expected = ["the database does not answer", "Redis does not answer"]
    assert reasons(visitor, status=503) == expected


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_health_is_only_read(visitor: APIClient, path: str) -> None:
    assert visitor.post(path).status_code == 405


def test_a_later_pulse_replaces_the_earlier_one() -> None:
    for minutes in (0, 5):
        Pulse.record("tick", now=NOW + timedelta(minutes=minutes))
    assert Pulse.last("tick") == NOW + timedelta(minutes=5)


def test_the_health_check_of_the_beat_passes_after_a_tick() -> None:
    Pulse.record("tick", now=NOW)
    with time_machine.travel(NOW + timedelta(seconds=100), tick=False):
        call_command("check_pulse")


@pytest.mark.parametrize("arguments", [(), ("--seconds", "30")])
def test_it_fails_without_one_or_after_a_late_one(arguments: tuple[str, ...]) -> None:
    if arguments:
        Pulse.record("tick", now=NOW)
    later = time_machine.travel(NOW + timedelta(seconds=31), tick=False)
    with later, pytest.raises(CommandError, match="the last reminder tick ran"):
        call_command("check_pulse", *arguments)
