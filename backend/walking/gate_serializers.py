"""The gate, as the API answers it."""

from typing import Any

from rest_framework import serializers

from backend.safety.models import Clinician
from backend.walking.gate_rules import Cause, CauseKind, Due, Gate, State

STATES = [one.value for one in State]


class GateAnswersSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    at = serializers.DateTimeField()
    yes = serializers.ListField(child=serializers.CharField())
    wording = serializers.CharField()


class CauseSerializer(serializers.Serializer[Cause]):
    cause = serializers.ChoiceField(choices=[one.value for one in CauseKind])
    at = serializers.DateTimeField()
    yes = serializers.ListField(child=serializers.CharField(), help_text="Of the answers.")
    check = serializers.UUIDField(
        allow_null=True, help_text="The symptom check; a slip of it can be corrected."
    )
    block = serializers.UUIDField(
        allow_null=True, help_text="An emergency's, which is cleared by itself."
    )


class AdviceSerializer(serializers.Serializer[Any]):
    check = serializers.UUIDField(source="id")
    at = serializers.DateTimeField()


class GateClearanceSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    at = serializers.DateTimeField()
    clinician = serializers.ChoiceField(choices=Clinician.choices)
    seen_on = serializers.DateField()


class GateSerializer(serializers.Serializer[Gate]):
    """`due` may be set while it is blocked."""

    state = serializers.ChoiceField(choices=STATES)
    due = serializers.ChoiceField(choices=[one.value for one in Due], allow_null=True)
    answers = GateAnswersSerializer(allow_null=True, help_text="The newest.")
    causes = CauseSerializer(many=True, help_text="What blocks, the most urgent first.")
    soon = AdviceSerializer(
        allow_null=True, help_text="A check that advises to ask somebody, and blocks nothing."
    )
    clearance = GateClearanceSerializer(
        allow_null=True, help_text="The newest, also where a cause came after it."
    )
