"""Where the server agrees to send, and where it does not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.push.endpoints import is_public_address, is_push_host, origin_of, refusal

TRUSTED = ["http://127.0.0.1:9999", "https://push.clinic.example:8443"]


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://fcm.googleapis.com/fcm/send/abc:def",
        "https://jmt17.google.com/fcm/send/abc",
        "https://updates.push.services.mozilla.com/wpush/v2/gAAAA",
        "https://web.push.apple.com/QGx",
        "https://wns2-par02p.notify.windows.com/w/?token=BQYAAA",
        "https://FCM.googleapis.com:443/fcm/send/abc",
        "http://127.0.0.1:9999/push/1",
        "https://push.clinic.example:8443/push/1",
    ],
)
def test_known_and_trusted_services_are_accepted(endpoint: str) -> None:
    assert refusal(endpoint, trusted_origins=TRUSTED) == ""


@pytest.mark.parametrize(
    "endpoint",
    [
        "",
        "nonsense",
        "http://fcm.googleapis.com/fcm/send/abc",
        "ftp://fcm.googleapis.com/a",
        "javascript:alert(1)",
        "https://fcm.googleapis.com:8443/a",
        "https://fcm.googleapis.com:99999/a",
        "https://fcm.googleapis.com.evil.test/a",
        "https://evilfcm.googleapis.com.test/a",
        "https://evilpush.apple.com/a",
        "https://evil.test/fcm.googleapis.com/a",
        "https://evil.test/x.google.com/",
        "https://evil.test?fcm.googleapis.com",
        "https://evil.test#.push.apple.com",
        "https://fcm.googleapis.com@evil.test/a",
        "https://user:pass@fcm.googleapis.com/a",
        "https://fcm.googleapis.com\\@evil.test/a",
        "https://fcm.googleapis.com\t.evil.test/a",
        "https://fcm.googleapis.com/a b",
        "https://fcm.googleapis.com\n/a",
        "https://fcm.googleapis.com./a",
        "https://ſcm.googleapis.com/a",
        "https://[::1]/a",
        "https://[broken/a",
        "https://127.0.0.1/a",
        "https://169.254.169.254/latest/meta-data",
        "https://localhost/a",
        "http://127.0.0.1:9998/push/1",
        "https://127.0.0.1:9999/push/1",
        "http://user@127.0.0.1:9999/push/1",
        "https://fcm.googleapis.com/" + "a" * 2000,
        "https://evil.test%2f.push.apple.com/a",
        "https://evil.test%00.push.apple.com/a",
        "https://a_b.push.apple.com/a",
        "https://fcm.googleapis.com/a#b",
        "https:/fcm.googleapis.com/a",
        "https:fcm.googleapis.com//fcm.googleapis.com/a",
        "/https://fcm.googleapis.com/a",
    ],
)
def test_everything_else_is_refused(endpoint: str) -> None:
    assert refusal(endpoint, trusted_origins=TRUSTED)


def test_the_match_ends_on_a_dot() -> None:
    assert is_push_host("web.push.apple.com")
    assert not is_push_host("webpush.apple.com")


def test_what_was_found_for_one_endpoint_holds_for_its_service_only() -> None:
    """Answers are kept by service; neither path nor trust may leak from one to the next."""
    known, other = "https://fcm.googleapis.com/a", "https://push.clinic.example:8443/a"
    assert not refusal(known, trusted_origins=[])
    assert refusal(known + " ", trusted_origins=[])
    assert not refusal(other, trusted_origins=TRUSTED)
    assert refusal(other, trusted_origins=[])


@given(st.text())
def test_no_text_makes_it_stumble(endpoint: str) -> None:
    refusal(endpoint, trusted_origins=TRUSTED)


@pytest.mark.parametrize(
    ("endpoint", "origin"),
    [
        ("https://fcm.googleapis.com/a", "https://fcm.googleapis.com"),
        ("https://FCM.googleapis.com:443/a", "https://fcm.googleapis.com"),
        ("http://127.0.0.1:9999/a", "http://127.0.0.1:9999"),
        ("http://[::1]:9999/a", "http://[::1]:9999"),
    ],
)
def test_the_origin_is_what_a_push_service_signs_for(endpoint: str, origin: str) -> None:
    assert origin_of(endpoint) == origin


@pytest.mark.parametrize("address", ["142.250.1.1", "2a00:1450:4001::1", "::ffff:142.250.1.1"])
def test_public_addresses(address: str) -> None:
    assert is_public_address(address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        "0.0.0.0", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fe80::1%eth0",
        "fc00::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "2002:7f00:1::", "ff02::1", "nonsense", "",
    ],
)  # fmt: skip
def test_addresses_that_are_nobodys_push_service(address: str) -> None:
    assert not is_public_address(address)
