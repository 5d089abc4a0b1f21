from django.apps import AppConfig


class PainConfig(AppConfig):
    name = "backend.pain"

    def ready(self) -> None:
        from backend.core import personal
        from backend.pain.kinds import CHECK_IN
        from backend.pain.models import PainEntry
        from backend.reminders.registry import register

        register(CHECK_IN)
        personal.register(PainEntry, fields=("id", "score", "at", "began_on", "created_at"))
