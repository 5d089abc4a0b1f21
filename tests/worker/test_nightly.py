"""The task that asks, and the sign of life that follows it."""

import threading
import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from django.db import OperationalError
from django.utils import timezone

from backend.accounts.models import Person
from backend.core.models import Pulse
from backend.pain import prompts
from backend.pain.models import Episode, EveningPrompt
from backend.pain.services import entry_save
from tests.conftest import make_person
from worker import heartbeat
from worker.tasks import pain as tasks

pytestmark = [pytest.mark.service, pytest.mark.django_db]


class Monitor(HTTPServer):
    """What a host's monitor hears."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Ear)
        self.heard: list[str] = []
        self.status = 200

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/check/secret-id"


class Ear(BaseHTTPRequestHandler):
    server: Monitor

    def do_GET(self) -> None:
        self.server.heard.append(self.path)
        self.send_response(self.server.status)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def monitor(settings: Any) -> Iterator[Monitor]:
    with Monitor() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        settings.HEARTBEAT_URL = server.url
        yield server
        server.shutdown()
        thread.join()


def unresolved(person: Person, *, now: datetime) -> Episode:
    """Asked about since a minute ago."""
    begun = now - timedelta(days=5)
    entry_save(id=uuid.uuid4(), owner=person, score=5, at=begun, began_on=None, now=begun)
    episode = Episode.objects.get(owner=person)
    episode.next_prompt_at = now - timedelta(minutes=1)
    episode.save()
    return episode


def test_whoever_is_due_is_asked(owner: Person) -> None:
    episode = unresolved(owner, now=timezone.now())
    tasks.nightly()
    assert EveningPrompt.objects.get().episode == episode


def test_it_goes_on_until_nobody_is_left(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prompts, "BATCH", 2)
    for _ in range(5):
        unresolved(make_person(), now=timezone.now())
    tasks.nightly()
    assert EveningPrompt.objects.count() == 5


def test_a_good_run_leaves_a_pulse_and_tells_the_monitor(db: None, monitor: Monitor) -> None:
    Pulse.record("tick", now=timezone.now())
    tasks.nightly()
    assert Pulse.last("nightly") is not None
    assert monitor.heard == ["/check/secret-id"]


def test_without_a_monitor_nobody_is_called(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[str] = []
    monkeypatch.setattr(tasks, "ping", called.append)
    tasks.nightly()
    assert called == []


def test_a_run_that_was_cut_short_is_silent(
    db: None, monitor: Monitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(**_: object) -> int:
        raise OperationalError("the server closed the connection")

    Pulse.record("tick", now=timezone.now())
    monkeypatch.setattr(prompts, "claim_prompts", broken)
    tasks.nightly()
    assert monitor.heard == []
    assert Pulse.last("nightly") is None


def test_while_nothing_is_sent_it_is_silent(db: None, monitor: Monitor) -> None:
    """Questions that are planned and never leave are as good as none."""
    Pulse.record("tick", now=timezone.now() - timedelta(minutes=5))
    tasks.nightly()
    assert monitor.heard == []


def test_a_monitor_that_is_away_harms_nothing(
    owner: Person, monitor: Monitor, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    Pulse.record("tick", now=timezone.now())
    monitor.status = 500
    unresolved(owner, now=timezone.now())
    tasks.nightly()
    assert EveningPrompt.objects.count() == 1
    assert "the heartbeat monitor can't be reached" in caplog.text
    assert "secret-id" not in caplog.text


def test_a_monitor_that_says_nothing_is_given_up(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(heartbeat, "PATIENCE_SECONDS", 0.1)
    with HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as deaf:  # it listens, no more
        heartbeat.ping(f"http://127.0.0.1:{deaf.server_port}/")
    assert "can't be reached" in caplog.text
