"""One row of every personal model. A new model needs one here, or the privacy tests fail."""

import base64
import uuid
from collections.abc import Callable
from datetime import timedelta

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.db import models

from backend.accounts.models import Person, PersonSession
from backend.pain.models import Episode, EveningPrompt, Flare, Measure, PainEntry
from backend.push.models import PushSubscription
from backend.push.results import Outcome
from backend.reminders.models import Attempt, CalendarFeed, Delivery, Hold, Reminder
from backend.safety.models import Block, SymptomCheck
from backend.walking.models import BackwardUnlock, Clearance, FollowUp, GateAnswers, Walk, WalkPlan
from tests.conftest import ENDPOINT, NOW, client_of

POINT = (
    ec.derive_private_key(7, ec.SECP256R1())
    .public_key()
    .public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
)
P256DH = base64.urlsafe_b64encode(POINT).rstrip(b"=").decode()
AUTH = "c2l4dGVlbiBieXRlcyEhIQ"


def person(owner: Person) -> Person:
    return owner


def session(owner: Person) -> PersonSession:
    client_of(owner)
    return PersonSession.objects.filter(person=owner).latest("expire_date")


def device(owner: Person) -> PushSubscription:
    return PushSubscription.objects.create(
        owner=owner,
        name="Firefox on Android",
        endpoint=f"{ENDPOINT}{uuid.uuid4().hex}",
        p256dh=P256DH,
        auth=AUTH,
        origin="https://back.example.org",
        last_seen_at=NOW,
    )


def reminder(owner: Person) -> Reminder:
    schedule = {"days": [0], "times": ["08:00"]}
    due = NOW + timedelta(days=5)
    return Reminder.objects.create(owner=owner, kind="walk", schedule=schedule, next_due_at=due)


def delivery(owner: Person) -> Delivery:
    return Delivery.objects.create(
        owner=owner,
        reminder=reminder(owner),
        kind="walk",
        due_at=NOW,
        next_try_at=NOW,
        dedupe_key=f"{owner.pk}:{uuid.uuid4()}",
    )


def attempt(owner: Person) -> Attempt:
    return Attempt.objects.create(
        delivery=delivery(owner), subscription=device(owner), outcome=Outcome.SENT, at=NOW
    )


def hold(owner: Person) -> Hold:
    until = NOW + timedelta(days=3650)
    return Hold.objects.create(owner=owner, kinds=["walk"], reason="pause", until=until)


def calendar_feed(owner: Person) -> CalendarFeed:
    return CalendarFeed.objects.create(owner=owner, secret=uuid.uuid4().hex)


def entry(owner: Person) -> PainEntry:
    return PainEntry.objects.create(owner=owner, score=4, at=NOW)


def episode(owner: Person) -> Episode:
    """A closed one: of those there may be several."""
    began = NOW - timedelta(days=5)
    return Episode.objects.create(
        owner=owner, onset_at=began, began_on=began.date(), closed_at=NOW, closed_as="gone"
    )


def evening_prompt(owner: Person) -> EveningPrompt:
    return EveningPrompt.objects.create(
        owner=owner,
        episode=episode(owner),
        evening=NOW.date(),
        asked_at=NOW,
        asked_on=NOW.date(),
    )


def flare(owner: Person) -> Flare:
    return Flare.objects.create(owner=owner, began_at=NOW)


def measure(owner: Person) -> Measure:
    answers = {
        "activities": [{"name": name, "score": 4} for name in ("Stairs", "Sleep", "Sitting")]
    }
    return Measure.objects.create(owner=owner, kind="psfs", at=NOW, answers=answers, mean=4)


def symptom_check(owner: Person) -> SymptomCheck:
    return SymptomCheck.objects.create(
        owner=owner,
        symptoms=["chest_pain"],
        rows=["chest_pain"],
        level="emergency",
        wording="2026-11",
        language="en",
        at=NOW,
    )


def block(owner: Person) -> Block:
    return Block.objects.create(owner=owner, check_made=symptom_check(owner), began_at=NOW)


def gate_answers(owner: Person) -> GateAnswers:
    return GateAnswers.objects.create(
        owner=owner, yes=["fall"], wording="2026-11", language="en", at=NOW
    )


def gate_clearance(owner: Person) -> Clearance:
    return Clearance.objects.create(owner=owner, at=NOW, clinician="doctor", seen_on=NOW.date())


def walk_plan(owner: Person) -> WalkPlan:
    started_on = NOW.date()
    return WalkPlan.objects.create(
        owner=owner,
        started_on=started_on,
        tolerance=15,
        tolerance_from="guess",
        choices=[{"from": started_on.isoformat(), "days": [0, 2, 4, 6]}],
        at=NOW,
    )


def walk(owner: Person) -> Walk:
    """One that ended at NOW."""
    return Walk.objects.create(
        owner=owner, started_at=NOW - timedelta(minutes=12), ended_at=NOW, seconds=720
    )


def follow_up(owner: Person) -> FollowUp:
    due = NOW + timedelta(hours=4)
    return FollowUp.objects.create(owner=owner, walk=walk(owner), which="later", due_at=due)


def backward_unlock(owner: Person) -> BackwardUnlock:
    return BackwardUnlock.objects.create(owner=owner, stand_seconds=12, over_65=False, at=NOW)


FACTORIES: dict[str, Callable[[Person], models.Model]] = {
    "accounts.Person": person,
    "accounts.PersonSession": session,
    "push.PushSubscription": device,
    "reminders.Reminder": reminder,
    "reminders.Delivery": delivery,
    "reminders.Attempt": attempt,
    "reminders.Hold": hold,
    "reminders.CalendarFeed": calendar_feed,
    "pain.PainEntry": entry,
    "pain.Episode": episode,
    "pain.EveningPrompt": evening_prompt,
    "pain.Flare": flare,
    "pain.Measure": measure,
    "safety.SymptomCheck": symptom_check,
    "safety.Block": block,
    "walking.GateAnswers": gate_answers,
    "walking.Clearance": gate_clearance,
    "walking.WalkPlan": walk_plan,
    "walking.Walk": walk,
    "walking.FollowUp": follow_up,
    "walking.BackwardUnlock": backward_unlock,
}
