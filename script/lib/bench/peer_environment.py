"""The other libraries, in an environment of their own: a server never has them."""

import base64
import sys
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from script.lib.bootstrap import NO_NETWORK, last_line
from script.lib.project import ROOT, ScriptError, captured, digest

VENV = ROOT / "var" / "bench" / "venv"
LOCK = ROOT / "requirements" / "bench.txt"
WITHOUT = "or leave them out with --no-peers"


@cache
def python() -> Path:
    """The Python that has them; installs what is missing. Raises ScriptError with what to do."""
    stamp, found = VENV / "backstep.stamp", VENV / "bin" / "python"
    wanted = f"{digest([LOCK])} {sys.version} {ROOT}"
    if found.exists() and stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
        return found
    print("Installing the libraries to compare with ...", file=sys.stderr, flush=True)
    VENV.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    succeed(sys.executable, "-m", "venv", "--clear", "--without-pip", str(VENV))
    pip = [sys.executable, "-m", "pip", "--python", str(found), "install", "--quiet"]
    checked = ["--disable-pip-version-check", "--no-input", "--require-hashes"]
    succeed(*pip, *checked, "-r", str(LOCK))
    stamp.write_text(wanted, encoding="utf-8")
    return found


def succeed(*command: str) -> None:
    done = captured(command)
    if done.returncode == 0:
        return
    if any(sign in done.stdout for sign in NO_NETWORK):
        raise ScriptError(
            "the libraries to compare with can't be fetched:"
            f" check the network and run this again, {WITHOUT}"
        )
    raise ScriptError(
        f"the libraries to compare with can't be installed: {last_line(done.stdout)};"
        f" mend that and run this again, {WITHOUT}"
    )


def raw_key(pem: Path) -> str:
    """The signing key as django-webpush wants it: 32 bytes as base64url."""
    key = load_pem_private_key(pem.read_bytes(), password=None)
    if not isinstance(key, EllipticCurvePrivateKey):
        raise ScriptError(f"{pem} holds no P-256 key")
    secret = key.private_numbers().private_value.to_bytes(32, "big")
    return base64.urlsafe_b64encode(secret).rstrip(b"=").decode()
