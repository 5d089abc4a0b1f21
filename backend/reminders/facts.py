"""What the planner must know about a batch of deliveries, in a constant number of queries."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from backend.accounts.models import Person
from backend.reminders import registry, rules
from backend.reminders.models import Delivery, Hold
from backend.reminders.planner import Decision, Situation, Verdict, decide
from backend.reminders.registry import Moment

DAY = timedelta(days=1)
INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True)
class Plan:
    """A decision, with the situation that it was made in."""

    case: Situation
    decision: Decision

    @property
    def verdict(self) -> Verdict:
        return self.decision.verdict

    @property
    def leaves(self) -> bool:
        return self.verdict in {Verdict.SEND, Verdict.ASK}


def plans(deliveries: Sequence[Delivery], *, now: datetime) -> list[Plan]:
    """One for each of `deliveries`, which come with their `owner` and `reminder`.

    Places in the daily cap are taken here, under a lock on their people: two workers that plan for
    the same person at once can't both take the last one.
    """
    if not any(delivery.capped for delivery in deliveries):
        return [Plan(case, decide(case)) for case in _situations(deliveries, now=now)]
    with transaction.atomic():
        people = {delivery.owner_id for delivery in deliveries if delivery.capped}
        locked = Person.objects.select_for_update(no_key=True).filter(pk__among=people)
        list(locked.order_by("pk").values_list("pk"))
        return _with_places(deliveries, now=now)


def fills(deliveries: Sequence[Delivery], *, now: datetime) -> dict[UUID, Mapping[str, str]]:
    """What their kinds fill into wordings with details. Most kinds have nothing to fill in and most
    people want no details: then this costs no query."""
    wanted = [one for one in deliveries if one.owner.lock_screen_details and _fills(one.what)]
    moments = [_moment(delivery, now=now) for delivery in wanted]
    found: dict[UUID, Mapping[str, str]] = {}
    for kind, members in _by_kind(wanted, moments):
        given = kind.facts([moment for _, moment in members])
        found |= {delivery.pk: one for (delivery, _), one in zip(members, given, strict=True)}
    return found


def _fills(kind: registry.Kind) -> bool:
    return kind.facts is not registry.nothing_to_fill_in


def _with_places(deliveries: Sequence[Delivery], *, now: datetime) -> list[Plan]:
    used = _used(deliveries, now=now)
    found: list[Plan] = []
    taken: dict[date, list[UUID]] = defaultdict(list)
    for delivery, situation in zip(deliveries, _situations(deliveries, now=now), strict=True):
        today = _local_day(delivery, now)
        key = (delivery.owner_id, today)
        has_place = delivery.capped_on == today  # this is another try
        case = replace(situation, used=0 if has_place else used[key])
        plan = Plan(case, decide(case))
        if delivery.capped and plan.leaves and not has_place:
            used[key] += 1
            taken[today].append(delivery.pk)
        found.append(plan)
    for day, ids in taken.items():
        Delivery.objects.filter(pk__among=ids).update(capped_on=day)
    return found


def _used(deliveries: Sequence[Delivery], *, now: datetime) -> Counter[tuple[UUID, date | None]]:
    """Places taken, by person and local day."""
    people = {delivery.owner_id for delivery in deliveries if delivery.capped}
    rows = Delivery.objects.filter(
        owner__among=people, capped_on__gte=now.date() - DAY, due_at__gt=now - 3 * DAY
    )
    return Counter(rows.values_list("owner_id", "capped_on"))


def _local_day(delivery: Delivery, now: datetime) -> date:
    return now.astimezone(delivery.owner.tz).date()


def _situations(deliveries: Sequence[Delivery], *, now: datetime) -> list[Situation]:
    moments = [_moment(delivery, now=now) for delivery in deliveries]
    held = _held(deliveries, now=now)
    answered = _answered_done(deliveries, moments)
    done = _done(deliveries, moments)
    irrelevant = _irrelevant(deliveries, moments)
    cases = []
    for delivery, moment in zip(deliveries, moments, strict=True):
        times = [*done[delivery.pk], *answered.get((delivery.owner_id, delivery.kind), ())]
        is_done = any(moment.since < at for at in times)
        cases.append(
            _situation(
                delivery,
                irrelevant="done" if is_done else irrelevant[delivery.pk],
                ignored=_ignored(delivery, times),
                held=delivery.pk in held,
                now=now,
            )
        )
    return cases


def _situation(
    delivery: Delivery, *, irrelevant: str, ignored: int, held: bool, now: datetime
) -> Situation:
    kind, owner, reminder = delivery.what, delivery.owner, delivery.reminder
    return Situation(
        now=now,
        expires_at=delivery.expires_at,
        enabled=reminder is None or reminder.enabled,
        answered=bool(delivery.answer),
        irrelevant=irrelevant,
        held=held,
        quiet_until=_quiet_until(owner, now=now),
        capped=delivery.capped,
        cap=owner.daily_cap,
        ignored=ignored,
        last_sent_at=reminder.last_sent_at if reminder else None,
        interval=reminder is not None and reminder.rule.interval,
        safety=kind.safety,
        defers=kind.defers,
        on_request=kind.on_request,
    )


def _moment(delivery: Delivery, *, now: datetime) -> Moment:
    before, since = _slots_before(delivery)
    return Moment(
        person=delivery.owner,
        subject_id=delivery.subject_id,
        due_at=delivery.due_at,
        since=since,
        slot_before=before,
        now=now,
    )


def _slots_before(delivery: Delivery) -> tuple[datetime, datetime]:
    """The slot before this delivery's, and the middle between the two.

    What was done lies nearer to one of two slots and counts for that one: a score given at 17:35 is
    the answer to 17:30, not a reason to leave out tomorrow's. A snooze belongs to the slot that it
    put off.
    """
    if delivery.reminder is None:
        return delivery.due_at - DAY, delivery.due_at - DAY
    rule, tz = delivery.reminder.rule, delivery.owner.tz
    slot = rules.latest_due(rule, tz, delivery.due_at) or delivery.due_at
    before = rules.latest_due(rule, tz, slot - INSTANT) or slot - DAY
    return before, before + (slot - before) / 2


def _held(deliveries: Sequence[Delivery], *, now: datetime) -> set[UUID]:
    people = {delivery.owner_id for delivery in deliveries}
    holds: dict[UUID, list[Hold]] = defaultdict(list)
    for hold in Hold.objects.filter(owner__among=people).exclude(until__lte=now):
        holds[hold.owner_id].append(hold)
    return {
        delivery.pk
        for delivery in deliveries
        if any(hold.covers(delivery.kind, now=now) for hold in holds[delivery.owner_id])
    }


def _done(deliveries: Sequence[Delivery], moments: Sequence[Moment]) -> dict[UUID, list[datetime]]:
    """When the people of each delivery did what it reminds of; asked of each kind once."""
    found: dict[UUID, list[datetime]] = {}
    for kind, members in _by_kind(deliveries, moments):
        start = min(_looks_back_to(delivery, moment) for delivery, moment in members)
        times = kind.done({delivery.owner_id for delivery, _ in members}, start)
        found |= {delivery.pk: list(times.get(delivery.owner_id, ())) for delivery, _ in members}
    return found


def _looks_back_to(delivery: Delivery, moment: Moment) -> datetime:
    sent = delivery.reminder.last_sent_at if delivery.reminder else None
    return min(moment.since, sent or moment.since)


def _irrelevant(deliveries: Sequence[Delivery], moments: Sequence[Moment]) -> dict[UUID, str]:
    found: dict[UUID, str] = {}
    for kind, members in _by_kind(deliveries, moments):
        reasons = kind.relevance([moment for _, moment in members])
        pairs = zip(members, reasons, strict=True)
        found |= {delivery.pk: reason for (delivery, _), reason in pairs}
    return found


def _by_kind(
    deliveries: Iterable[Delivery], moments: Iterable[Moment]
) -> Iterable[tuple[registry.Kind, list[tuple[Delivery, Moment]]]]:
    groups: dict[str, list[tuple[Delivery, Moment]]] = defaultdict(list)
    for delivery, moment in zip(deliveries, moments, strict=True):
        groups[delivery.kind].append((delivery, moment))
    return [(registry.get(name), members) for name, members in groups.items()]


def _answered_done(
    deliveries: Sequence[Delivery], moments: Sequence[Moment]
) -> dict[tuple[UUID, str], list[datetime]]:
    """Slots of the same kind that were answered with "done", whenever that answer came."""
    people = {delivery.owner_id for delivery in deliveries}
    start = min(moment.since for moment in moments)
    rows = Delivery.objects.filter(owner__among=people, due_at__gt=start, answer=registry.DONE)
    found: dict[tuple[UUID, str], list[datetime]] = defaultdict(list)
    for owner_id, kind, due_at in rows.values_list("owner_id", "kind", "due_at"):
        found[owner_id, kind].append(due_at)
    return found


def _ignored(delivery: Delivery, times: Iterable[datetime]) -> int:
    """How many in a row nobody reacted to. Doing it unasked is a reaction, too."""
    reminder = delivery.reminder
    if reminder is None:
        return 0
    last = reminder.last_sent_at
    return 0 if last and any(last < at for at in times) else reminder.ignored


def _quiet_until(owner: Person, *, now: datetime) -> datetime | None:
    start, end = owner.quiet_from, owner.quiet_to
    if start is None or end is None or not rules.in_quiet_hours(now, owner.tz, start, end):
        return None
    return rules.quiet_end(now, owner.tz, start, end)
