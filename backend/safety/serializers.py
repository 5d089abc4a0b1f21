"""Checks and blocks, as the API answers them."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from backend.safety.models import Block, Clinician, Level, Lifted, Occasion, SymptomCheck
from backend.safety.wording import wording


class BlockSerializer(serializers.ModelSerializer[Block]):
    check = serializers.UUIDField(
        source="check_made_id", allow_null=True, help_text="The emergency answer it stands for."
    )
    lifted_as = serializers.ChoiceField(choices=Lifted.choices, allow_blank=True)
    clinician = serializers.ChoiceField(choices=Clinician.choices, allow_blank=True)

    class Meta:
        model = Block
        fields = (
            "id", "began_at", "check", "lifted_at", "lifted_as", "clinician", "seen_on",
        )  # fmt: skip
        read_only_fields = fields


class CheckSummarySerializer(serializers.ModelSerializer[SymptomCheck]):
    class Meta:
        model = SymptomCheck
        fields = ("id", "at", "level")
        read_only_fields = fields


class CheckSerializer(serializers.ModelSerializer[SymptomCheck]):
    """`block`, on an emergency answer: the one that stands at present. It is in the context."""

    level = serializers.ChoiceField(choices=Level.choices)
    occasion = serializers.ChoiceField(choices=Occasion.choices)
    symptoms = serializers.ListField(child=serializers.CharField())
    rows = serializers.ListField(
        child=serializers.CharField(), help_text="The ids of the rows that matched."
    )
    texts = serializers.SerializerMethodField(
        help_text="What was ticked, in the words of its own wording and language."
    )
    corrects = serializers.UUIDField(source="corrects_id", allow_null=True)
    block = serializers.SerializerMethodField()

    class Meta:
        model = SymptomCheck
        fields = (
            "id", "level", "symptoms", "texts", "rows", "wording", "language", "occasion", "at",
            "corrects", "block",
        )  # fmt: skip
        read_only_fields = fields

    def get_texts(self, check: SymptomCheck) -> list[str]:
        return wording(check.wording).texts(check.symptoms, language=check.language)

    @extend_schema_field(BlockSerializer(allow_null=True))
    def get_block(self, check: SymptomCheck) -> dict[str, Any] | None:
        block: Block | None = self.context["block"]
        if block is None or check.level != Level.EMERGENCY:
            return None
        return dict(BlockSerializer(block).data)
