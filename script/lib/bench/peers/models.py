"""What a Django site that sends reminders would have beside the library's own tables."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models


class Due(models.Model):
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    next_due_at = models.DateTimeField(db_index=True)
    sent_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager[Self]] = models.Manager()

    def __str__(self) -> str:
        return f"{self.owner} at {self.next_due_at}"


class Subscription(models.Model):
    """For plain pywebpush, which has no tables."""

    owner = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="subscription"
    )
    endpoint = models.CharField(max_length=500)
    p256dh = models.CharField(max_length=100)
    auth = models.CharField(max_length=40)

    objects: ClassVar[models.Manager[Self]] = models.Manager()

    def __str__(self) -> str:
        return self.endpoint
