"""Symptom checks, and what they forbid until somebody who may say so has said otherwise."""

from django.db import models
from django.db.models import Q

from backend.core.models import OwnedModel


class Level(models.TextChoices):
    """What to do, from the mildest to the most urgent."""

    SELF_CARE = "self_care"
    SOON = "soon"
    SAME_DAY = "same_day"
    EMERGENCY = "emergency"


class Clinician(models.TextChoices):
    """Whom a person has seen, in the words of the app."""

    DOCTOR = "doctor"
    PHYSIOTHERAPIST = "physiotherapist"
    EMERGENCY = "emergency"
    PHARMACIST = "pharmacist"
    OTHER = "other"


class Occasion(models.TextChoices):
    """What made a person check their symptoms."""

    START = "start"
    BY_HAND = "by_hand"
    NEW_SYMPTOM = "new_symptom"
    EVENING = "evening"
    SLIP = "slip"


class SymptomCheck(OwnedModel):
    """Which facts were ticked, under which wording, and what followed.

    `symptoms` and `rows` are lists of ids from the content of `wording`. `corrects`: this one was
    given because that one had been tapped by mistake.
    """

    symptoms = models.JSONField(default=list)
    rows = models.JSONField(default=list)
    level = models.CharField(max_length=9, choices=Level)
    wording = models.CharField(max_length=16)
    language = models.CharField(max_length=8)
    occasion = models.CharField(max_length=11, choices=Occasion, default=Occasion.BY_HAND)
    at = models.DateTimeField()
    corrects = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="corrected_by"
    )

    class Meta:
        indexes = [models.Index(fields=["owner", "-at"], name="check_history")]

    def __str__(self) -> str:
        return f"{self.level} at {self.at:%Y-%m-%d %H:%M} UTC"


class Lifted(models.TextChoices):
    CLEARANCE = "clearance"
    SLIP = "slip"


class Block(OwnedModel):
    """Walking and exercise are suspended, from an emergency answer until it is lifted.

    Plans read it; a hold on the reminders of every kind that moves the body goes with it.
    """

    check_made = models.ForeignKey(
        SymptomCheck, null=True, on_delete=models.SET_NULL, related_name="blocks"
    )
    began_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_as = models.CharField(max_length=9, choices=Lifted, blank=True)
    clinician = models.CharField(max_length=15, choices=Clinician, blank=True)
    seen_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner"], condition=Q(lifted_at__isnull=True), name="one_block_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"block since {self.began_at:%Y-%m-%d %H:%M} UTC"
