"""From a tap in the app to a tap on the lock screen, with nothing pretended on the way: Firefox,
beat, Redis, worker, encryption, push service, Firefox again.
"""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from backend.core.texts import text
from tests.browser.firefox import TIME_ZONE, Firefox
from tests.browser.people import LONG_PAST, bring_forward, settle_in
from tests.browser.stack import Stack
from tests.ops.processes import until
from tests.support.push_service import PushService

FORM_SECONDS = 12  # what a slow machine needs to fill in the form
ON_TIME = timedelta(seconds=30)
WALK = (text("walk", "title", language="en"), text("walk", "body", language="en"))
TEST = (text("test", "title", language="en"), text("test", "body", language="en"))


def test_a_reminder_comes_at_its_minute_with_the_app_closed_and_a_tap_opens_it(
    stack: Stack, firefox: Firefox, push_service: PushService
) -> None:
    due = soon()
    settle_in(firefox, stack, push_service, at=f"{due:%H:%M}")
    firefox.close_all_tabs()

    assert firefox.wait_for_box(within=120) == WALK
    assert due <= datetime.now(UTC) < due + ON_TIME
    firefox.tap_box()
    until("a window", lambda: any("/answer/" in one for one in firefox.addresses()))
    firefox.sees("answer_question_walk")


def test_what_travels_is_encrypted_signed_and_short_lived(
    stack: Stack, firefox: Firefox, push_service: PushService
) -> None:
    settle_in(firefox, stack, push_service, at=LONG_PAST)
    bring_forward(stack)
    (post,) = push_service.wait_for_posts(1)
    assert post.status == 201  # the service has checked the signature
    assert post.headers["content-encoding"] == "aes128gcm"
    assert 0 < int(post.headers["ttl"]) <= timedelta(hours=1).total_seconds()
    assert len(post.headers["topic"]) == 32
    assert b"walk" not in post.body
    assert firefox.wait_for_box() == WALK


def test_a_tap_brings_the_open_app_to_the_right_place(
    stack: Stack, firefox: Firefox, push_service: PushService
) -> None:
    settle_in(firefox, stack, push_service, at=LONG_PAST)
    firefox.open(f"{stack.url}/diary")
    bring_forward(stack)
    assert firefox.wait_for_box() == WALK
    firefox.tap_box()
    firefox.sees("answer_question_walk")
    (address,) = firefox.addresses()  # and no second window
    assert address.startswith(f"{stack.url}/answer/")


def test_a_test_message_arrives_and_the_page_says_so(
    stack: Stack, firefox: Firefox, push_service: PushService
) -> None:
    settle_in(firefox, stack, push_service, at=LONG_PAST)
    firefox.tap("test_send")
    assert firefox.wait_for_box() == TEST
    firefox.sees("test_sent")
    firefox.close_all_tabs()
    firefox.tap_box()
    reminders = f"{stack.url}/you/reminders"
    until("the reminders to open", lambda: reminders in firefox.addresses())


def soon() -> datetime:
    """The next full minute that leaves time to set a reminder for it, on the phone's clock."""
    ready = datetime.now(ZoneInfo(TIME_ZONE)) + timedelta(seconds=FORM_SECONDS)
    return ready.replace(second=0, microsecond=0) + timedelta(minutes=1)
