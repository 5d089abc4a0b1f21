"""Who this server is to push services (RFC 8292): one signed token per origin, kept for hours."""

import threading
from datetime import datetime, timedelta

from django.conf import settings
from py_vapid import Vapid02

LIFETIME = timedelta(hours=12)  # Apple allows 24 at most
RENEW_BEFORE = timedelta(hours=2)
MOST_KEPT = 1000  # Apple's and Microsoft's services have many names, and a client may invent more

_headers: dict[str, tuple[datetime, str]] = {}
_lock = threading.Lock()


def authorization(origin: str, *, now: datetime) -> str:
    """The Authorization header for `origin`; signing is slow, so a header is used again."""
    with _lock:
        expires, header = _headers.get(origin, (now, ""))
        if expires - now <= RENEW_BEFORE:
            if len(_headers) >= MOST_KEPT:
                _headers.clear()
            expires = now + LIFETIME
            header = _sign(origin, expires)
            _headers[origin] = (expires, header)
        return header


def _sign(origin: str, expires: datetime) -> str:
    # The claims are made anew each time: py_vapid writes into the dict that it is given.
    claims = {"aud": origin, "sub": settings.VAPID_SUBJECT, "exp": int(expires.timestamp())}
    return str(Vapid02(private_key=settings.VAPID_KEY).sign(claims)["Authorization"])
