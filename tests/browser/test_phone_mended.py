"""A phone that its push service has given up says so, and one tap mends it."""

from backend.core.texts import texts
from tests.browser.firefox import Firefox
from tests.browser.people import LONG_PAST, bring_forward, settle_in, states
from tests.browser.stack import Stack
from tests.ops.processes import until
from tests.support.push_service import PushService


def test_a_phone_that_has_stopped_says_so_on_today_and_one_tap_mends_it(
    stack: Stack, firefox: Firefox, push_service: PushService
) -> None:
    settle_in(firefox, stack, push_service, at=LONG_PAST)
    push_service.fail(1, 410)
    bring_forward(stack)
    until("the push service to turn the message down", lambda: states(stack) == ["failed"])

    firefox.open(stack.url)
    firefox.sees("device_stopped_title")
    firefox.tap("device_mend")
    firefox.sees("device_mended")

    bring_forward(stack)
    _, body = firefox.wait_for_box()
    assert body in texts("walk", "body", language="en")
