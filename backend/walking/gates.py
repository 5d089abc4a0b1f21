"""The ask-first gate of somebody: what they answered, what blocks it, and who has lifted that.

Nothing of it is stored but what was said: how the gate stands is worked out anew each time, so the
order in which phones tell of answers, checks and clearances does not matter.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from backend.accounts.models import Person
from backend.accounts.services import person_lock, require_consent
from backend.core.errors import Conflict, Invalid, NotFound, refuse
from backend.core.moments import check_moment
from backend.safety.services import agreement_problems
from backend.walking import gate_rules
from backend.walking import wording as wordings
from backend.walking.gate_facts import facts_of, facts_of_each
from backend.walking.gate_rules import Gate
from backend.walking.models import Clearance, GateAnswers
from backend.walking.wording import Wording


def gate_of(owner: Person, *, now: datetime) -> Gate:
    """How it stands at present. The same number of queries for any history."""
    return gate_rules.gate(facts_of(owner.pk), tz=owner.tz, now=now)


def blocked_among(owner_ids: Collection[UUID]) -> set[UUID]:
    """Those whose walking is blocked at present. The same number of queries for any number."""
    found = facts_of_each(owner_ids)
    return {owner_id for owner_id, facts in found.items() if gate_rules.causes_of(facts)}


def require_open(owner: Person, *, now: datetime) -> None:
    """Raises Conflict: `gate_blocked` while something blocks it, `gate_due` while it has to be
    answered, for the first time or again."""
    state = gate_of(owner, now=now).state
    if state == gate_rules.State.BLOCKED:
        raise _blocked()
    if state == gate_rules.State.DUE:
        raise Conflict("Answer the questions before walking first.", code="gate_due")


def require_unblocked(owner: Person, *, started_at: datetime) -> None:
    """Raises Conflict (`gate_blocked`) where something blocked walking at `started_at`, as far as
    is known by now. What was a slip never did; a gate that nobody has answered does not."""
    if gate_rules.causes_of(facts_of(owner.pk).until(started_at)):
        raise _blocked()


def _blocked() -> Conflict:
    return Conflict("A clinician has to agree to walking first.", code="gate_blocked")


@dataclass(frozen=True, kw_only=True)
class Ticked:
    """What a phone sent: the ids of what applies, none for "none of these". `wording`: the version
    that was asked, for a phone that had no network since; by default the newest."""

    yes: Sequence[str]
    wording: str | None = None
    at: datetime | None = None

    def mean(self, known: GateAnswers) -> bool:
        """Whether they are those of `known`, sent again. What is left out agrees with anything."""
        return (
            set(known.yes) == set(self.yes)
            and known.wording == (self.wording or known.wording)
            and known.at == (self.at or known.at)
        )


@transaction.atomic
def answers_save(
    *,
    id: UUID,  # noqa: A002 - the client's key for this row, named as in the API
    owner: Person,
    ticked: Ticked,
    now: datetime,
) -> tuple[GateAnswers, bool]:
    """Store what was answered; answers it and whether it is new. The newest answers count, by when
    they were given.

    Raises Invalid for unknown questions or an unknown wording and for a time that can't have been,
    NotFound for another person's id, Conflict for an id that stands for other answers, Forbidden
    without consent.
    """
    require_consent(owner)
    check_moment("at", ticked.at, now=now)
    owner = person_lock(person_id=owner.pk)
    known = GateAnswers.objects.filter(pk=id).first()
    if known:
        return _replayed(known, owner, ticked), False
    asked = _wording(ticked.wording)
    answers = GateAnswers.objects.create(
        pk=id,
        owner=owner,
        yes=_in_order(asked, ticked.yes),
        wording=asked.version,
        language=owner.language,
        at=ticked.at or now,
    )
    return answers, True


def _replayed(known: GateAnswers, owner: Person, ticked: Ticked) -> GateAnswers:
    if known.owner_id != owner.pk:
        raise NotFound
    if not ticked.mean(known):
        raise Conflict("This id stands for other answers.")
    return known


def _wording(version: str | None) -> Wording:
    try:
        return wordings.current() if version is None else wordings.wording(version)
    except KeyError:
        problem = "There is no such version of the questions."
        raise Invalid(problem, fields={"wording": [problem]}) from None


def _in_order(asked: Wording, yes: Sequence[str]) -> list[str]:
    unknown = sorted(set(yes) - set(asked.ids))
    if unknown:
        problem = f"Version {asked.version} does not ask about: {', '.join(unknown)}."
        raise Invalid(problem, fields={"yes": [problem]})
    return [one for one in asked.ids if one in yes]


@transaction.atomic
def clearance_save(
    *,
    id: UUID,  # noqa: A002
    owner: Person,
    clinician: str,
    seen_on: date,
    now: datetime,
    at: datetime | None = None,
) -> tuple[Clearance, bool]:
    """Record that a clinician agrees to walking; answers it and whether it is new. It covers what
    was ticked and found until then, but for an emergency's block, which is cleared by itself. Said
    again, it corrects who and when. `at`: when it was recorded.

    Raises Invalid for somebody who can't agree to it and for a day in the future, before a check
    that it would cover, or more than half a year ago; NotFound for another person's id; Forbidden
    without consent.
    """
    require_consent(owner)
    check_moment("at", at, now=now)
    owner = person_lock(person_id=owner.pk)
    known = Clearance.objects.filter(pk=id).first()
    if known and known.owner_id != owner.pk:
        raise NotFound
    recorded = known.at if known else min(at or now, now)
    _check_agreement(id, owner, clinician=clinician, seen_on=seen_on, recorded=recorded, now=now)
    return Clearance.objects.update_or_create(
        pk=id,
        defaults={"clinician": clinician, "seen_on": seen_on},
        create_defaults={
            "owner": owner, "clinician": clinician, "seen_on": seen_on, "at": recorded,
        },
    )  # fmt: skip


def _check_agreement(
    clearance_id: UUID,
    owner: Person,
    *,
    clinician: str,
    seen_on: date,
    recorded: datetime,
    now: datetime,
) -> None:
    """What it is to cover is what would stand without it."""
    facts = facts_of(owner.pk).until(recorded).without(clearance_id)
    since = gate_rules.first_seen(facts)
    problems = agreement_problems(owner, clinician=clinician, seen_on=seen_on, since=since, now=now)
    if seen_on < gate_rules.months_later(recorded.astimezone(owner.tz).date(), -gate_rules.MONTHS):
        problems["seen_on"] = ["This day is more than half a year ago."]
    refuse(problems)


@transaction.atomic
def clearance_undo(*, id: UUID, owner: Person) -> None:  # noqa: A002
    """Take a clearance back: what it covered blocks again. It is not too late for that at any time.
    Raises NotFound where there is none."""
    owner = person_lock(person_id=owner.pk)
    deleted, _ = Clearance.objects.filter(pk=id, owner=owner).delete()
    if not deleted:
        raise NotFound
