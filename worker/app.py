"""The Celery app: `celery -A worker.app worker` and `celery -A worker.app beat`."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.config.settings")

from django.conf import settings

from worker.schedule import beat_schedule

# A task that a dead worker held comes back to Redis only after this; our own leases are shorter and
# decide what is sent again, so the number only has to be longer than any task.
VISIBILITY_SECONDS = 3600

app = Celery("backstep")
app.conf.update(
    broker_url=settings.REDIS_URL,
    broker_connection_retry_on_startup=True,
    broker_transport_options={"visibility_timeout": VISIBILITY_SECONDS},
    task_serializer="json",
    accept_content=["json"],
    task_ignore_result=True,
    task_acks_late=True,
    worker_prefetch_multiplier=1,
    worker_hijack_root_logger=False,
    task_soft_time_limit=120,
    task_time_limit=150,
    timezone="UTC",
    beat_schedule=beat_schedule(tick_seconds=settings.TICK_SECONDS),
    beat_max_loop_interval=settings.TICK_SECONDS,
    imports=["worker.tasks.reminders", "worker.tasks.upkeep"],
)
