"""What the API says about scores, episodes and the evening question."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from backend.pain.episodes import course_of, day_number
from backend.pain.models import (
    WORST,
    Better,
    Episode,
    EpisodeEnd,
    EveningPrompt,
    PainEntry,
    Place,
    PromptAnswer,
    Sleep,
    WalkMoment,
    Worse,
)
from backend.pain.selectors import Wants, wants
from backend.safety.models import Clinician


class EntrySerializer(serializers.Serializer[PainEntry]):
    id = serializers.UUIDField()
    score = serializers.IntegerField(min_value=0, max_value=WORST)
    at = serializers.DateTimeField()
    began_on = serializers.DateField(allow_null=True)
    places = serializers.ListField(child=serializers.ChoiceField(choices=Place.choices))
    worse = serializers.ListField(child=serializers.ChoiceField(choices=Worse.choices))
    better = serializers.ListField(child=serializers.ChoiceField(choices=Better.choices))
    sleep = serializers.ChoiceField(choices=Sleep.choices, allow_blank=True)
    note = serializers.CharField(allow_blank=True)
    walk = serializers.UUIDField(source="walk_id", allow_null=True)
    walk_moment = serializers.ChoiceField(choices=WalkMoment.choices, allow_blank=True)
    episode = serializers.UUIDField(source="episode_id", allow_null=True)
    created_at = serializers.DateTimeField()


class EpisodeSerializer(serializers.Serializer[Episode]):
    """`day`: 1 on `began_on`, in the person's zone; null once it is closed. `chronic`: days are
    not counted any more, after twelve weeks or once a clinician has seen it."""

    id = serializers.UUIDField()
    onset_at = serializers.DateTimeField()
    began_on = serializers.DateField()
    day = serializers.SerializerMethodField()
    closed_at = serializers.DateTimeField(allow_null=True)
    closed_as = serializers.ChoiceField(choices=EpisodeEnd.choices, allow_blank=True)
    clinician = serializers.ChoiceField(choices=Clinician.choices, allow_blank=True)
    seen_on = serializers.DateField(allow_null=True)
    chronic = serializers.SerializerMethodField()
    next_prompt_at = serializers.DateTimeField(allow_null=True)

    def get_day(self, episode: Episode) -> int | None:
        if episode.closed_at:
            return None
        today = timezone.now().astimezone(episode.owner.tz).date()
        # Where a flight to the west has brought yesterday back, it began "tomorrow".
        return max(1, day_number(episode, today))

    def get_chronic(self, episode: Episode) -> bool:
        return course_of(episode).chronic(episode.closed_at or timezone.now())


class PromptSerializer(serializers.Serializer[EveningPrompt]):
    """`wants`: what it still waits for; null where nothing is left to do."""

    id = serializers.UUIDField()
    evening = serializers.DateField()
    asked_at = serializers.DateTimeField()
    episode = serializers.UUIDField(source="episode_id")
    day = serializers.SerializerMethodField()
    answer = serializers.ChoiceField(choices=PromptAnswer.choices, allow_blank=True)
    answered_at = serializers.DateTimeField(allow_null=True)
    wants = serializers.SerializerMethodField()
    closed = serializers.SerializerMethodField()

    def get_day(self, prompt: EveningPrompt) -> int:
        return day_number(prompt.episode, prompt.evening)

    @extend_schema_field(
        serializers.ChoiceField(choices=[one.value for one in Wants], allow_null=True)
    )
    def get_wants(self, prompt: EveningPrompt) -> Any:
        return wants(prompt)

    def get_closed(self, prompt: EveningPrompt) -> bool:
        return prompt.episode.closed_at is not None
