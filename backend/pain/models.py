"""Pain scores. Every score a person ever gives lives here."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q

from backend.core.models import OwnedModel

WORST = 10


class PainEntry(OwnedModel):
    """How a back felt at a moment, on the numeric rating scale (NRS): 0 no pain, 10 the worst."""

    score = models.PositiveSmallIntegerField(validators=[MaxValueValidator(WORST)])
    at = models.DateTimeField()
    began_on = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["owner", "-at"], name="pain_diary")]
        constraints = [
            models.CheckConstraint(condition=Q(score__gte=0, score__lte=WORST), name="nrs_0_to_10")
        ]

    def __str__(self) -> str:
        return f"{self.score} at {self.at:%Y-%m-%d %H:%M} UTC"
