"""A server that others can reach refuses DEBUG, a wildcard host and a secret they could guess."""

import pytest

from backend.config.env import ConfigError
from backend.config.guard import (
    is_guessable,
    is_local,
    reachable_from_outside,
    refuse_unsafe,
)

HERE = ["localhost", "127.0.0.1", "[::1]"]
PUBLIC = ["back.example.org"]
RANDOM = "kV3w-0sYt9Qm2Zr7_LxB5nEjU8aHdGfC1oPiKqT6yNvSMbX4zRl"


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST", "app.localhost", "localhost.", "127.0.0.1", "127.1.2.3",
             "::1", "[::1]"],
)  # fmt: skip
def test_only_this_computer_reaches_these(host: str) -> None:
    assert is_local(host)


@pytest.mark.parametrize(
    "host", ["back.example.org", ".example.org", "0.0.0.0", "::", "192.168.1.5", "*",
             "localhost.example.org", "notlocalhost", "127.0.0.1.example.org", ""],
)  # fmt: skip
def test_others_reach_these(host: str) -> None:
    assert not is_local(host)


@pytest.mark.parametrize(
    ("bind", "hosts", "expected"),
    [
        ("127.0.0.1", HERE, False),
        ("::1", ["localhost"], False),
        ("0.0.0.0", HERE, True),
        ("127.0.0.1", PUBLIC, True),
        ("127.0.0.1", [*HERE, *PUBLIC], True),
        ("127.0.0.1", ["*"], True),
    ],
)
def test_an_address_or_a_name_makes_it_reachable(
    bind: str, hosts: list[str], expected: bool
) -> None:
    assert reachable_from_outside(bind=bind, allowed_hosts=hosts) is expected


@pytest.mark.parametrize(
    ("hosts", "debug", "secret"),
    [
        (HERE, True, "changeme"),
        (HERE, False, ""),
        (PUBLIC, False, RANDOM),
        ([".example.org"], False, RANDOM),
    ],
)
def test_these_servers_may_start(hosts: list[str], debug: bool, secret: str) -> None:
    refuse_unsafe(
        bind="127.0.0.1", allowed_hosts=hosts, debug=debug, secret_key=secret, secret_is_own=False
    )


@pytest.mark.parametrize(
    ("bind", "hosts", "debug", "secret", "named"),
    [
        ("127.0.0.1", PUBLIC, True, RANDOM, "DEBUG"),
        ("0.0.0.0", HERE, True, RANDOM, "DEBUG"),
        ("127.0.0.1", ["*"], False, RANDOM, "ALLOWED_HOSTS"),
        ("127.0.0.1", [*PUBLIC, "*"], False, RANDOM, "ALLOWED_HOSTS"),
        ("127.0.0.1", PUBLIC, False, "changeme", "SECRET_KEY"),
        ("0.0.0.0", HERE, False, "short", "SECRET_KEY"),
    ],
)
def test_these_servers_may_not_start(
    bind: str, hosts: list[str], debug: bool, secret: str, named: str
) -> None:
    with pytest.raises(ConfigError, match=named) as refusal:
        refuse_unsafe(
            bind=bind, allowed_hosts=hosts, debug=debug, secret_key=secret, secret_is_own=False
        )
    assert secret not in str(refusal.value)


def test_a_key_made_at_the_first_start_is_never_called_guessable() -> None:
    refuse_unsafe(
        bind="127.0.0.1", allowed_hosts=PUBLIC, debug=False, secret_key="x", secret_is_own=True
    )


@pytest.mark.parametrize(
    ("secret", "expected"),
    [
        (RANDOM, False),
        ("9f3c1b7ea0d25846" * 4, False),
        ("django-insecure-" + RANDOM, True),
        ("ChangeMe" + RANDOM, True),
        ("short", True),
        ("ab" * 40, True),
        (RANDOM[:49], True),
    ],
)
def test_what_is_guessable(secret: str, expected: bool) -> None:
    assert is_guessable(secret) is expected
