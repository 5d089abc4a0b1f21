from django.apps import AppConfig


class WalkingConfig(AppConfig):
    name = "backend.walking"

    def ready(self) -> None:
        from backend.reminders.registry import register
        from backend.walking.kinds import WALK

        register(WALK)
