"""An endpoint is hostile input: the server will POST to whatever address a client names.

Pure rules (standard library only). They are asked when a device is saved and again at each send,
since the allow-list may have changed in between; the address that a name resolves to is checked by
the transport, at the moment it connects.
"""

import ipaddress
from collections.abc import Collection
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


def refusal(endpoint: str, *, trusted_origins: Collection[str]) -> str:
    """Why the server won't send to `endpoint`, or "" where it will.

    `trusted_origins`: push services that the host runs; they may be http, any port, private.
    """
    if len(endpoint) > LONGEST:
        return "the address is too long"
    if not endpoint.isascii() or any(char <= " " or char == "\\" for char in endpoint):
        return "the address has characters that do not belong in one"
    try:
        parts = urlsplit(endpoint)
        port = parts.port
    except ValueError:
        return "the address can't be read"
    if parts.username is not None or parts.password is not None or parts.fragment:
        return "the address holds more than a host and a path"
    if origin_of(endpoint) in trusted_origins:
        return ""
    return _refusal_public(parts, port)


def _refusal_public(parts: SplitResult, port: int | None) -> str:
    if parts.scheme != "https":
        return "the address is not https"
    if port not in (None, HTTPS_PORT):
        return "the port is not 443"
    if not is_push_host(parts.hostname or ""):
        return "the host is not a known push service"
    return ""


def is_push_host(host: str) -> bool:
    """True for a known host or one below it: the match ends on a dot, never inside a label."""
    name = host.lower()
    return any(name == known or name.endswith(f".{known}") for known in PUSH_HOSTS)


def origin_of(endpoint: str) -> str:
    """`scheme://host[:port]`, the audience of a VAPID token; a default port is left out."""
    parts = urlsplit(endpoint)
    host = parts.hostname or ""
    shown = f"[{host}]" if ":" in host else host
    default = {"https": 443, "http": 80}.get(parts.scheme)
    port = "" if parts.port in (None, default) else f":{parts.port}"
    return f"{parts.scheme}://{shown}{port}"


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
