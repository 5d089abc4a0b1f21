from django.apps import AppConfig

PERSON_FIELDS = (
    "id", "username", "time_zone", "locale", "country", "consent_at", "consent_version",
    "quiet_from", "quiet_to", "evening_check_at", "day_ends_at", "daily_cap", "lock_screen_details",
    "created_at", "last_seen_at", "last_login",
)  # fmt: skip


class AccountsConfig(AppConfig):
    name = "backend.accounts"

    def ready(self) -> None:
        from backend.accounts.models import Person, PersonSession
        from backend.core import personal

        personal.register(Person, owner="pk", fields=PERSON_FIELDS)
        # The key of a session is a credential: an export tells that there is one, not which.
        personal.register(PersonSession, owner="person", fields=("expire_date",))
