"""Pain scores, and the stretches of time they belong to. Every score a person gives lives here."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q

from backend.core.models import OwnedModel
from backend.safety.models import Clinician

WORST = 10
LONGEST_NOTE = 2000


class Place(models.TextChoices):
    """Where it hurts; `left` and `right` are the person's own."""

    UPPER_BACK = "upper_back"
    MIDDLE_BACK = "middle_back"
    LOW_BACK_LEFT = "low_back_left"
    LOW_BACK_CENTRE = "low_back_centre"
    LOW_BACK_RIGHT = "low_back_right"
    BUTTOCK_LEFT = "buttock_left"
    BUTTOCK_RIGHT = "buttock_right"
    THIGH_LEFT = "thigh_left"
    THIGH_RIGHT = "thigh_right"
    KNEE_LEFT = "knee_left"
    KNEE_RIGHT = "knee_right"
    CALF_LEFT = "calf_left"
    CALF_RIGHT = "calf_right"
    FOOT_LEFT = "foot_left"
    FOOT_RIGHT = "foot_right"


class Worse(models.TextChoices):
    """What made it worse."""

    SITTING = "sitting"
    STANDING = "standing"
    WALKING = "walking"
    BENDING = "bending"
    LIFTING = "lifting"
    LYING = "lying"
    TURNING_IN_BED = "turning_in_bed"
    DRIVING = "driving"
    COUGHING = "coughing"
    EXERCISE = "exercise"
    STRESS = "stress"
    COLD = "cold"


class Better(models.TextChoices):
    """What made it better."""

    MOVING = "moving"
    WALKING = "walking"
    STRETCHING = "stretching"
    SITTING = "sitting"
    STANDING = "standing"
    LYING = "lying"
    HEAT = "heat"
    COLD = "cold"
    MASSAGE = "massage"
    MEDICINE = "medicine"
    SLEEP = "sleep"
    DISTRACTION = "distraction"


class Sleep(models.TextChoices):
    """How the night before was."""

    GOOD = "good"
    BROKEN = "broken"
    BAD = "bad"


class WalkMoment(models.TextChoices):
    """Where in the story of a walk a score belongs."""

    BEFORE = "before"
    AFTER = "after"
    LATER = "later"  # about four hours after it
    MORNING = "morning"  # of the next day
    DAY_AFTER = "day_after"  # a day after it, where the morning was worse


class EpisodeEnd(models.TextChoices):
    GONE = "gone"  # the person said so
    BETTER = "better"  # "better" in the evening, with a score of 0 or 1
    SETTLED = "settled"  # seven days of 0 or 1 that were really entered


class Episode(OwnedModel):
    """Back pain from its onset until it is gone.

    `onset_at` is the moment, `began_on` its local date: day 1. `stated_on` is what the person said
    about it, if anything. `next_prompt_at` is when the evening question is due next: empty while
    there is nothing to ask. `flagged_at`: a check found a warning sign that was new.
    """

    onset_at = models.DateTimeField()
    began_on = models.DateField()
    stated_on = models.DateField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_as = models.CharField(max_length=7, choices=EpisodeEnd, blank=True)
    clinician = models.CharField(max_length=15, choices=Clinician, blank=True)
    seen_on = models.DateField(null=True, blank=True)
    flagged_at = models.DateTimeField(null=True, blank=True)
    next_prompt_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["owner", "-onset_at"], name="episode_history"),
            models.Index(
                fields=["next_prompt_at"],
                condition=Q(next_prompt_at__isnull=False),
                name="episode_due",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["owner"], condition=Q(closed_at__isnull=True), name="one_open_episode"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(next_prompt_at__isnull=True),
                name="a_closed_episode_asks_nothing",
            ),
        ]

    def __str__(self) -> str:
        return f"episode since {self.began_on}"


class PainEntry(OwnedModel):
    """How a back felt at a moment, on the numeric rating scale (NRS): 0 no pain, 10 the worst.

    `walk_id` and `walk_moment`: the walk it was asked about, which may have been deleted since.
    """

    score = models.PositiveSmallIntegerField(validators=[MaxValueValidator(WORST)])
    at = models.DateTimeField()
    began_on = models.DateField(null=True, blank=True)
    places = models.JSONField(default=list)
    worse = models.JSONField(default=list)
    better = models.JSONField(default=list)
    sleep = models.CharField(max_length=6, choices=Sleep, blank=True)
    note = models.TextField(max_length=LONGEST_NOTE, blank=True)
    walk_id = models.UUIDField(null=True, blank=True)
    walk_moment = models.CharField(max_length=9, choices=WalkMoment, blank=True)
    episode = models.ForeignKey(
        Episode, null=True, blank=True, on_delete=models.SET_NULL, related_name="entries"
    )

    class Meta:
        indexes = [models.Index(fields=["owner", "-at"], name="pain_diary")]
        constraints = [
            models.CheckConstraint(condition=Q(score__gte=0, score__lte=WORST), name="nrs_0_to_10")
        ]

    def __str__(self) -> str:
        return f"{self.score} at {self.at:%Y-%m-%d %H:%M} UTC"


class PromptAnswer(models.TextChoices):
    BETTER = "better"
    SAME = "same"
    WORSE = "worse"
    SEEN = "seen"
    NOT_BETTER = "not_better"  # from the lock screen, which has room for two answers


class EveningPrompt(OwnedModel):
    """The evening question about an episode that has not resolved. One a person and evening.

    `evening` is the local date it belongs to, also where an outage delayed it.
    """

    episode = models.ForeignKey(Episode, on_delete=models.CASCADE, related_name="prompts")
    evening = models.DateField()
    asked_at = models.DateTimeField()
    asked_on = models.DateField()  # the local date of `asked_at`
    answer = models.CharField(max_length=10, choices=PromptAnswer, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "evening"], name="one_prompt_an_evening")
        ]

    def __str__(self) -> str:
        return f"evening question of {self.evening}"


class Flare(OwnedModel):
    """A flare: ordinary reminders and goals pause. `resume_percent`: where plans start again."""

    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    resume_percent = models.PositiveSmallIntegerField(null=True, blank=True)
    next_ask_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["owner", "-began_at"], name="flare_history"),
            models.Index(
                fields=["next_ask_at"], condition=Q(next_ask_at__isnull=False), name="flare_due"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["owner"], condition=Q(ended_at__isnull=True), name="one_flare_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"flare since {self.began_at:%Y-%m-%d}"


class MeasureKind(models.TextChoices):
    PEG = "peg"
    PSFS = "psfs"


class Measure(OwnedModel):
    """One filled-in questionnaire.

    PEG: `{"pain", "enjoyment", "activity"}`, each 0-10, higher is worse. PSFS: `{"activities":
    [{"name", "score"}]}`, three to five, each 0-10, higher is better. `mean` has one decimal.
    """

    kind = models.CharField(max_length=4, choices=MeasureKind)
    at = models.DateTimeField()
    answers = models.JSONField()
    mean = models.DecimalField(max_digits=3, decimal_places=1)

    class Meta:
        indexes = [models.Index(fields=["owner", "kind", "-at"], name="measure_history")]

    def __str__(self) -> str:
        return f"{self.kind} at {self.at:%Y-%m-%d}"
