"""Which push services rest: after trouble with several people's devices, they are left alone.

One device says nothing about its service, so a service rests only once devices of several owners
in a row were told to come back later, with no other answer in between. Workers share what they
know through the cache, which they ask once a batch; without it each batch finds out for itself.
"""

import hashlib
import logging
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.cache import cache
from redis.exceptions import RedisError

from backend.push.results import LONGEST_WAIT, Outcome, Result

log = logging.getLogger(__name__)

OWNERS_BEFORE_REST = 3
FIRST_REST = timedelta(seconds=30)
LONGEST_REST = timedelta(minutes=15)  # of our own making; a service may ask for LONGEST_WAIT
REMEMBERED = LONGEST_WAIT + timedelta(hours=1)
NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Health:
    """What is known about one push service."""

    owners: frozenset[UUID] = frozenset()  # whose devices it turned away since its last good answer
    rests: int = 0  # in a row
    asked: datetime = NEVER  # until when the service itself asked us to wait
    until: datetime = NEVER  # it rests

    def rest(self, *, now: datetime) -> timedelta | None:
        return self.until - now if self.until > now else None

    def after(self, result: Result, *, owner: UUID, now: datetime) -> "Health":
        if result.outcome is not Outcome.RETRY:
            return WELL
        asked = max(self.asked, now + (result.retry_after or timedelta(0)))
        if self.until > now:  # what was under way when it began to rest
            return replace(self, asked=asked, until=max(self.until, asked))
        owners = self.owners | {owner}
        if len(owners) < OWNERS_BEFORE_REST:
            return replace(self, owners=owners, asked=asked)
        own = min(FIRST_REST * 2 ** min(self.rests, 10), LONGEST_REST)
        return Health(rests=self.rests + 1, asked=asked, until=max(asked, now + own))


WELL = Health()


class Hosts:
    """The health of the services of one batch."""

    def __init__(self, origins: Collection[str]) -> None:
        self._keys = {origin: _key(origin) for origin in origins}
        self._loaded = _load(self._keys)
        self._health = dict(self._loaded)

    def rest(self, origin: str, *, now: datetime) -> timedelta | None:
        """How long `origin` still rests, or None where it does not."""
        return self._health[origin].rest(now=now)

    def note(self, origin: str, result: Result, *, owner: UUID, now: datetime) -> None:
        health = self._health[origin]
        if health is not WELL or result.outcome is Outcome.RETRY:
            self._health[origin] = health.after(result, owner=owner, now=now)

    def save(self) -> None:
        """Tell the other workers, where something changed."""
        changed = {
            self._keys[origin]: health
            for origin, health in self._health.items()
            if health != self._loaded[origin]
        }
        try:
            if ill := {key: vars(one) for key, one in changed.items() if one is not WELL}:
                cache.set_many(ill, timeout=int(REMEMBERED.total_seconds()))
            if well := [key for key, one in changed.items() if one is WELL]:
                cache.delete_many(well)
        except (RedisError, OSError) as error:
            log.warning("other workers can't be told which push services rest: %s", error)


def _key(origin: str) -> str:
    return f"push-host:{hashlib.sha256(origin.encode()).hexdigest()}"


def _load(keys: dict[str, str]) -> dict[str, Health]:
    found: dict[str, dict[str, Any]] = {}
    try:
        found = cache.get_many(keys.values())
    except (RedisError, OSError) as error:
        log.warning("which push services rest is not known: %s", error)
    return {origin: _read(found.get(key)) for origin, key in keys.items()}


def _read(stored: dict[str, Any] | None) -> Health:
    try:
        return Health(**stored) if stored else WELL
    except TypeError:  # from another version of ours
        return WELL
