"""`manage.py build_content`: write the content bundles of the frontend, one a language.

`--check` writes nothing and fails where a committed bundle is not what the content says.
"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from backend.core import content, texts


class Command(BaseCommand):
    help = "Write frontend/src/content/{language}.json from the content of all apps."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="only say what is out of date")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            bundles = {code: content.written(code) for code in texts.languages()}
        except content.ContentError as error:
            raise CommandError(str(error)) from None
        stale = [code for code, text in bundles.items() if _committed(code) != text]
        if options["check"]:
            _refuse(stale)
            return
        for code in stale:
            path = content.file_of(code)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(bundles[code], encoding="utf-8")
            print(f"wrote {path.name}")


def _committed(language: str) -> str | None:
    path = content.file_of(language)
    return path.read_text(encoding="utf-8") if path.exists() else None


def _refuse(stale: list[str]) -> None:
    if stale:
        names = " and ".join(f"frontend/src/content/{code}.json" for code in stale)
        raise CommandError(f"{names} is out of date: write it with manage.py build_content")
