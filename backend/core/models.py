"""What every model shares."""

import uuid
from datetime import datetime

from django.conf import settings
from django.db import models


class OwnedModel(models.Model):
    """A row about one person. The client may make the key, so that a replay finds its own row."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True


class Pulse(models.Model):
    """When a background job last ran well. `/readyz` and the health checks read it."""

    name = models.CharField(max_length=40, primary_key=True)
    beat_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} at {self.beat_at:%Y-%m-%d %H:%M:%S}"

    @classmethod
    def record(cls, name: str, *, now: datetime) -> None:
        cls.objects.update_or_create(name=name, defaults={"beat_at": now})

    @classmethod
    def last(cls, name: str) -> datetime | None:
        return cls.objects.filter(name=name).values_list("beat_at", flat=True).first()
