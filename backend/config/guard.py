"""What a server must not be started with. Pure, so that each refusal has a test."""

import ipaddress

from backend.config.env import ConfigError
from backend.config.first_run import SECRET_LENGTH

KNOWN_SECRETS = ("django-insecure", "changeme", "change-me", "secret", "example", "backstep")


def is_local(host: str) -> bool:
    """True for a name or address that only this computer can reach."""
    bare = host.strip("[]").rstrip(".").lower()
    if bare == "localhost" or bare.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(bare).is_loopback
    except ValueError:
        return False


def reachable_from_outside(*, bind: str, allowed_hosts: list[str]) -> bool:
    return not (is_local(bind) and all(is_local(host) for host in allowed_hosts))


def refuse_unsafe(
    *, bind: str, allowed_hosts: list[str], debug: bool, secret_key: str, secret_is_own: bool
) -> None:
    """Raise ConfigError for a server that others can reach with DEBUG or a guessable secret.

    `secret_is_own`: the key was made by this server at its first start, so it's known to be random.
    """
    if not reachable_from_outside(bind=bind, allowed_hosts=allowed_hosts):
        return
    if debug:
        raise ConfigError("DEBUG must be false where others can reach it (HOST, ALLOWED_HOSTS)")
    if "*" in allowed_hosts:
        raise ConfigError(
            "ALLOWED_HOSTS must name the hosts; * lets anyone pretend to be this server"
        )
    if not secret_is_own and is_guessable(secret_key):
        raise ConfigError(
            f"SECRET_KEY is guessable: leave it out, or use {SECRET_LENGTH} random characters"
        )


def is_guessable(secret_key: str) -> bool:
    variety = len(set(secret_key))
    known = secret_key.lower().startswith(KNOWN_SECRETS)
    return known or len(secret_key) < SECRET_LENGTH or variety < SECRET_LENGTH // 5
