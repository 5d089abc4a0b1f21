"""What services raise. Every error has a code that stays the same; the text may be reworded."""

from collections.abc import Mapping, Sequence

UNUSABLE = "Some values can't be used."

Fields = Mapping[str, Sequence[str]]
Problems = dict[str, list[str]]


class DomainError(Exception):
    """A refusal that the client can act on. `status` is the HTTP status the API answers with."""

    code = "invalid"
    status = 400

    def __init__(self, detail: str, *, code: str = "", fields: Fields | None = None) -> None:
        super().__init__(detail)
        self.detail = detail
        self.code = code or self.code
        self.fields = dict(fields or {})


class Invalid(DomainError):
    """The values do not make sense; `fields` says which."""


def refuse(problems: Fields) -> None:
    """Raises Invalid where there are any, each under the name of its field."""
    if problems:
        raise Invalid(UNUSABLE, fields=problems)


class NotFound(DomainError):
    """There is none, or it belongs to somebody else: the two look the same on purpose."""

    code = "not_found"
    status = 404

    def __init__(self, detail: str = "There is nothing here.") -> None:
        super().__init__(detail)


class Conflict(DomainError):
    """It can't be done in the present state."""

    code = "conflict"
    status = 409


class Forbidden(DomainError):
    code = "forbidden"
    status = 403


class CsrfFailed(Forbidden):
    code = "csrf_failed"

    def __init__(self) -> None:
        super().__init__("Send the csrf_token of your session as X-CSRFToken.")
