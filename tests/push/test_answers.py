"""Every answer of a push service that we know of, over real sockets and the real libcurl."""

import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from backend.push.results import Outcome, Result
from backend.push.sending import send_all
from tests.conftest import NOW
from tests.push import rude
from tests.push.conftest import MakeParcel
from tests.push.rude import Behaviour, Rude, status

SECONDS = 0.6  # instead of ten: the longest that one message may take
SLACK = 1.0


def retry_at(wait: timedelta) -> str:
    return f"Retry-After: {format_datetime(datetime.now(UTC) + wait, usegmt=True)}"


@pytest.fixture
def answer_to(make_parcel: MakeParcel, settings: Any) -> Any:
    def send(behaviour: Behaviour) -> tuple[Result, Rude]:
        with Rude({"/push/1": behaviour}) as service:
            settings.PUSH_ORIGINS = [service.origin]
            parcel = make_parcel(f"{service.origin}/push/1")
            (result,) = send_all([parcel], now=NOW, seconds=SECONDS)
            return result, service

    return send


@pytest.mark.parametrize(
    ("behaviour", "outcome", "code"),
    [
        (status(201), Outcome.SENT, 201),
        (status(200, body=b"fine"), Outcome.SENT, 200),
        (status(400), Outcome.REFUSED, 400),
        (status(401), Outcome.REFUSED, 401),
        (status(403), Outcome.REFUSED, 403),
        (status(404), Outcome.GONE, 404),
        (status(410), Outcome.GONE, 410),
        (status(413), Outcome.REFUSED, 413),
        (status(429), Outcome.RETRY, 429),
        (status(500), Outcome.RETRY, 500),
        (status(503), Outcome.RETRY, 503),
        (status(301, "Location: /push/2"), Outcome.REFUSED, 301),
        (status(307, "Location: /push/2"), Outcome.REFUSED, 307),
        (rude.reset, Outcome.RETRY, 0),
        (rude.hang_up, Outcome.RETRY, 0),
        (rude.hang, Outcome.RETRY, 0),
        (rude.garbage, Outcome.RETRY, 0),
        (rude.drip_head, Outcome.RETRY, 0),
        (rude.drip_body(201), Outcome.SENT, 201),
        (rude.drip_body(410), Outcome.GONE, 410),
        (rude.endless(201), Outcome.SENT, 201),
        (rude.endless(404), Outcome.GONE, 404),
        (rude.endless(500), Outcome.RETRY, 500),
    ],
    ids=[
        "201", "200", "400", "401", "403", "404", "410", "413", "429", "500", "503", "301", "307",
        "reset", "hang-up", "timeout", "garbage", "slow-drip", "201-drip", "410-drip", "201-2GB",
        "404-2GB", "500-2GB",
    ],
)  # fmt: skip
def test_each_answer_has_one_meaning(
    answer_to: Any, behaviour: Behaviour, outcome: Outcome, code: int
) -> None:
    result, _ = answer_to(behaviour)
    assert (result.outcome, result.status) == (outcome, code)


@pytest.mark.parametrize("code", [429, 503])
def test_seconds_to_wait_are_passed_on(answer_to: Any, code: int) -> None:
    result, _ = answer_to(status(code, "Retry-After: 120"))
    assert result.retry_after == timedelta(minutes=2)


@pytest.mark.parametrize("code", [429, 503])
def test_a_time_to_come_back_at_is_passed_on(answer_to: Any, code: int) -> None:
    result, _ = answer_to(status(code, retry_at(timedelta(minutes=2))))
    assert timedelta(seconds=115) < result.retry_after <= timedelta(minutes=2)


@pytest.mark.parametrize(
    "header", ["Retry-After: 3601", "Retry-After: 999999999", retry_at(timedelta(days=9))]
)
def test_nobody_makes_us_wait_longer_than_an_hour(answer_to: Any, header: str) -> None:
    result, _ = answer_to(status(429, header))
    assert result.retry_after == timedelta(hours=1)


@pytest.mark.parametrize(
    "header",
    [
        "Retry-After: soon",
        "Retry-After: 99999999999999999999",
        "Retry-After: -5",
        "Retry-After:",
        retry_at(-timedelta(minutes=2)),
    ],
)
def test_nonsense_leaves_the_wait_to_us(answer_to: Any, header: str) -> None:
    result, _ = answer_to(status(429, header))
    assert result.retry_after is None


def test_what_one_answer_asked_for_is_not_kept_for_the_next(
    make_parcel: MakeParcel, settings: Any
) -> None:
    with Rude({"/push/1": status(503, "Retry-After: 120"), "/push/2": status(503)}) as service:
        settings.PUSH_ORIGINS = [service.origin]
        for path in ("/push/1", "/push/2"):
            (last,) = send_all([make_parcel(service.origin + path)], now=NOW)
    assert last.retry_after is None


@pytest.mark.parametrize("behaviour", [rude.hang, rude.drip_head, rude.drip_body(201)])
def test_no_service_takes_more_than_its_time(answer_to: Any, behaviour: Behaviour) -> None:
    began = time.monotonic()
    answer_to(behaviour)
    assert time.monotonic() - began < SECONDS + SLACK


@pytest.mark.parametrize("code", [201, 404])
def test_two_gigabytes_cost_a_few_buffers(answer_to: Any, code: int) -> None:
    began = time.monotonic()
    _, service = answer_to(rude.endless(code))
    assert service.written < 20_000_000  # what the kernel's buffers took; we read 2 KiB of it
    assert time.monotonic() - began < SECONDS + SLACK


def test_two_gigabytes_of_headers_cost_no_more(answer_to: Any) -> None:
    _, service = answer_to(rude.endless_head)
    assert service.written < 20_000_000


def test_a_redirect_is_not_followed(answer_to: Any) -> None:
    _, service = answer_to(status(308, "Location: /elsewhere"))
    assert service.posts == ["/push/1"]


def test_what_the_service_says_is_kept_in_short(answer_to: Any) -> None:
    result, _ = answer_to(status(403, body=b"bad \0 key, " * 100))
    assert result.detail.startswith("bad   key, bad")
    assert len(result.detail) == 200


@pytest.mark.parametrize("bad", [rude.hang, rude.drip_head, rude.reset, status(503)])
def test_one_bad_device_out_of_three_does_not_delay_the_others(
    make_parcel: MakeParcel, settings: Any, bad: Behaviour
) -> None:
    """The others have their answers long before the bad one has used up its time."""
    arrived: list[float] = []

    async def note(service: Rude, writer: Any) -> None:
        arrived.append(time.monotonic())
        await status(201)(service, writer)

    with Rude({"/bad": bad, "/one": note, "/two": note}) as service:
        settings.PUSH_ORIGINS = [service.origin]
        parcels = [make_parcel(f"{service.origin}/{name}") for name in ("bad", "one", "two")]
        began = time.monotonic()
        results = send_all(parcels, now=NOW, seconds=SECONDS)
    assert [result.outcome for result in results] == [Outcome.RETRY, Outcome.SENT, Outcome.SENT]
    assert max(arrived) - began < SECONDS / 2


def test_forty_hanging_devices_do_not_delay_other_services(
    make_parcel: MakeParcel, settings: Any
) -> None:
    with Rude({"/push": rude.hang}) as bad, Rude() as good:
        settings.PUSH_ORIGINS = [bad.origin, good.origin]
        hanging = [make_parcel(f"{bad.origin}/push") for _ in range(40)]
        results = send_all([*hanging, make_parcel(f"{good.origin}/push")], now=NOW, seconds=SECONDS)
    assert results[-1].outcome is Outcome.SENT
    assert {result.outcome for result in results[:-1]} == {Outcome.RETRY}
