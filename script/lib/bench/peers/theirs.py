"""Another library as a measured process; its name is the last argument."""

import json
import sys
from datetime import timedelta
from pathlib import Path

from django.contrib.auth.models import User
from django.core.management import call_command
from django.utils import timezone

from script.lib.bench import protocol
from script.lib.bench.peers.libraries import LIBRARIES
from script.lib.bench.peers.models import Due

library = LIBRARIES[sys.argv[2]]
prepared: list[object] = []
payload = ""


def prepare(devices: str, content: str) -> None:
    global payload  # noqa: PLW0603 - one process, one payload
    payload = Path(content).read_text(encoding="utf-8")
    found = json.loads(Path(devices).read_text(encoding="utf-8"))
    prepared.extend(library.device(keys) for keys in found)


def send(count: int) -> None:
    for number in range(count):
        library.send(prepared[number % len(prepared)], payload)


def migrate() -> None:
    call_command("migrate", verbosity=0, interactive=False)
    call_command("migrate", verbosity=0, interactive=False, run_syncdb=True)  # ours refer to auth


def add_due() -> None:
    """Every prepared device belongs to somebody who is due."""
    people = [User(username=f"person-{number}") for number in range(len(prepared))]
    owners = User.objects.bulk_create(people)
    library.save_devices(owners, prepared)
    now = timezone.now()
    Due.objects.bulk_create(Due(owner=owner, next_due_at=now) for owner in owners)


def pipeline(count: int) -> int:
    """Read the due table, send to each person's devices, save each row."""
    now = timezone.now()
    due = Due.objects.filter(next_due_at__lte=now).select_related("owner")
    rows = list(due.order_by("next_due_at")[:count])
    for row in rows:
        library.send_to(row.owner, payload)
        row.sent_at = timezone.now()
        row.next_due_at += timedelta(days=1)
        row.save()
    return len(rows)


TASKS: dict[str, protocol.Task] = {
    task.__name__: task for task in (prepare, send, migrate, add_due, pipeline)
}
