"""`manage.py check_pulse`: exit 0 while reminders are being claimed. The beat's health check."""

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from backend.core.models import Pulse


class Command(BaseCommand):
    help = "Exit 0 when the reminder tick ran in the last --seconds (120), else 1."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--seconds", type=int, default=120)

    def handle(self, *args: Any, **options: Any) -> None:
        last = Pulse.last("tick")
        if last is None or timezone.now() - last > timedelta(seconds=options["seconds"]):
            raise CommandError(f"the last reminder tick ran {last or 'never'}")
