"""A question about a walk, all the way: planned with it, ticked, sent, decrypted, answered."""

from typing import Any

import pytest
import time_machine
from redis import Redis
from rest_framework.test import APIClient

from backend.accounts.models import Person
from backend.walking import standing
from tests.conftest import BrowserKeys, MakeDevice
from tests.push.sink import Sink, in_background
from tests.reminders.conftest import decrypted
from tests.walking.asking import NOON, june, scored, the, walked
from tests.worker.conftest import tasks_in
from worker.tasks import reminders as tasks

pytestmark = [pytest.mark.service, pytest.mark.django_db]


def carried_out(queue: Redis) -> None:
    """A tick, and what its workers do."""
    queue.flushdb()
    tasks.tick()
    for arguments in tasks_in(queue, "send"):
        tasks.send(*arguments)


def test_from_the_walk_to_an_answer_on_the_lock_screen(
    owner: Person,
    visitor: APIClient,
    make_device: MakeDevice,
    browser_keys: BrowserKeys,
    queue: Redis,
    settings: Any,
) -> None:
    Person.objects.filter(pk=owner.pk).update(lock_screen_details=True)
    scored(owner, 2, june(3, 11, 30))
    walk = walked(owner, NOON)
    with in_background(Sink()) as sink:
        settings.PUSH_ORIGINS = [sink.origin]
        make_device(owner, endpoint=f"{sink.origin}/phone", now=NOON)
        for due_at, choice in ((june(3, 16), "worse"), (june(4, 8), "fine")):
            with time_machine.travel(due_at):
                carried_out(queue)
                _, _, sealed = sink.received[-1]
                shown = decrypted(sealed, browser_keys)["notification"]
                assert choice in [one["action"] for one in shown["actions"]]
                given = {"token": shown["data"]["token"], "answer": choice}
                answer = visitor.post("/api/v1/reminders/answers", given, format="json")
                assert answer.status_code == 200
    assert len(sink.received) == 2
    assert (the(walk, "later").felt, the(walk, "morning").felt) == ("worse", "fine")
    story = standing.scores_of([walk], owner, now=june(4, 9))[walk.pk]
    assert story.light == "amber"
