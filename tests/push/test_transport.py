"""Connections: which are made, which are kept, and which are refused."""

import multiprocessing
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pycurl
import pytest

from backend.push import endpoints, transport
from backend.push.results import Outcome, Result
from backend.push.sending import send_all
from backend.push.transport import Line, Post, Transport
from tests.conftest import NOW
from tests.push import rude
from tests.push.certificate import Certificate
from tests.push.conftest import MakeParcel, ModernService
from tests.push.rude import Rude, status

modern = pytest.mark.processes  # these start granian


def post(line: Line, url: str) -> Result:
    """Send to `url` on `line`, as if `endpoints.refusal` had let it through."""
    network = Transport(trusted_origins=frozenset(), seconds=5)
    network._free[line.trusted].append(line)
    origin = endpoints.origin_of(url)
    network.start(
        Post(number=7, origin=origin, url=url, headers=[], body=b"x", trusted=line.trusted)
    )
    while network.in_flight:
        ended = network.turn(wait=True)
    network.close()
    ((sent, result),) = ended
    assert sent.number == 7
    return result


# --- addresses -----------------------------------------------------------------------------------


def test_a_private_address_is_refused_when_connecting(trusted_authority: Certificate) -> None:
    with Rude(tls=trusted_authority.context()) as service:
        result = post(Line(trusted=False, seconds=5), f"{service.origin}/push/1")
    assert result.outcome is Outcome.RETRY
    assert result.detail == "127.0.0.1 is not a public address"
    assert service.connections == 0


def test_every_address_of_a_name_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that was harmless when it was checked may resolve to anything later."""
    seen: list[str] = []
    monkeypatch.setattr(transport, "is_public_address", seen.append)
    line = Line(trusted=False, seconds=5)
    line.curl.setopt(pycurl.RESOLVE, ["fcm.googleapis.com:443:127.0.0.1,10.0.0.1,[::1]"])
    post(line, "https://fcm.googleapis.com/fcm/send/1")
    assert sorted(seen) == ["10.0.0.1", "127.0.0.1", "::1"]


def test_the_public_address_of_a_name_is_used_where_it_has_both(
    trusted_authority: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transport, "is_public_address", lambda address: address == "127.0.0.1")
    with Rude(tls=trusted_authority.context()) as service:
        port = service.origin.rsplit(":", 1)[1]
        line = Line(trusted=False, seconds=5)
        line.curl.setopt(pycurl.RESOLVE, [f"push.test:{port}:127.0.0.2,127.0.0.1"])
        result = post(line, f"https://push.test:{port}/push/1")
    assert (result.outcome, service.connections) == (Outcome.SENT, 1)


def test_only_a_trusted_service_may_be_without_tls() -> None:
    with Rude() as service:
        result = post(Line(trusted=False, seconds=5), f"{service.origin}/push/1")
    assert (result.outcome, service.connections) == (Outcome.RETRY, 0)


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://127.0.0.1/", "gopher://127.0.0.1/"])
def test_nothing_but_http_is_spoken_not_even_to_the_trusted(url: str) -> None:
    result = post(Line(trusted=True, seconds=5), url)
    assert "disabled" in result.detail


def test_trust_that_was_withdrawn_ends_a_kept_connection(
    make_parcel: MakeParcel, settings: Any
) -> None:
    with Rude() as one, Rude() as two:
        for trusted in ([one.origin], [two.origin], [one.origin]):
            settings.PUSH_ORIGINS = trusted
            send_all([make_parcel(f"{trusted[0]}/push/1")], now=NOW)
    assert one.connections == 2


# --- certificates and surroundings ---------------------------------------------------------------


def test_a_certificate_of_an_unknown_authority_is_not_accepted(
    certified: Certificate, make_parcel: MakeParcel, settings: Any
) -> None:
    with Rude(tls=certified.context()) as service:
        settings.PUSH_ORIGINS = [service.origin]
        (result,) = send_all([make_parcel(f"{service.origin}/push/1")], now=NOW)
    assert (result.outcome, service.posts) == (Outcome.RETRY, [])


def test_a_certificate_for_another_name_is_not_accepted(trusted_authority: Certificate) -> None:
    with Rude(tls=trusted_authority.context()) as service:
        port = service.origin.rsplit(":", 1)[1]
        line = Line(trusted=True, seconds=5)
        line.curl.setopt(pycurl.RESOLVE, [f"other.test:{port}:127.0.0.1"])
        result = post(line, f"https://other.test:{port}/push/1")
    assert (result.outcome, service.posts) == (Outcome.RETRY, [])


def test_a_machine_without_authorities_has_mozillas(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "nothing"))
    assert "BEGIN CERTIFICATE" in Path(transport.certificates()).read_text()


def test_a_proxy_of_the_environment_is_not_asked(
    make_parcel: MakeParcel, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Rude() as service, Rude() as proxy:
        for name in ("http_proxy", "https_proxy", "all_proxy", "HTTPS_PROXY", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.origin)
        monkeypatch.delenv("no_proxy", raising=False)
        monkeypatch.delenv("NO_PROXY", raising=False)
        settings.PUSH_ORIGINS = [service.origin]
        send_all([make_parcel(f"{service.origin}/push/1")], now=NOW)
    assert (len(service.posts), proxy.connections) == (1, 0)


def test_nobody_listening_is_worth_another_try(make_parcel: MakeParcel, settings: Any) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        settings.PUSH_ORIGINS = [f"http://127.0.0.1:{probe.getsockname()[1]}"]
        (result,) = send_all([make_parcel(f"{settings.PUSH_ORIGINS[0]}/push/1")], now=NOW)
    assert (result.outcome, result.status) == (Outcome.RETRY, 0)


# --- kept connections ----------------------------------------------------------------------------


def test_a_connection_serves_batch_after_batch(make_parcel: MakeParcel, settings: Any) -> None:
    with Rude() as service:
        settings.PUSH_ORIGINS = [service.origin]
        for _ in range(5):
            send_all([make_parcel(f"{service.origin}/push/1")], now=NOW)
    assert (len(service.posts), service.connections) == (5, 1)


def test_a_connection_that_the_service_closed_in_between_is_made_anew(
    make_parcel: MakeParcel, settings: Any
) -> None:
    async def once(service: Rude, writer: Any) -> None:
        await status(201)(service, writer)
        await writer.drain()
        writer.transport.close()

    with Rude({"/push/1": once}) as service:
        settings.PUSH_ORIGINS = [service.origin]
        found = [send_all([make_parcel(f"{service.origin}/push/1")], now=NOW) for _ in range(3)]
    assert [result.outcome for (result,) in found] == [Outcome.SENT] * 3


def test_many_messages_share_few_connections(make_parcel: MakeParcel, settings: Any) -> None:
    with Rude() as service:
        settings.PUSH_ORIGINS = [service.origin]
        found = send_all([make_parcel(f"{service.origin}/push/1") for _ in range(150)], now=NOW)
    assert {result.outcome for result in found} == {Outcome.SENT}
    assert service.connections <= transport.CONNECTIONS


@modern
@pytest.mark.usefixtures("trusted_authority")
def test_a_modern_service_gets_all_over_one_http2_connection(
    make_parcel: MakeParcel, modern_service: ModernService, settings: Any
) -> None:
    settings.PUSH_ORIGINS = [modern_service.origin]
    send_all([make_parcel(f"{modern_service.origin}/who")], now=NOW)  # gets to know it
    parcels = [make_parcel(f"{modern_service.origin}/who") for _ in range(150)]
    answers = [result.detail for result in send_all(parcels, now=NOW)]
    assert len(set(answers)) == 1
    assert answers[0].startswith("HTTP/2")


@modern
@pytest.mark.usefixtures("trusted_authority")
def test_a_modern_service_gets_one_connection_also_when_the_old_one_has_ended(
    make_parcel: MakeParcel, modern_service: ModernService, settings: Any
) -> None:
    settings.PUSH_ORIGINS = [modern_service.origin]
    send_all([make_parcel(f"{modern_service.origin}/who")], now=NOW)
    (network,) = transport._idle
    network._multi.close()
    network._multi = pycurl.CurlMulti()
    parcels = [make_parcel(f"{modern_service.origin}/who") for _ in range(50)]
    assert len({result.detail for result in send_all(parcels, now=NOW)}) == 1


@modern
@pytest.mark.usefixtures("trusted_authority")
def test_a_hanging_device_holds_up_nobody_on_its_connection(
    make_parcel: MakeParcel, modern_service: ModernService, settings: Any
) -> None:
    settings.PUSH_ORIGINS = [modern_service.origin]
    send_all([make_parcel(f"{modern_service.origin}/fine")], now=NOW, seconds=0.6)
    paths = ["hang", "fine", "fat", "fine"]
    parcels = [make_parcel(f"{modern_service.origin}/{path}") for path in paths]
    outcomes = [result.outcome for result in send_all(parcels, now=NOW, seconds=0.6)]
    assert outcomes == [Outcome.RETRY, Outcome.SENT, Outcome.SENT, Outcome.SENT]
    (after,) = send_all([make_parcel(f"{modern_service.origin}/fine")], now=NOW, seconds=0.6)
    assert after.outcome is Outcome.SENT


@pytest.mark.parametrize("protocols", [[], ["http/1.1"]], ids=["no-alpn", "alpn-1.1"])
def test_a_hanging_device_holds_up_nobody_at_an_older_service(
    make_parcel: MakeParcel, trusted_authority: Certificate, settings: Any, protocols: list[str]
) -> None:
    with Rude({"/hang": rude.hang}, tls=trusted_authority.context(*protocols)) as service:
        settings.PUSH_ORIGINS = [service.origin]
        for _ in range(2):  # while nothing is known about it, and afterwards
            parcels = [make_parcel(f"{service.origin}/{path}") for path in ("hang", "a", "b")]
            outcomes = [result.outcome for result in send_all(parcels, now=NOW, seconds=0.6)]
            assert outcomes == [Outcome.RETRY, Outcome.SENT, Outcome.SENT]


# --- threads and processes -----------------------------------------------------------------------


@contextmanager
def sending_from_threads(count: int, work: Any) -> Iterator[None]:
    threads = [threading.Thread(target=work) for _ in range(count)]
    for thread in threads:
        thread.start()
    yield
    for thread in threads:
        thread.join(timeout=20)


def test_threads_send_side_by_side(make_parcel: MakeParcel, settings: Any) -> None:
    outcomes: list[Outcome] = []
    with Rude() as service:
        settings.PUSH_ORIGINS = [service.origin]
        parcels = [make_parcel(f"{service.origin}/push/1") for _ in range(10)]

        def work() -> None:
            for _ in range(3):
                outcomes.extend(result.outcome for result in send_all(parcels, now=NOW))

        with sending_from_threads(4, work):
            pass
    assert outcomes == [Outcome.SENT] * 120
    assert len(transport._idle) <= 4


def test_a_forked_worker_leaves_its_parents_connections_alone(
    make_parcel: MakeParcel, settings: Any
) -> None:
    with Rude() as service:
        settings.PUSH_ORIGINS = [service.origin]
        parcel = make_parcel(f"{service.origin}/push/1")
        send_all([parcel], now=NOW)
        child = multiprocessing.get_context("fork").Process(target=_send_in_child, args=[parcel])
        child.start()
        child.join(timeout=20)
        send_all([parcel], now=NOW)
    assert child.exitcode == 0
    assert (len(service.posts), service.connections) == (3, 2)


def _send_in_child(parcel: Any) -> None:
    (result,) = send_all([parcel], now=NOW)
    os._exit(0 if result.outcome is Outcome.SENT else 1)


def test_an_error_half_way_does_not_reach_the_next_batch(
    make_parcel: MakeParcel, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Rude() as service:
        settings.PUSH_ORIGINS = [service.origin]
        parcel = make_parcel(f"{service.origin}/push/1")
        with monkeypatch.context() as broken:
            broken.setattr(Transport, "turn", _break)
            cut_short = send_all([parcel, parcel], now=NOW)
        (after,) = send_all([parcel], now=NOW)
    assert [result.outcome for result in cut_short] == [Outcome.RETRY, Outcome.RETRY]
    assert after.outcome is Outcome.SENT


def _break(self: Transport, *, wait: bool) -> None:
    raise MemoryError


def test_the_process_ends_quietly_with_connections_open() -> None:
    """libcurl's handles are torn down with the interpreter, in whatever order."""
    code = (
        "from backend.push.transport import borrowed, Post\n"
        "with borrowed(trusted_origins=['http://127.0.0.1:1'], seconds=1) as network:\n"
        "    network.start(Post(number=0, origin='http://127.0.0.1:1', url='http://127.0.0.1:1/',"
        " headers=[], body=b'x', trusted=True))\n"
        "    while network.in_flight: network.turn(wait=True)\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, timeout=30, check=True
    )
    assert ended.stderr == b""
