"""OpenAPI: readable operation names, the session cookie, the error envelope on every operation."""

from typing import Any, Literal

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from rest_framework import serializers


class ErrorSerializer(serializers.Serializer[Any]):
    """The one shape of every error."""

    code = serializers.CharField(help_text="Stable; switch on this.")
    detail = serializers.CharField(help_text="For a developer's eyes; may be reworded.")
    fields = serializers.DictField(  # type: ignore[assignment] # DRF's attribute of that name
        child=serializers.ListField(child=serializers.CharField())
    )


class Schema(AutoSchema):
    def get_operation_id(self) -> str:
        """`ReminderListView.get` -> `reminderList_get`."""
        name = type(self.view).__name__.removesuffix("View")
        return f"{name[0].lower()}{name[1:]}_{self.method.lower()}"

    def _get_response_bodies(
        self, direction: Literal["request", "response"] = "response"
    ) -> dict[str, Any]:
        bodies: dict[str, Any] = super()._get_response_bodies(direction)
        bodies["default"] = self._get_response_for_code(  # type: ignore[no-untyped-call]
            ErrorSerializer, "default"
        )
        return bodies


class SessionScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = "backend.accounts.authentication.PersonAuthentication"
    match_subclasses = True
    name = "session"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, str]:
        return {"type": "apiKey", "in": "cookie", "name": "backstep_session"}
