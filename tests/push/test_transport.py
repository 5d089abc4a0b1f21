"""One bounded POST, against a real server that misbehaves in every way we know of."""

import asyncio
import socket
import time

import pytest
from aiohttp.abc import ResolveResult

from backend.push import transport as seam
from backend.push.results import Outcome, Result
from backend.push.transport import PublicOnlyResolver, Transport
from tests.push.sink import Sink


def post(sink: Sink, path: str = "/push/1") -> Result:
    async def go() -> Result:
        async with sink.running(), Transport(trusted_origins=[sink.origin]) as transport:
            return await transport.post(sink.origin + path, body=b"x", headers={"TTL": "60"})

    return asyncio.run(go())


def test_a_message_arrives_as_it_was_given() -> None:
    sink = Sink()
    assert post(sink).outcome is Outcome.SENT
    ((path, headers, body),) = sink.received
    assert (path, headers["TTL"], body) == ("/push/1", "60", b"x")


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_not_followed(status: int) -> None:
    sink = Sink(statuses=[status, 201], headers={"Location": "/elsewhere"})
    assert post(sink).outcome is Outcome.REFUSED
    assert len(sink.received) == 1


def test_how_long_to_wait_is_passed_on() -> None:
    result = post(Sink(statuses=[503], headers={"Retry-After": "120"}))
    assert result.retry_after is not None
    assert result.retry_after.total_seconds() == 120


def test_an_endless_answer_is_read_only_a_little() -> None:
    result = post(Sink(statuses=[400], body=b"x" * 5_000_000))
    assert (result.outcome, len(result.detail)) == (Outcome.REFUSED, 200)


def test_a_service_that_never_answers_costs_a_bounded_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(seam, "TOTAL_SECONDS", 0.3)
    began = time.monotonic()
    assert post(Sink(delay=5)).outcome is Outcome.RETRY
    assert time.monotonic() - began < 4


def test_nobody_listening_is_worth_another_try() -> None:
    async def go() -> Result:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            origin = f"http://127.0.0.1:{probe.getsockname()[1]}"
            async with Transport(trusted_origins=[origin]) as transport:
                return await transport.post(f"{origin}/a", body=b"x", headers={})

    assert asyncio.run(go()).outcome is Outcome.RETRY


def resolve(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> list[ResolveResult]:
    """What the resolver lets through when DNS answers `addresses`."""

    async def go() -> list[ResolveResult]:
        resolver = PublicOnlyResolver()

        async def fake(host: str, port: int, family: socket.AddressFamily) -> list[ResolveResult]:
            return [
                ResolveResult(hostname=host, host=one, port=port, family=family, proto=0, flags=0)
                for one in addresses
            ]

        monkeypatch.setattr(resolver._inner, "resolve", fake)
        return await resolver.resolve("fcm.googleapis.com", 443)

    return asyncio.run(go())


def test_a_push_host_that_resolves_to_this_network_is_not_reached(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pytest.raises(OSError, match="no public address"):
        resolve(monkeypatch, "10.0.0.1", "127.0.0.1", "::1")


def test_only_the_public_addresses_of_a_host_are_used(monkeypatch: pytest.MonkeyPatch) -> None:
    found = resolve(monkeypatch, "10.0.0.1", "142.250.1.1")
    assert [entry["host"] for entry in found] == ["142.250.1.1"]


def test_the_resolver_guards_every_host_the_operator_did_not_trust() -> None:
    """localhost is not in the trusted origins here, so the connection is refused by name."""
    sink = Sink()

    async def go() -> Result:
        async with sink.running(), Transport(trusted_origins=[]) as transport:
            address = sink.origin.replace("127.0.0.1", "localhost")
            return await transport.post(f"{address}/a", body=b"x", headers={})

    assert asyncio.run(go()).outcome is Outcome.RETRY
    assert sink.received == []
