from django.apps import AppConfig


class PushConfig(AppConfig):
    name = "backend.push"

    def ready(self) -> None:
        from backend.core import personal
        from backend.push.models import PushSubscription

        # The keys are credentials of the device and of no use elsewhere, so they stay here.
        times = ("created_at", "last_seen_at", "last_sent_at", "last_heard_at")
        fields = ("id", "name", "endpoint", "state", *times)
        personal.register(PushSubscription, fields=fields)
