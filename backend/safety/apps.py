from django.apps import AppConfig


class SafetyConfig(AppConfig):
    name = "backend.safety"

    def ready(self) -> None:
        from backend.core import content, personal
        from backend.safety import bundle
        from backend.safety.models import Block, SymptomCheck

        content.contribute(self.name, bundle.part)
        personal.register(
            SymptomCheck,
            fields=(
                "id", "symptoms", "rows", "level", "wording", "language", "occasion", "at",
                "corrects_id", "created_at",
            ),
        )  # fmt: skip
        personal.register(
            Block,
            fields=(
                "id", "check_made_id", "began_at", "lifted_at", "lifted_as", "clinician",
                "seen_on", "created_at",
            ),
        )  # fmt: skip
