"""What the API says about walks, plans and their weeks."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from backend.pain.models import WORST
from backend.walking.backward import Backward
from backend.walking.course import Change
from backend.walking.models import (
    BackwardUnlock,
    Felt,
    Purpose,
    Stopped,
    ToleranceFrom,
    Walk,
    WalkSource,
)
from backend.walking.overview import Consistency, PlanShown, TodayPart, WalkedDay, WeekShown
from backend.walking.rules import Light
from backend.walking.rules import Scores as ScoresGiven
from backend.walking.stories import Story
from backend.walking.walk_checks import over_cap

LIGHTS = [light.value for light in Light]
LEFT_OUT = ["flare", "paused"]
NEEDS = ["check", "tolerance"]
BACKWARD_STATES = ["blocked", "locked", "open"]


def _score() -> serializers.IntegerField:
    return serializers.IntegerField(min_value=0, max_value=WORST, allow_null=True)


class WalkScoresSerializer(serializers.Serializer[ScoresGiven]):
    """`felt`: answered in one tap, without a score."""

    before = _score()
    after = _score()
    later = _score()
    morning = _score()
    day_after = _score()
    felt = serializers.DictField(child=serializers.ChoiceField(choices=Felt.choices))


class WalkSerializer(serializers.Serializer[Walk]):
    """`light`, `rise`, `scores`: what is known of its pain by now. The context has its `story`, or
    the `stories` of several, by id. `over_cap`: longer than planned by a minute or more."""

    id = serializers.UUIDField()
    started_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField()
    seconds = serializers.IntegerField()
    backward_seconds = serializers.IntegerField()
    planned_minutes = serializers.IntegerField(allow_null=True)
    chosen_minutes = serializers.IntegerField(allow_null=True)
    purpose = serializers.ChoiceField(choices=Purpose.choices)
    source = serializers.ChoiceField(  # type: ignore[assignment] # DRF's attribute of that name
        choices=WalkSource.choices
    )
    stopped = serializers.ChoiceField(choices=Stopped.choices, allow_blank=True)
    distance_m = serializers.IntegerField(allow_null=True)
    steps = serializers.IntegerField(allow_null=True)
    track = serializers.ListField(
        child=serializers.ListField(child=serializers.FloatField()), allow_null=True
    )
    checklist = serializers.ListField(child=serializers.CharField())
    note = serializers.CharField(allow_blank=True)
    created_at = serializers.DateTimeField()
    over_cap = serializers.SerializerMethodField()
    light = serializers.SerializerMethodField()
    rise = serializers.SerializerMethodField()
    scores = serializers.SerializerMethodField()

    def _story(self, walk: Walk) -> Story:
        found: Story = self.context["stories"][walk.pk]
        return found

    def get_over_cap(self, walk: Walk) -> bool:
        return over_cap(seconds=walk.seconds, planned_minutes=walk.planned_minutes)

    @extend_schema_field(serializers.ChoiceField(choices=LIGHTS))
    def get_light(self, walk: Walk) -> str:
        return self._story(walk).light

    def get_rise(self, walk: Walk) -> int | None:
        return self._story(walk).rise

    @extend_schema_field(WalkScoresSerializer)
    def get_scores(self, walk: Walk) -> dict[str, Any]:
        return dict(WalkScoresSerializer(self._story(walk).scores).data)


class WalkedDaySerializer(serializers.Serializer[WalkedDay]):
    """`light` is null on a day without a walk. `settled_days`: whole days until a score was back
    within 2 of the one before."""

    date = serializers.DateField()
    seconds = serializers.IntegerField()
    backward_seconds = serializers.IntegerField()
    light = serializers.ChoiceField(choices=LIGHTS, allow_null=True)
    rise = serializers.IntegerField(allow_null=True)
    settled_days = serializers.IntegerField(allow_null=True)
    before = _score()
    after = _score()
    later = _score()
    morning = _score()
    day_after = _score()


class PlanChangeSerializer(serializers.Serializer[Change]):
    """Why the dose is what it is since `on`."""

    on = serializers.DateField()
    code = serializers.CharField()
    before = serializers.IntegerField(help_text="Minutes a session until then.")
    minutes = serializers.IntegerField()
    walk_on = serializers.DateField(allow_null=True)
    rise = serializers.IntegerField(allow_null=True)
    settled_days = serializers.IntegerField(allow_null=True)
    done = serializers.IntegerField(allow_null=True)
    planned = serializers.IntegerField(allow_null=True)


class WalkPlanSerializer(serializers.Serializer[PlanShown]):
    """`over_cap`: more days chosen than `days_allowed`, which is said and not refused."""

    id = serializers.UUIDField(source="plan.id")
    started_on = serializers.DateField(source="plan.started_on")
    tolerance = serializers.IntegerField(source="plan.tolerance", help_text="Minutes in comfort.")
    tolerance_from = serializers.ChoiceField(
        source="plan.tolerance_from", choices=ToleranceFrom.choices
    )
    walks_already = serializers.BooleanField(source="plan.walks_already")
    days = serializers.ListField(
        child=serializers.IntegerField(min_value=0, max_value=6), help_text="0 is Monday."
    )
    days_allowed = serializers.IntegerField()
    minutes = serializers.IntegerField(help_text="Of a session, today.")
    easy_left = serializers.IntegerField()
    target_minutes = serializers.IntegerField()
    target_days = serializers.IntegerField()
    over_cap = serializers.BooleanField()
    needs = serializers.ChoiceField(choices=NEEDS, allow_blank=True)
    why = PlanChangeSerializer()


class WalkWeekSerializer(serializers.Serializer[WeekShown]):
    """`planned`: also days `left_out`, in a flare or a pause, and those still to come."""

    monday = serializers.DateField()
    planned = serializers.ListField(child=serializers.DateField())
    minutes = serializers.IntegerField(help_text="Of a session, at the week's end or now.")
    sessions = WalkedDaySerializer(many=True)
    changes = PlanChangeSerializer(many=True)
    left_out = serializers.ListField(child=serializers.DateField())
    green = serializers.BooleanField()
    done_days = serializers.IntegerField()
    walked_seconds = serializers.IntegerField()


class WalkTodaySerializer(serializers.Serializer[TodayPart]):
    date = serializers.DateField()
    planned = serializers.BooleanField()
    minutes = serializers.IntegerField(allow_null=True, help_text="null: there is no plan")
    walked_seconds = serializers.IntegerField()
    left_out = serializers.ChoiceField(choices=LEFT_OUT, allow_blank=True)


class ConsistencySerializer(serializers.Serializer[Consistency]):
    """Sessions of the last four weeks. `left_out`: in a flare or a pause, not among `of`."""

    done = serializers.IntegerField()
    of = serializers.IntegerField()
    left_out = serializers.IntegerField()


class TestWalkSerializer(serializers.Serializer[Walk]):
    __test__ = False  # to pytest its name looks like a test

    id = serializers.UUIDField()
    at = serializers.DateTimeField(source="started_at")
    minutes = serializers.SerializerMethodField()

    def get_minutes(self, walk: Walk) -> int:
        return walk.seconds // 60


class BackwardUnlockSerializer(serializers.Serializer[BackwardUnlock]):
    id = serializers.UUIDField()
    stand_seconds = serializers.IntegerField()
    over_65 = serializers.BooleanField()
    clinician = serializers.CharField(allow_blank=True)
    seen_on = serializers.DateField(allow_null=True)
    at = serializers.DateTimeField()


class BackwardSerializer(serializers.Serializer[Backward]):
    """`missing`: what stands before the first steps; nothing where `state` is open. `bouts`:
    seconds each, with forward steps in between."""

    state = serializers.ChoiceField(choices=BACKWARD_STATES)
    missing = serializers.ListField(child=serializers.CharField())
    green_weeks = serializers.IntegerField(min_value=0, max_value=2)
    unlock = BackwardUnlockSerializer(allow_null=True)
    sessions = serializers.IntegerField()
    checklist_needed = serializers.BooleanField()
    checklist = serializers.ListField(child=serializers.CharField())
    bouts = serializers.ListField(child=serializers.IntegerField())
    done_this_week = serializers.IntegerField()
    per_week = serializers.IntegerField()
    total_seconds = serializers.IntegerField()
