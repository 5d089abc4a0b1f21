"""Saving symptom checks, and the blocks that follow from them.

A block stands while an emergency answer stands: until a clinician has cleared it, or until each of
the answers has been corrected as a slip. After every change the block is brought in line with that,
so the order in which phones tell of their checks does not matter.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction

from backend.accounts.models import Person
from backend.accounts.services import person_lock, require_consent
from backend.core.errors import Conflict, Invalid, NotFound, Problems, refuse
from backend.core.moments import check_moment, latest_day
from backend.reminders import holds, registry
from backend.reminders.models import HoldReason
from backend.safety import rules
from backend.safety import wording as wordings
from backend.safety.models import Block, Clinician, Lifted, Occasion, SymptomCheck
from backend.safety.selectors import open_block, standing_emergencies
from backend.safety.signals import check_saved
from backend.safety.wording import Wording

UNDO_FOR = timedelta(hours=24)
A_FLIGHT = timedelta(days=1)  # a day is one earlier, or later, in another zone
CLEARERS = tuple(one for one in Clinician.values if one != Clinician.PHARMACIST)


@dataclass(frozen=True, kw_only=True)
class Answers:
    """What a phone sent. `wording`: the version that was asked, for a phone that had no network
    since; by default the newest. `corrects`: the check that had been tapped by mistake."""

    symptoms: Sequence[str]
    wording: str | None = None
    occasion: str = Occasion.BY_HAND
    at: datetime | None = None
    corrects: UUID | None = None

    def mean(self, known: SymptomCheck) -> bool:
        """Whether they are those of `known`, sent again. What is left out agrees with anything."""
        return (
            set(known.symptoms) == set(self.symptoms)
            and known.wording == (self.wording or known.wording)
            and known.at == (self.at or known.at)
            and known.occasion == self.occasion
            and known.corrects_id in {None, self.corrects}
        )


@transaction.atomic
def check_save(
    *,
    owner: Person,
    answers: Answers,
    now: datetime,
    id: UUID | None = None,  # noqa: A002 - the client's key for this row, named as in the API
) -> tuple[SymptomCheck, bool]:
    """Store what was ticked with what follows from it; answers it and whether it is new.

    Raises Invalid for unknown facts or an unknown wording, for a time in the future and for a check
    to correct that is not there, NotFound for another person's id, Conflict for an id that stands
    for other answers, Forbidden without consent.
    """
    require_consent(owner)
    check_moment("at", answers.at, now=now)
    # Two phones at once make one block: the second waits here, and then finds it.
    owner = person_lock(person_id=owner.pk)
    known = SymptomCheck.objects.filter(pk=id).first() if id else None
    if known:
        return _replayed(known, owner, answers), False
    asked = _wording(answers.wording)
    ticked = _in_order(asked, answers.symptoms)
    found = rules.assess(asked.rows, ticked)
    check = SymptomCheck.objects.create(
        pk=id or uuid4(),
        owner=owner,
        symptoms=ticked,
        rows=list(found.rows),
        level=found.level,
        wording=asked.version,
        language=owner.language,
        occasion=answers.occasion,
        at=answers.at or now,
        corrects=_corrected(answers.corrects, owner),
    )
    _settle(owner, now=now)
    check_saved.send(sender=SymptomCheck, check=check, now=now)
    return check, True


def _wording(version: str | None) -> Wording:
    try:
        return wordings.current() if version is None else wordings.wording(version)
    except KeyError:
        problem = "There is no such version of the questions."
        raise Invalid(problem, fields={"wording": [problem]}) from None


def _in_order(asked: Wording, symptoms: Sequence[str]) -> list[str]:
    unknown = sorted(set(symptoms) - set(asked.fact_ids))
    if unknown:
        problem = f"Version {asked.version} does not ask about: {', '.join(unknown)}."
        raise Invalid(problem, fields={"symptoms": [problem]})
    return [fact for fact in asked.fact_ids if fact in symptoms]


def _replayed(known: SymptomCheck, owner: Person, answers: Answers) -> SymptomCheck:
    if known.owner_id != owner.pk:
        raise NotFound
    if not answers.mean(known):
        raise Conflict("This id stands for other answers.")
    return known


def _corrected(check_id: UUID | None, owner: Person) -> SymptomCheck | None:
    """The check that was a slip. One that another check has corrected already stays with that: the
    new answers count for themselves then."""
    if check_id is None:
        return None
    slip = SymptomCheck.objects.filter(pk=check_id, owner=owner).first()
    if slip is None:
        problem = "You have no such check."
        raise Invalid(problem, fields={"corrects": [problem]})
    return None if SymptomCheck.objects.filter(corrects=slip).exists() else slip


def _settle(owner: Person, *, now: datetime) -> None:
    """Bring the block in line with the emergency answers that stand."""
    block = open_block(owner.pk)
    standing = list(standing_emergencies(owner.pk))
    if block is None and standing:
        began_at = min(standing[0].at, now)
        Block.objects.create(owner=owner, check_made=standing[0], began_at=began_at)
        _hold(owner)
    elif block is not None and not standing:
        _lift(block, owner, as_=Lifted.SLIP, at=now)
    elif block is not None and block.check_made not in standing:
        block.check_made = standing[0]  # so that "tapped by mistake" is asked of one that counts
        block.save(update_fields=["check_made"])


def _hold(owner: Person) -> None:
    holds.hold(person=owner, kinds=registry.moving(), reason=HoldReason.EMERGENCY, until=None)


def _lift(block: Block, owner: Person, *, as_: Lifted, at: datetime) -> None:
    block.lifted_at, block.lifted_as = max(at, block.began_at), as_
    block.save(update_fields=["lifted_at", "lifted_as"])
    holds.release(person=owner, reason=HoldReason.EMERGENCY)


@transaction.atomic
def clearance_save(
    *,
    id: UUID,  # noqa: A002
    owner: Person,
    clinician: str,
    seen_on: date,
    now: datetime,
    at: datetime | None = None,
) -> Block:
    """Record that a clinician agrees to walking and exercise, and lift the block `id`. Said again,
    it corrects who and when. One that was a slip stays that. `at`: when it was recorded.

    Raises Invalid for somebody who can't clear it and for a day in the future or before the block,
    NotFound, Forbidden without consent.
    """
    require_consent(owner)
    owner = person_lock(person_id=owner.pk)
    block = _mine(id, owner)
    check_moment("at", at, now=now)
    refuse(
        agreement_problems(
            owner, clinician=clinician, seen_on=seen_on, since=block.began_at, now=now
        )
    )
    if block.lifted_as == Lifted.SLIP:
        return block
    block.clinician, block.seen_on = clinician, seen_on
    block.save(update_fields=["clinician", "seen_on"])
    if block.lifted_at is None:
        _lift(block, owner, as_=Lifted.CLEARANCE, at=min(at or now, now))
        _settle(owner, now=now)  # an emergency answered after it may have arrived before it
    return block


def agreement_problems(
    owner: Person, *, clinician: str, seen_on: date, since: datetime | None, now: datetime
) -> Problems:
    """What is wrong with somebody's word that a clinician agrees. `since`: what is to be cleared
    began then, so nobody can have seen it earlier."""
    problems: Problems = {}
    if clinician not in CLEARERS:
        problems["clinician"] = [f"Choose one of: {', '.join(CLEARERS)}."]
    if seen_on > latest_day(owner.tz, now=now):
        problems["seen_on"] = ["This day is in the future."]
    elif since is not None and seen_on < (since.astimezone(owner.tz) - A_FLIGHT).date():
        problems["seen_on"] = ["This day is before what is to be cleared."]
    return problems


@transaction.atomic
def clearance_undo(*, id: UUID, owner: Person, now: datetime) -> Block:  # noqa: A002
    """Take a clearance back: the block stands again. Raises NotFound, or Conflict where it was no
    clearance, where that is more than a day ago (`too_late`) and where another block stands."""
    owner = person_lock(person_id=owner.pk)
    block = _mine(id, owner)
    if block.lifted_at is None:
        return block
    if block.lifted_as != Lifted.CLEARANCE:
        raise Conflict("This block was a slip, not cleared by anybody.")
    if now - block.lifted_at > UNDO_FOR:
        raise Conflict("A clearance can be taken back for a day.", code="too_late")
    if open_block(owner.pk):
        raise Conflict("Another block stands.")
    block.lifted_at, block.lifted_as, block.clinician, block.seen_on = None, "", "", None
    block.save(update_fields=["lifted_at", "lifted_as", "clinician", "seen_on"])
    _hold(owner)
    return block


def _mine(block_id: UUID, owner: Person) -> Block:
    found = Block.objects.filter(pk=block_id, owner=owner).first()
    if found is None:
        raise NotFound
    return found
