"""The kinds of reminder. Each app registers its own when it is loaded, in web and worker alike."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from backend.accounts.models import Person
from backend.core import texts
from backend.push.sending import Urgency


@dataclass(frozen=True, kw_only=True)
class Moment:
    """What a kind may look at when it says whether a reminder still makes sense."""

    person: Person
    due_at: datetime
    since: datetime  # the slot before this one
    now: datetime


def always(moment: Moment) -> str:
    return ""


@dataclass(frozen=True, kw_only=True)
class Kind:
    """`relevance` answers "" to send, or the reason to skip, which is stored.

    `ttl`: how late it may still arrive. `settable`: a person can plan it for themselves.
    `one_device`: `subject_id` of its deliveries names the only device they go to.
    `path`: where a tap leads. Its texts stand in core/messages under its name.
    """

    name: str
    ttl: timedelta
    urgency: Urgency
    path: str = "/"
    settable: bool = True
    one_device: bool = False
    relevance: Callable[[Moment], str] = always

    def text(self, *, language: str) -> tuple[str, str]:
        """Title and body for a lock screen: neither reveals anything about health."""
        title, body = (texts.text(self.name, key, language=language) for key in ("title", "body"))
        return title, body


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    if _kinds.get(kind.name, kind) != kind:
        raise ValueError(f"the kind {kind.name} is registered twice")
    _kinds[kind.name] = kind


def get(name: str) -> Kind:
    """Raises KeyError for a kind that nobody registered."""
    return _kinds[name]


def settable() -> list[str]:
    return sorted(kind.name for kind in _kinds.values() if kind.settable)


def names() -> list[str]:
    return sorted(_kinds)
