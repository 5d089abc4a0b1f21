"""API fields that are stricter than DRF's own: a client's slip is told, not guessed at."""

import re
from datetime import datetime, time
from typing import Any
from uuid import UUID

from rest_framework import serializers

WALL_CLOCK = "%H:%M"
HH_MM = re.compile(r"[0-9]{2}:[0-9]{2}")


class WallClockField(serializers.TimeField):
    """A time of day as "HH:MM", 00:00 to 23:59."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format=WALL_CLOCK, input_formats=[WALL_CLOCK], **kwargs)

    def to_internal_value(self, value: Any) -> time:
        """strptime alone would also take "8:00" and the digits of other scripts."""
        if not (isinstance(value, str) and HH_MM.fullmatch(value)):
            self.fail("invalid", format="HH:MM")
        return super().to_internal_value(value)


class WholeNumberField(serializers.IntegerField):
    """An integer as JSON has it: "4", 4.0 and true are slips of a client, not numbers."""

    def to_internal_value(self, data: Any) -> int:
        if type(data) is not int:
            self.fail("invalid")
        return super().to_internal_value(data)


class MomentField(serializers.DateTimeField):
    """RFC 3339. Without its offset a time could be meant in any zone, so it is refused."""

    def enforce_timezone(self, value: datetime) -> datetime:
        if value.tzinfo is None:
            self.fail("invalid", format="YYYY-MM-DDThh:mm:ss+hh:mm")
        return super().enforce_timezone(value)


class TextUUIDField(serializers.UUIDField):
    """Numbers, which DRF would read as a UUID too, are a client's slip."""

    def to_internal_value(self, data: Any) -> UUID:
        if not isinstance(data, str):
            self.fail("invalid", value=data)
        return super().to_internal_value(data)
