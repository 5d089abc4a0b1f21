"""`manage.py check_config`: is everything there that the server starts with?

Settings and secrets were read, and made where missing, before this runs; what is left to ask is the
database. One line and exit code 2 where something is wrong.
"""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import DatabaseError, connection

from backend.config.env import ConfigError


class Command(BaseCommand):
    help = "Check settings, secrets and the database; make first-run secrets."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")
                if connection.vendor == "sqlite":
                    cursor.execute("SELECT count(*) FROM sqlite_master")
        except DatabaseError as error:
            raise ConfigError(f"{_place()} can't be used: {str(error).splitlines()[0]}") from None
        print("The settings are complete.")


def _place() -> str:
    if connection.vendor == "sqlite":
        return f"the database {settings.DATABASES['default']['NAME']}"
    return "the database of DATABASE_URL"
