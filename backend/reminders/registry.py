"""The kinds of reminder. Each app registers its own when it is loaded, in web and worker alike."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from backend.accounts.models import Person
from backend.core import texts
from backend.push.sending import Urgency

# What a person can answer. A kind may have words of its own ("better", "worse"): they are then
# its `on_answer`'s business, these four are everybody's.
DONE = "done"
SNOOZE_15 = "snooze_15"
SNOOZE_60 = "snooze_60"
SKIP_TODAY = "skip_today"
OPEN = "open"  # no answer yet, but the screen to give one
ORDINARY = (DONE, SNOOZE_15, SNOOZE_60, SKIP_TODAY)


@dataclass(frozen=True, kw_only=True)
class Moment:
    """What a kind may look at when it says whether a reminder still makes sense.

    `since`: what was done later counts for the slot of `due_at`. `slot_before`: the one before.
    """

    person: Person
    subject_id: UUID | None
    due_at: datetime
    since: datetime
    slot_before: datetime
    now: datetime


@dataclass(frozen=True, kw_only=True)
class Answered:
    """What somebody answered to which message."""

    person: Person
    subject_id: UUID | None
    due_at: datetime
    answer: str
    at: datetime


DoneTimes = Callable[[Collection[UUID], datetime], Mapping[UUID, Sequence[datetime]]]
Relevance = Callable[[Sequence[Moment]], Sequence[str]]
Facts = Callable[[Sequence[Moment]], Sequence[Mapping[str, str]]]
NO_FACTS: Mapping[str, str] = {}


def nobody_did(_owner_ids: Collection[UUID], _since: datetime) -> Mapping[UUID, Sequence[datetime]]:
    return {}


def always_relevant(moments: Sequence[Moment]) -> Sequence[str]:
    return [""] * len(moments)


def nothing_to_fill_in(moments: Sequence[Moment]) -> Sequence[Mapping[str, str]]:
    return [NO_FACTS] * len(moments)


def nothing_more(_answered: Answered) -> None:
    """The answer is stored; nothing else hangs on it."""


@dataclass(frozen=True, kw_only=True)
class Kind:
    """What is particular to one kind of reminder. Its texts stand in core/messages under `name`.

    When it arrives:
    `ttl`: how late it may still arrive. `safety`: ignores cap, holds and back-off, and waits for
    the end of quiet hours. `defers`: waits for their end, too; other kinds are dropped in them.
    `suggested`: its one-offs are the app's idea and count against the daily cap. `on_request`: the
    person asked for it this minute, so nothing holds it up.

    Whether it still makes sense, asked for a whole batch at once:
    `done`: when each of these people did this since a moment. `relevance`: "" to send, or the
    reason to skip, which is stored.

    What it says and leads to:
    `facts`: what fills the blanks of its wording with details, asked for a whole batch at once and
    only about people who want details; without any, a wording without blanks is used.
    `path`: the room it belongs to. `screen`: where it is answered; `{delivery}`, `{subject}` stand
    for their ids. `answers`: all that can be answered; none means that a tap leads straight to
    `path`. `quick`: the two that a lock screen with details offers. `on_answer`: what hangs on an
    answer beside its being stored; runs in the answer's transaction.
    `settable`: a person can plan it. `one_device`: `subject_id` names the only device it goes to.
    `in_flare`: goes on in a flare, which keeps the rest of what people plan quiet. `moves`: asks
    the body to do something, so an emergency answer stops it.
    """

    name: str
    ttl: timedelta
    urgency: Urgency
    safety: bool = False
    defers: bool = False
    suggested: bool = False
    on_request: bool = False
    done: DoneTimes = nobody_did
    relevance: Relevance = always_relevant
    facts: Facts = nothing_to_fill_in
    path: str = "/"
    screen: str = "/answer/{delivery}"
    answers: tuple[str, ...] = ORDINARY
    quick: tuple[str, ...] = (DONE, SNOOZE_15)
    on_answer: Callable[[Answered], None] = nothing_more
    settable: bool = True
    one_device: bool = False
    in_flare: bool = False
    moves: bool = False

    def words(
        self, *, language: str, details: bool, turn: int, facts: Mapping[str, str] = NO_FACTS
    ) -> tuple[str, str]:
        """Title and body for a lock screen. Without `details` they reveal nothing about health.

        `turn` counts on from message to message, so that the wording changes.
        """
        known = "facts" if facts else "detail"
        bodies = texts.texts(self.name, known if details else "body", language=language)
        body = bodies[turn % len(bodies)]
        return texts.text(self.name, "title", language=language), body.format_map(facts)


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


def moving() -> list[str]:
    return sorted(kind.name for kind in _kinds.values() if kind.moves)


def names() -> list[str]:
    return sorted(_kinds)
