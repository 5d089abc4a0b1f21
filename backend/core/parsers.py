"""Reading a request's body."""

import math
from collections.abc import Mapping
from typing import IO, Any

from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser

DEEPEST = 16
LARGEST = 2**53


class InteroperableJSONParser(JSONParser):
    """JSON as every client reads it (I-JSON, RFC 7493).

    No lone surrogates, no numbers past a double's reach, no nesting to drown in: each of them is
    legal JSON that something further in, such as our own error envelope, could not put into bytes.
    """

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        try:
            found = super().parse(stream, media_type, {"encoding": "utf-8"})
        except RecursionError:
            raise ParseError("The JSON is nested too deeply.") from None
        _check(found, depth=0)
        return found


def _check(value: Any, *, depth: int) -> None:
    if depth > DEEPEST:
        raise ParseError("The JSON is nested too deeply.")
    if isinstance(value, str):
        _check_text(value)
    elif isinstance(value, float | int):
        _check_number(value)
    elif isinstance(value, dict):
        for key, item in value.items():
            _check_text(key)
            _check(item, depth=depth + 1)
    elif isinstance(value, list):
        for item in value:
            _check(item, depth=depth + 1)


def _check_text(value: str) -> None:
    try:
        value.encode()
    except UnicodeEncodeError:
        raise ParseError("The JSON holds half a character.") from None


def _check_number(value: float) -> None:
    fits = abs(value) <= LARGEST if isinstance(value, int) else math.isfinite(value)
    if not fits:
        raise ParseError("The JSON holds a number that is too large.")
