"""What the first start makes for itself: the data folder, the secret key, the VAPID key.

Files are private to the server's user and are made in one step, so that two processes that start
together agree on one secret and a crash leaves no half-written one.
"""

import base64
import os
import secrets
import tempfile
from collections.abc import Callable
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes

from backend.config.env import ConfigError

SECRET_LENGTH = 50
RAW_KEY_BYTES = 32
PRIVATE_FOLDER = 0o700


def data_folder(path: Path) -> Path:
    """Make `path`, private to this user, and answer it. Raises ConfigError where that fails."""
    try:
        path.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigError(f"DATA_DIR {path} can't be made: {error.strerror}") from None
    if not os.access(path, os.W_OK | os.X_OK):
        raise ConfigError(f"DATA_DIR {path} can't be written to")
    return path


def secret_key(folder: Path) -> str:
    """The key that signs cookies and tokens, made at the first start."""
    path = folder / "secret_key"
    value = _kept(path, lambda: secrets.token_urlsafe(SECRET_LENGTH))
    if len(value) < SECRET_LENGTH:
        raise ConfigError(f"{path} is damaged: a secret key has {SECRET_LENGTH} or more characters")
    return value


def vapid_pem(folder: Path) -> str:
    """The private key that push services know this server by (PEM), made at the first start.

    Losing it means that every device has to subscribe again.
    """
    return _kept(folder / "vapid_private.pem", _new_vapid_pem)


def vapid_key(value: str, *, origin: str) -> ec.EllipticCurvePrivateKey:
    """A P-256 private key, from PEM or 32 raw bytes as base64url; errors call it `origin`."""
    try:
        key = _from_pem(value) if "-----BEGIN" in value else _from_raw(value)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise ConfigError(f"{origin} is damaged: it holds no P-256 private key") from None
    if not isinstance(key, ec.EllipticCurvePrivateKey) or key.curve.name != "secp256r1":
        raise ConfigError(f"{origin} holds a key that is not on P-256")
    return key


def _from_pem(value: str) -> PrivateKeyTypes:
    return serialization.load_pem_private_key(value.encode(), password=None)


def _from_raw(value: str) -> ec.EllipticCurvePrivateKey:
    """Any number makes a key, so a cut-off one must not pass for a key of its own."""
    raw = base64.b64decode(value + "=" * (-len(value) % 4), altchars=b"-_", validate=True)
    if len(raw) != RAW_KEY_BYTES:
        raise ValueError(f"{len(raw)} bytes")
    return ec.derive_private_key(int.from_bytes(raw), ec.SECP256R1())


def _new_vapid_pem() -> str:
    return (
        ec.generate_private_key(ec.SECP256R1())
        .private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        .decode()
    )


def _kept(path: Path, make: Callable[[], str]) -> str:
    """The file's content; where there is none, `make` it. The first process to link it wins."""
    if not path.exists():
        _publish(path, make())
    try:
        value = path.read_text(encoding="utf-8").strip()
    except UnicodeDecodeError:
        raise ConfigError(f"{path} is damaged: it is not text") from None
    except OSError as error:
        raise ConfigError(f"{path} can't be read: {error.strerror}") from None
    if not value:
        raise ConfigError(f"{path} is damaged: it is empty")
    return value


def _publish(path: Path, content: str) -> None:
    try:
        # A temporary file has mode 0600 and goes at the end; the link to it stays.
        with tempfile.NamedTemporaryFile(
            "w", dir=path.parent, prefix=f".{path.name}-", encoding="utf-8"
        ) as draft:
            draft.write(content)
            draft.flush()
            os.fsync(draft.fileno())
            os.link(draft.name, path)
    except FileExistsError:
        pass  # another process was first
    except OSError as error:
        raise ConfigError(f"{path} can't be written: {error.strerror}") from None
