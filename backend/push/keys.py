"""The keys of a subscription: what can't be encrypted to is refused when it is saved."""

import base64
import binascii

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

POINT_BYTES = 65
AUTH_BYTES = 16


def decode(value: str) -> bytes:
    """base64url, with or without padding. Raises ValueError for anything else."""
    if not value.isascii() or any(char in value for char in "+/ \n\r\t"):
        raise ValueError("not base64url")
    try:
        return base64.b64decode(
            value.rstrip("=") + "=" * (-len(value.rstrip("=")) % 4), altchars=b"-_", validate=True
        )
    except binascii.Error:
        raise ValueError("not base64url") from None


def encode(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


def check_p256dh(value: str) -> None:
    """Raises ValueError unless `value` is a 65-byte uncompressed point on P-256."""
    point = decode(value)
    if len(point) != POINT_BYTES:
        raise ValueError(f"p256dh must be {POINT_BYTES} bytes")
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    except ValueError:
        raise ValueError("p256dh is not a point on the curve") from None


def check_auth(value: str) -> None:
    """Raises ValueError unless `value` is 16 bytes: a shorter one is sent but never decrypts."""
    if len(decode(value)) != AUTH_BYTES:
        raise ValueError(f"auth must be {AUTH_BYTES} bytes")


def public_point(key: ec.EllipticCurvePrivateKey) -> str:
    """The application server key that browsers subscribe with (65 bytes as base64url)."""
    return encode(key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))
