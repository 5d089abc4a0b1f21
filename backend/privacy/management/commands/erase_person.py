"""`manage.py erase_person ID --yes`: delete everything about one person."""

from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser

from backend.core.errors import NotFound
from backend.privacy import services


class Command(BaseCommand):
    help = "Delete every row about one person. There is no way back."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("person", type=UUID)
        parser.add_argument("--yes", action="store_true", help="really do it")

    def handle(self, *args: Any, person: UUID, yes: bool, **options: Any) -> None:
        if not yes:
            raise CommandError("this can't be undone: add --yes to do it")
        try:
            count = services.erase(person_id=person)
        except NotFound as error:
            raise CommandError(error.detail) from None
        self.stdout.write(f"Rows deleted: {count}.")
