from django.apps import AppConfig


class PostureConfig(AppConfig):
    name = "backend.posture"

    def ready(self) -> None:
        from backend.posture.kinds import MOVE
        from backend.reminders.registry import register

        register(MOVE)
