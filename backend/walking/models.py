"""The gate before walking, the plan, the walks, and the questions that follow them."""

from django.db import models
from django.db.models import Q

from backend.core.models import OwnedModel
from backend.safety.models import Clinician

LONGEST_NOTE = 2000


class GateAnswers(OwnedModel):
    """What somebody ticked on the ask-first screen, and under which wording.

    `yes` is a list of ids from the content of `wording`; an empty one means "none of these".
    """

    yes = models.JSONField(default=list)
    wording = models.CharField(max_length=16)
    language = models.CharField(max_length=8)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["owner", "-at"], name="gate_history")]

    def __str__(self) -> str:
        return f"{len(self.yes)} ticked at {self.at:%Y-%m-%d %H:%M} UTC"


class Clearance(OwnedModel):
    """A clinician agreed to walking. It covers what the gate had found until `at`."""

    at = models.DateTimeField()
    clinician = models.CharField(max_length=15, choices=Clinician)
    seen_on = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["owner", "-at"], name="clearance_history")]

    def __str__(self) -> str:
        return f"cleared by {self.clinician} on {self.seen_on}"


class ToleranceFrom(models.TextChoices):
    GUESS = "guess"
    WALKS = "walks"


class WalkPlan(OwnedModel):
    """A start: how much the person can walk in comfort, and on which days they want to.

    Everything after it is worked out from what was walked and scored since. The latest start
    counts. `choices` is a list of `{"from": date, "days": [0-6, Monday 0]}`, oldest first.
    """

    started_on = models.DateField()
    tolerance = models.PositiveSmallIntegerField()  # minutes
    tolerance_from = models.CharField(max_length=5, choices=ToleranceFrom)
    walks_already = models.BooleanField(default=False)
    choices = models.JSONField(default=list)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["owner", "-at"], name="plan_history")]

    def __str__(self) -> str:
        return f"plan from {self.started_on}, {self.tolerance} min in comfort"


class Purpose(models.TextChoices):
    WALK = "walk"
    TEST = "test"  # one of up to three easy walks that measure what is comfortable


class WalkSource(models.TextChoices):
    TIMER = "timer"
    MANUAL = "manual"
    REMINDER = "reminder"  # "done" on the lock screen: the minutes are those of the plan


class Stopped(models.TextChoices):
    """Why a walk ended early, where it did so for a reason."""

    HURT = "hurt"
    SIGN = "sign"  # one of the signs to stop at once
    WOBBLE = "wobble"  # these three while walking backward
    DIZZY = "dizzy"
    PAIN = "pain"


class Walk(OwnedModel):
    """One walk. `seconds` were walked, pauses left out; `backward_seconds` of them backward.

    `planned_minutes`: what the plan said at the time, `chosen_minutes`: what the person set out
    for. `track`: points of `[latitude, longitude, seconds since the start]`, only where the person
    keeps it with their account. `checklist`: what was ticked before the first backward sessions.
    """

    started_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    seconds = models.PositiveIntegerField()
    backward_seconds = models.PositiveIntegerField(default=0)
    planned_minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    chosen_minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    purpose = models.CharField(max_length=4, choices=Purpose, default=Purpose.WALK)
    source = models.CharField(max_length=8, choices=WalkSource, default=WalkSource.TIMER)
    stopped = models.CharField(max_length=6, choices=Stopped, blank=True)
    distance_m = models.PositiveIntegerField(null=True, blank=True)
    steps = models.PositiveIntegerField(null=True, blank=True)
    track = models.JSONField(null=True, blank=True)
    checklist = models.JSONField(default=list)
    note = models.TextField(max_length=LONGEST_NOTE, blank=True)

    class Meta:
        indexes = [models.Index(fields=["owner", "-started_at"], name="walk_history")]
        constraints = [
            models.CheckConstraint(condition=Q(seconds__gt=0), name="a_walk_takes_time"),
            models.CheckConstraint(
                condition=Q(ended_at__gt=models.F("started_at")), name="a_walk_ends_after_its_start"
            ),
            models.CheckConstraint(
                condition=Q(backward_seconds__lte=models.F("seconds")),
                name="backward_is_part_of_the_walk",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seconds // 60} min at {self.started_at:%Y-%m-%d %H:%M} UTC"


class Which(models.TextChoices):
    """The questions after a walk: hours later, the next morning, after a day."""

    LATER = "later"
    MORNING = "morning"
    DAY_AFTER = "day_after"


class Felt(models.TextChoices):
    """A follow-up answered in one tap, without a score."""

    FINE = "fine"  # about as before the walk, or better
    WORSE = "worse"


class FollowUp(OwnedModel):
    """One question after one walk. A score that answers it lives with the pain entries."""

    walk = models.ForeignKey(Walk, on_delete=models.CASCADE, related_name="follow_ups")
    which = models.CharField(max_length=9, choices=Which)
    due_at = models.DateTimeField()
    felt = models.CharField(max_length=5, choices=Felt, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["owner", "-due_at"], name="follow_up_history")]
        constraints = [
            models.UniqueConstraint(fields=["walk", "which"], name="each_question_once_a_walk")
        ]

    def __str__(self) -> str:
        return f"{self.which} due {self.due_at:%Y-%m-%d %H:%M} UTC"


class BackwardUnlock(OwnedModel):
    """What somebody did and said before their first backward steps. One a person."""

    stand_seconds = models.PositiveSmallIntegerField()  # on one leg
    over_65 = models.BooleanField()  # 65 or older
    clinician = models.CharField(max_length=15, choices=Clinician, blank=True)
    seen_on = models.DateField(null=True, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner"], name="one_backward_unlock_a_person")
        ]

    def __str__(self) -> str:
        return f"stood {self.stand_seconds} s on one leg"
