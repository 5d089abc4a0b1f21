"""What the API says about symptom checks and blocks."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from backend.safety.models import Block, Clinician, Level, Lifted, Occasion, SymptomCheck
from backend.safety.selectors import open_block


class BlockSerializer(serializers.Serializer[Block]):
    """Walking and exercise are suspended until `lifted_at` is set."""

    id = serializers.UUIDField()
    began_at = serializers.DateTimeField()
    check = serializers.UUIDField(source="check_made_id", allow_null=True)
    lifted_at = serializers.DateTimeField(allow_null=True)
    lifted_as = serializers.ChoiceField(choices=Lifted.choices, allow_blank=True)
    clinician = serializers.ChoiceField(choices=Clinician.choices, allow_blank=True)
    seen_on = serializers.DateField(allow_null=True)


class CheckSummarySerializer(serializers.Serializer[SymptomCheck]):
    id = serializers.UUIDField()
    at = serializers.DateTimeField()
    level = serializers.ChoiceField(choices=Level.choices)


class CheckSerializer(CheckSummarySerializer):
    symptoms = serializers.ListField(child=serializers.CharField())
    rows = serializers.ListField(child=serializers.CharField())
    wording = serializers.CharField()
    language = serializers.CharField()
    occasion = serializers.ChoiceField(choices=Occasion.choices)
    corrects = serializers.UUIDField(source="corrects_id", allow_null=True)


class CheckMadeSerializer(CheckSerializer):
    """`block`: the one that stands after it, if any."""

    block = serializers.SerializerMethodField()

    @extend_schema_field(BlockSerializer(allow_null=True))
    def get_block(self, check: SymptomCheck) -> Any:
        block = open_block(check.owner_id)
        return BlockSerializer(block).data if block else None
