"""The broker for tests of the tasks: the real Redis, its queue empty before and after."""

import base64
import json
from collections.abc import Iterator
from typing import Any

import pytest
from redis import Redis

from worker.app import app

QUEUE = "celery"


@pytest.fixture(autouse=True)
def queue() -> Iterator[Redis]:
    with Redis.from_url(app.conf.broker_url) as redis:
        redis.delete(QUEUE)
        yield redis
        redis.delete(QUEUE)


def tasks_in(queue: Redis, name: str) -> list[Any]:
    """The arguments of the tasks of that name that wait, the next one first."""
    found = queue.lrange(QUEUE, 0, -1)
    assert isinstance(found, list)
    messages = [json.loads(one) for one in reversed(found)]
    assert {one["content-type"] for one in messages} <= {"application/json"}
    return [
        json.loads(base64.b64decode(one["body"]))[0]
        for one in messages
        if one["headers"]["task"].endswith(f".{name}")
    ]


def handed_out(queue: Redis) -> list[str]:
    """The ids of the deliveries that wait to be sent."""
    return [key for (batch,) in tasks_in(queue, "send") for key, _ in batch]
