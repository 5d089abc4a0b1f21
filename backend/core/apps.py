from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "backend.core"

    def ready(self) -> None:
        from backend.core import lookups  # noqa: F401 - registers itself
