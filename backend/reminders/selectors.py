"""Reading what was planned and sent."""

from datetime import datetime, time, timedelta
from uuid import UUID

from django.db.models import QuerySet

from backend.accounts.models import Person
from backend.core.errors import NotFound
from backend.reminders import rules
from backend.reminders.models import Delivery

DAYS_OF_HISTORY = 7
LONGEST_HISTORY = 500


def history(person: Person, *, now: datetime) -> QuerySet[Delivery]:
    """What fell due in the last seven local days, today among them, newest first."""
    first = now.astimezone(person.tz).date() - timedelta(days=DAYS_OF_HISTORY - 1)
    start = rules.instant(datetime.combine(first, time()), person.tz)
    mine = Delivery.objects.filter(owner=person, due_at__gte=start, due_at__lte=now)
    return mine.exclude(kind="test").order_by("-due_at", "pk")[:LONGEST_HISTORY]


def delivery_of(person: Person, delivery_id: UUID) -> Delivery:
    """Raises NotFound for another person's."""
    found = Delivery.objects.filter(pk=delivery_id, owner=person).first()
    if found is None:
        raise NotFound
    return found
