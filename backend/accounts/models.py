"""The person: an account without a name, made behind the first save."""

import uuid
from datetime import time
from typing import ClassVar
from zoneinfo import ZoneInfo

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import Q

from backend.accounts import zones
from backend.core import texts


class PersonManager(BaseUserManager["Person"]):
    def create_anonymous(self, *, time_zone: str, locale: str, country: str) -> "Person":
        person = self.model(time_zone=time_zone, locale=locale, country=country)
        person.set_unusable_password()
        person.save(using=self._db)
        return person

    def create_superuser(self, username: str, password: str | None = None) -> "Person":
        """The host's own account; `manage.py createsuperuser` calls this."""
        person = self.model(username=username, is_staff=True, is_superuser=True)
        person.set_password(password)
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser, PermissionsMixin):
    """Anonymous until an address or passkey is added; then it stays the same row."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    username = models.CharField(max_length=150, unique=True, null=True, blank=True, default=None)
    time_zone = models.CharField(max_length=64, default="UTC")
    locale = models.CharField(max_length=8, default="en")
    country = models.CharField(max_length=2, blank=True)
    consent_at = models.DateTimeField(null=True, blank=True)
    consent_version = models.CharField(max_length=16, blank=True)
    quiet_from = models.TimeField(null=True, blank=True)
    quiet_to = models.TimeField(null=True, blank=True)
    evening_check_at = models.TimeField(default=time(19, 30))
    day_ends_at = models.PositiveSmallIntegerField(default=0)  # the diary's day goes on until then
    daily_cap = models.PositiveSmallIntegerField(default=6)
    lock_screen_details = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    last_seen_at = models.DateTimeField(null=True, blank=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)

    objects: ClassVar[PersonManager] = PersonManager()

    USERNAME_FIELD = "username"

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(quiet_from__isnull=True, quiet_to__isnull=True)
                | Q(quiet_from__isnull=False, quiet_to__isnull=False),
                name="quiet_hours_have_both_ends",
            )
        ]

    def __str__(self) -> str:
        return self.username or str(self.id)

    @property
    def tz(self) -> ZoneInfo:
        return zones.zone(self.time_zone)

    @property
    def language(self) -> str:
        return texts.language_of(self.locale)


class PersonSession(AbstractBaseSession):
    """Django's session row that knows its person, so that erasing somebody ends their sessions."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, related_name="+")

    @classmethod
    def get_session_store_class(cls) -> type:
        from backend.accounts.sessions import SessionStore  # noqa: PLC0415 - the store imports us

        return SessionStore
