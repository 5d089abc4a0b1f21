"""`manage.py export_person ID`: everything about one person, as JSON on standard output."""

import json
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone

from backend.core.errors import NotFound
from backend.privacy import services


class Command(BaseCommand):
    help = "Write everything about one person as JSON."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("person", type=UUID)

    def handle(self, *args: Any, person: UUID, **options: Any) -> None:
        try:
            found = services.export(person_id=person, now=timezone.now())
        except NotFound as error:
            raise CommandError(error.detail) from None
        self.stdout.write(json.dumps(found, cls=DjangoJSONEncoder, indent=2, ensure_ascii=False))
