"""What a notification may do without a session: answer one delivery, for one person, for a while.

The token travels inside the encrypted message. It is Django's signature over three ids, so nothing
has to be stored, and a leaked one can only answer what its bearer has already been asked.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from uuid import UUID

from django.core.signing import BadSignature, SignatureExpired, TimestampSigner

from backend.core.errors import Forbidden

# A notification may stay on a lock screen over night, and over the next day.
LIFETIME = timedelta(hours=48)
UUID_BYTES = 16
LONGEST = 200


@dataclass(frozen=True, kw_only=True)
class Ticket:
    delivery_id: UUID
    owner_id: UUID
    device_id: UUID


@cache
def _signer() -> TimestampSigner:
    return TimestampSigner(salt="backstep.reminders.tokens")


def make(ticket: Ticket) -> str:
    ids = (ticket.delivery_id, ticket.owner_id, ticket.device_id)
    packed = b"".join(one.bytes for one in ids)
    return _signer().sign(urlsafe_b64encode(packed).decode())


def read(token: str) -> Ticket:
    """Raises Forbidden: `token_invalid` where it is not ours, `token_expired` where it is old."""
    try:
        packed = urlsafe_b64decode(_signer().unsign(token[:LONGEST], max_age=LIFETIME))
    except SignatureExpired:
        raise Forbidden("Too old. Answer under your session.", code="token_expired") from None
    except (BadSignature, ValueError):
        raise Forbidden("This token is not one of ours.", code="token_invalid") from None
    return Ticket(
        delivery_id=UUID(bytes=packed[:UUID_BYTES]),
        owner_id=UUID(bytes=packed[UUID_BYTES : 2 * UUID_BYTES]),
        device_id=UUID(bytes=packed[2 * UUID_BYTES :]),
    )
