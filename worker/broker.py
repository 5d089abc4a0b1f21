"""What the tasks ask Redis themselves: how much waits there."""

from functools import cache

from celery import current_app
from django.conf import settings
from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry

PATIENCE = 2  # seconds


def waiting() -> int:
    """How many tasks no worker has fetched yet. Raises RedisError where Redis is away."""
    return int(_redis().llen(current_app.conf.task_default_queue))


@cache
def _redis() -> Redis:
    """One kept connection for each process. A socket that went stale is opened again once."""
    return Redis.from_url(
        settings.REDIS_URL,
        socket_connect_timeout=PATIENCE,
        socket_timeout=PATIENCE,
        retry=Retry(NoBackoff(), 1),
    )
