from django.apps import AppConfig


class EveningConfig(AppConfig):
    name = "tests.browser"
    label = "evening"

    def ready(self) -> None:
        from backend.reminders import registry
        from tests.browser.evening import QUESTION

        registry.register(QUESTION)
