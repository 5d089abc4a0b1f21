from django.apps import AppConfig


class PushConfig(AppConfig):
    name = "backend.push"

    def ready(self) -> None:
        from backend.core import personal
        from backend.push.models import PushSubscription

        # The keys are credentials of the device and of no use elsewhere, so they stay here.
        fields = ("id", "name", "endpoint", "state", "created_at", "last_seen_at", "last_sent_at")
        personal.register(PushSubscription, fields=fields)
