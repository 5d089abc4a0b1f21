"""The Celery app: `celery -A worker.app worker` and `celery -A worker.app beat`."""

import logging
import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.config.settings")

from django.conf import settings

from worker import outages
from worker.schedule import beat_schedule
from worker.unacked import survive_losing_redis

# A task that a dead worker held comes back to Redis only after this; our own leases are shorter and
# decide what is sent again, so the number only has to be longer than any task.
VISIBILITY_SECONDS = 3600
# How long a Redis that says nothing is believed to be there: it may be gone without a goodbye.
SILENT_SECONDS = 5
LARGEST_PROCESS_KIB = 300_000  # one that has grown past this is replaced once its task is done

survive_losing_redis()
logging.getLogger("celery.beat").addFilter(outages.shorten)
app = Celery("backstep")
app.conf.update(
    broker_url=settings.REDIS_URL,
    broker_connection_retry_on_startup=True,
    broker_connection_max_retries=None,  # Redis may be away for as long as it likes
    broker_transport_options={
        "visibility_timeout": VISIBILITY_SECONDS,
        "socket_connect_timeout": SILENT_SECONDS,
        "socket_timeout": SILENT_SECONDS,
        "socket_keepalive": True,
        "health_check_interval": SILENT_SECONDS,
    },
    task_serializer="json",
    accept_content=["json"],
    task_ignore_result=True,
    task_acks_late=True,
    worker_prefetch_multiplier=1,
    worker_max_memory_per_child=LARGEST_PROCESS_KIB,
    worker_hijack_root_logger=False,
    task_soft_time_limit=120,
    task_time_limit=150,
    timezone="UTC",
    beat_schedule=beat_schedule(
        tick_seconds=settings.TICK_SECONDS, nightly_seconds=settings.NIGHTLY_SECONDS
    ),
    beat_max_loop_interval=min(settings.TICK_SECONDS, settings.NIGHTLY_SECONDS),
    imports=["worker.tasks.pain", "worker.tasks.reminders", "worker.tasks.upkeep"],
)
