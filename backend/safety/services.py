"""Symptom checks, what an emergency answer forbids, and what allows it again."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from backend.accounts.models import Person
from backend.accounts.services import require_consent
from backend.core.errors import Conflict, Invalid, NotFound
from backend.reminders import holds, registry
from backend.reminders.models import HoldReason
from backend.safety import content
from backend.safety.models import Block, Clinician, Level, Lifted, Occasion, SymptomCheck
from backend.safety.rules import assess
from backend.safety.selectors import open_block
from backend.safety.signals import check_saved

CLOCKS_MAY_DIFFER = timedelta(minutes=5)
UNDO_WITHIN = timedelta(hours=24)
MAY_CLEAR = tuple(name for name in Clinician.values if name != Clinician.PHARMACIST)

Problems = dict[str, list[str]]


@transaction.atomic
def check_save(
    *,
    id: UUID,  # noqa: A002 - the client's key for this row, named as in the API
    owner: Person,
    symptoms: Sequence[str],
    wording: str | None = None,
    occasion: str = Occasion.BY_HAND,
    at: datetime | None = None,
    corrects: UUID | None = None,
    now: datetime,
) -> tuple[SymptomCheck, bool]:
    """Store what was ticked and what followed from it; answers it and whether it is new.

    An emergency blocks walking and exercise in the same transaction. `corrects`: the check that had
    been tapped by mistake; its block goes, unless this one is an emergency again. `wording`: the
    version that was asked, for a phone that had no network since; by default the present one.

    Raises Invalid, NotFound for another person's ids, Conflict for an id that stands for another
    check already, Forbidden without consent.
    """
    require_consent(owner)
    owner = Person.objects.select_for_update(no_key=True).get(pk=owner.pk)
    known = SymptomCheck.objects.filter(pk=id).first()
    if known is not None:
        return _replayed(known, owner, symptoms), False
    asked = _checked(symptoms=symptoms, wording=wording, occasion=occasion, at=at, now=now)
    slip = _slip(corrects, owner)
    found = assess(asked.rows, symptoms)
    check = SymptomCheck.objects.create(
        pk=id,
        owner=owner,
        symptoms=[fact for fact in asked.facts if fact in set(symptoms)],
        rows=list(found.rows),
        level=found.level,
        wording=asked.version,
        language=owner.language,
        occasion=occasion,
        at=min(at or now, now),
        corrects=slip,
    )
    _block_or_lift(check, slip, owner, now=now)
    check_saved.send(sender=SymptomCheck, check=check, now=now)
    return check, True


def _replayed(known: SymptomCheck, owner: Person, symptoms: Sequence[str]) -> SymptomCheck:
    if known.owner_id != owner.pk:
        raise NotFound
    if set(known.symptoms) != set(symptoms):
        raise Conflict("This id belongs to a check with other answers.")
    return known


def _slip(corrects: UUID | None, owner: Person) -> SymptomCheck | None:
    if corrects is None:
        return None
    slip = SymptomCheck.objects.filter(pk=corrects, owner=owner).first()
    if slip is None:
        raise NotFound
    if SymptomCheck.objects.filter(corrects=slip).exists():
        raise Conflict("This check was corrected before.", code="corrected_already")
    return slip


def _block_or_lift(
    check: SymptomCheck, slip: SymptomCheck | None, owner: Person, *, now: datetime
) -> None:
    block = open_block(owner.pk)
    if check.level == Level.EMERGENCY:
        if block is None and not _cleared_since(check):
            _block(check, owner)
        elif block is not None and slip is not None and block.check_made_id == slip.pk:
            block.check_made = check  # no slip, then: this is the answer it stands on now
            block.save(update_fields=["check_made"])
    elif block is not None and slip is not None and block.check_made_id == slip.pk:
        _lift(block, owner, as_=Lifted.SLIP, now=now)


def _cleared_since(check: SymptomCheck) -> bool:
    """It was made without a network before a clinician's word that has arrived already."""
    later = Block.objects.filter(owner_id=check.owner_id, lifted_as=Lifted.CLEARANCE)
    return later.filter(began_at__lte=check.at, lifted_at__gte=check.at).exists()


def _block(check: SymptomCheck, owner: Person) -> None:
    Block.objects.create(owner=owner, check_made=check, began_at=check.at)
    _hold(owner)


def _hold(owner: Person) -> None:
    holds.hold(person=owner, kinds=registry.moving(), reason=HoldReason.EMERGENCY, until=None)


def _lift(block: Block, owner: Person, *, as_: Lifted, now: datetime) -> None:
    block.lifted_at, block.lifted_as = now, as_
    block.save()
    holds.release(person=owner, reason=HoldReason.EMERGENCY)


@transaction.atomic
def clearance_save(
    *,
    id: UUID,  # noqa: A002
    owner: Person,
    clinician: str,
    seen_on: date,
    now: datetime,
) -> Block:
    """A clinician has seen the person and agreed: walking and exercise are allowed again.

    Once lifted, a replay changes nothing. Raises NotFound, Invalid for an unknown clinician or a
    day in the future.
    """
    owner = Person.objects.select_for_update(no_key=True).get(pk=owner.pk)
    block = _mine(id, owner)
    problems: Problems = {}
    if clinician not in MAY_CLEAR:
        problems["clinician"] = [f"Choose one of: {', '.join(MAY_CLEAR)}."]
    if seen_on > (now + CLOCKS_MAY_DIFFER).astimezone(owner.tz).date():
        problems["seen_on"] = ["This day is in the future."]
    elif seen_on < block.began_at.astimezone(owner.tz).date():
        problems["seen_on"] = ["This day is before the answer that it is about."]
    _refuse(problems)
    if block.lifted_at is None:
        block.clinician, block.seen_on = clinician, seen_on
        _lift(block, owner, as_=Lifted.CLEARANCE, now=now)
    return block


@transaction.atomic
def clearance_undo(*, id: UUID, owner: Person, now: datetime) -> Block:  # noqa: A002
    """It was recorded by mistake: the block stands again.

    Raises NotFound, or Conflict where nothing was recorded, where it is too long ago, or where
    another block stands already.
    """
    owner = Person.objects.select_for_update(no_key=True).get(pk=owner.pk)
    block = _mine(id, owner)
    if block.lifted_at is None:
        return block
    if block.lifted_as != Lifted.CLEARANCE or now - block.lifted_at > UNDO_WITHIN:
        raise Conflict("This can't be undone any more. Check your symptoms again.")
    if open_block(owner.pk) is not None:
        raise Conflict("Another block stands already.")
    block.lifted_at, block.lifted_as = None, ""
    block.clinician, block.seen_on = "", None
    block.save()
    _hold(owner)
    return block


def _mine(block_id: UUID, owner: Person) -> Block:
    found = Block.objects.select_for_update().filter(pk=block_id, owner=owner).first()
    if found is None:
        raise NotFound
    return found


def _checked(
    *,
    symptoms: Sequence[str],
    wording: str | None,
    occasion: str,
    at: datetime | None,
    now: datetime,
) -> "content.Wording":
    asked = content.wordings().get(wording) if wording else content.current()
    if asked is None:
        problem = f"Choose one of: {', '.join(sorted(content.wordings()))}."
        raise Invalid("Some values can't be used.", fields={"wording": [problem]})
    problems: Problems = {}
    unknown = sorted(set(symptoms) - set(asked.facts))
    if unknown:
        problems["symptoms"] = [f"Wording {asked.version} does not ask for: {', '.join(unknown)}."]
    if occasion not in Occasion.values:
        problems["occasion"] = [f"Choose one of: {', '.join(Occasion.values)}."]
    if at is not None and at > now + CLOCKS_MAY_DIFFER:
        problems["at"] = ["This time is in the future."]
    _refuse(problems)
    return asked


def _refuse(problems: Problems) -> None:
    if problems:
        raise Invalid("Some values can't be used.", fields=problems)
