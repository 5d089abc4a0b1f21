"""An endpoint is hostile input: the server will POST to whatever address a client names.

Pure rules (standard library only). They are asked when a device is saved and again at each send,
since the allow-list may have changed in between; the address that a name resolves to is checked by
the transport, at the moment it connects.
"""

import ipaddress
import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import SplitResult, urlsplit

PUSH_HOSTS = (
    "fcm.googleapis.com",
    "jmt17.google.com",  # Debian's Chromium
    "updates.push.services.mozilla.com",
    "push.apple.com",
    "notify.windows.com",
)
LONGEST = 2000
HTTPS_PORT = 443
CLEAN = re.compile(r"[!-\[\]-~]*")  # printable ASCII without blanks and the backslash
SERVICE = re.compile(r"[^/?#]*//[^/?#]*")  # scheme and authority, where an address has them
PLAIN_NAME = re.compile(r"[a-z0-9.-]{1,253}")


@dataclass(frozen=True, kw_only=True)
class Service:
    """Whom an address leads to, and why the server won't go there: `never`, or `unless_trusted`."""

    origin: str
    never: str = ""
    unless_trusted: str = ""


def refusal(endpoint: str, *, trusted_origins: Collection[str]) -> str:
    """Why the server won't send to `endpoint`, or "" where it will.

    `trusted_origins`: push services that the host runs; they may be http, any port, private.
    """
    if len(endpoint) > LONGEST:
        return "the address is too long"
    if not CLEAN.fullmatch(endpoint):
        return "the address has characters that do not belong in one"
    if "#" in endpoint:
        return "the address holds more than a host and a path"
    service = _service_of(endpoint)
    if service.never:
        return service.never
    return "" if service.origin in trusted_origins else service.unless_trusted


def origin_of(endpoint: str) -> str:
    """`scheme://host[:port]`, the audience of a VAPID token; a default port is left out."""
    return _service_of(endpoint).origin


def is_push_host(host: str) -> bool:
    """True for a known host or one below it: the match ends on a dot, never inside a label."""
    name = host.lower()
    return any(name == known or name.endswith(f".{known}") for known in PUSH_HOSTS)


def _service_of(endpoint: str) -> Service:
    found = SERVICE.match(endpoint)
    return _service(found[0]) if found else Service(origin="", never="the address is not https")


@lru_cache(maxsize=1024)
def _service(start: str) -> Service:
    """Millions of endpoints lead to a handful of services, so each is judged once."""
    try:
        parts = urlsplit(start)
        origin = _origin(parts)
    except ValueError:
        return Service(origin="", never="the address can't be read")
    if parts.username is not None or parts.password is not None:
        return Service(origin=origin, never="the address holds more than a host and a path")
    return Service(origin=origin, unless_trusted=_refusal_public(parts))


def _origin(parts: SplitResult) -> str:
    host = parts.hostname or ""
    shown = f"[{host}]" if ":" in host else host
    default = {"https": 443, "http": 80}.get(parts.scheme)
    port = "" if parts.port in (None, default) else f":{parts.port}"
    return f"{parts.scheme}://{shown}{port}"


def _refusal_public(parts: SplitResult) -> str:
    host = parts.hostname or ""
    if parts.scheme != "https":
        return "the address is not https"
    if parts.port not in (None, HTTPS_PORT):
        return "the port is not 443"
    if not is_push_host(host) or not PLAIN_NAME.fullmatch(host):
        return "the host is not a known push service"
    return ""


def is_public_address(address: str) -> bool:
    """False for loopback, private, link-local, reserved and multicast addresses."""
    try:
        ip = ipaddress.ip_address(address.split("%", maxsplit=1)[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        embedded = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if embedded is not None and not embedded.is_global:
            return False
    return ip.is_global and not ip.is_multicast
