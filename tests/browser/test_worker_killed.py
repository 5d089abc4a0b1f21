"""Whatever moment a worker is killed at, its reminder is on the screen in the end, and once."""

import pytest

from tests.browser.firefox import Firefox
from tests.browser.people import LONG_PAST, bring_forward, claim_and_die, settle_in, states
from tests.browser.stack import Stack
from tests.ops.processes import until
from tests.support.push_service import PushService


@pytest.fixture
def at_home(stack: Stack, firefox: Firefox, push_service: PushService) -> Firefox:
    """The browser of somebody whose phone gets reminders."""
    settle_in(firefox, stack, push_service, at=LONG_PAST)
    return firefox


def test_killed_after_the_claim_and_before_the_sending(
    stack: Stack, at_home: Firefox, push_service: PushService
) -> None:
    stack.kill("worker")
    assert claim_and_die(stack) == -9
    assert states(stack) == ["pending"]
    assert push_service.posts == []

    stack.start("worker")
    push_service.wait_for_posts(1)
    assert_once(stack, at_home, push_service, posts=1)


def test_killed_after_the_sending_and_before_it_was_noted(
    stack: Stack, at_home: Firefox, push_service: PushService
) -> None:
    push_service.hold()
    bring_forward(stack)
    at_home.wait_for_box()  # the phone has it, and the worker still waits for its answer
    stack.kill("worker")
    push_service.release()
    assert states(stack) == ["pending"]

    stack.start("worker")
    first, second = push_service.wait_for_posts(2)
    assert first.headers["topic"] == second.headers["topic"]
    assert_once(stack, at_home, push_service, posts=2)


def assert_once(stack: Stack, phone: Firefox, push_service: PushService, *, posts: int) -> None:
    until("the delivery to be noted", lambda: states(stack) == ["sent"])
    push_service.wait_until_confirmed()
    assert len(push_service.posts) == posts
    phone.wait_for_box()
    assert len(phone.boxes()) == 1
    assert len(phone.notifications()) == 1
