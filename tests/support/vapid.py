"""What a push service checks of the Authorization header (RFC 8292), written from its side.

The product signs with py_vapid; this reads with `cryptography` alone, so that the two can't share
a mistake.
"""

import base64
import json
import re

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

LONGEST = 24 * 3600
HALF = 32  # bytes of each half of a P-256 signature


def decode(value: str) -> bytes:
    """base64url without its padding, as everything in web push."""
    return base64.urlsafe_b64decode(value + "=" * (-len(value) % 4))


def encode(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


def problem(header: str, *, audience: str, expected_key: bytes, now: float) -> str:
    """Why the header does not prove who sends, or "" where it does."""
    found = re.fullmatch(r"vapid t=([\w.-]+), ?k=([\w=-]+)", header)
    if found is None:
        return "no VAPID token"
    token, key = found.groups()
    if decode(key.rstrip("=")) != expected_key:
        return "not the key this subscription was made with"
    signed, _, signature = token.rpartition(".")
    if not _is_signed(signed, decode(signature), expected_key):
        return "the token is not signed with its key"
    return _problem_in(json.loads(decode(signed.partition(".")[2])), audience, now)


def _is_signed(signed: str, signature: bytes, key: bytes) -> bool:
    halves = (int.from_bytes(part, "big") for part in (signature[:HALF], signature[HALF:]))
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), key)
    try:
        public.verify(encode_dss_signature(*halves), signed.encode(), ec.ECDSA(SHA256()))
    except InvalidSignature:
        return False
    return True


def _problem_in(claims: dict[str, object], audience: str, now: float) -> str:
    expires, subject = claims.get("exp"), str(claims.get("sub", ""))
    if claims.get("aud") != audience:
        return f"the token is for {claims.get('aud')}, not for {audience}"
    if not isinstance(expires, int) or not 0 < expires - now <= LONGEST:
        return "the token has expired, or lives for more than a day"
    if not subject.startswith(("mailto:", "https://")):
        return "the token names nobody to write to"
    return ""
