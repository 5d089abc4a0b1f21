"""What happens to a reminder after it came, or why it did not: Firefox with its notifications, the
server and everything between them.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from backend.core.texts import texts
from tests.browser import evening
from tests.browser.firefox import TIME_ZONE, Firefox
from tests.browser.people import (
    LONG_PAST,
    bring_forward,
    bring_snooze_forward,
    change_person,
    change_reminder,
    history,
    settle_in,
)
from tests.browser.stack import Stack
from tests.ops.processes import until
from tests.support.push_service import PushService

SETTING_UP = timedelta(seconds=15)
PLAIN = texts("walk", "body", language="en")  # they take turns
DETAILED = texts("walk", "detail", language="en")


@pytest.fixture
def phone(stack: Stack, firefox: Firefox, push_service: PushService) -> Firefox:
    """The browser of somebody whose phone gets reminders."""
    settle_in(firefox, stack, push_service, at=LONG_PAST)
    return firefox


def latest(stack: Stack, **wanted: object) -> bool:
    """Whether the newest reminder's latest delivery is as `wanted`."""
    rows = history(stack)
    return bool(rows) and wanted.items() <= rows[-1].items()


def windows(phone: Firefox, stack: Stack) -> list[str]:
    return [one for one in phone.addresses() if one.startswith(stack.url)]


# --- answers -------------------------------------------------------------------------------------


def test_done_is_answered_on_the_lock_screen_with_the_app_closed(
    stack: Stack, phone: Firefox
) -> None:
    change_person(stack, lock_screen_details=True)
    bring_forward(stack)
    assert phone.wait_for_box()[1] in DETAILED
    (shown,) = phone.notifications()
    assert shown["actions"] == ["done", "snooze_15"]
    phone.close_all_tabs()

    phone.press("done")
    until("the answer", lambda: latest(stack, answer="done", state="sent"))
    assert windows(phone, stack) == []
    assert phone.boxes() == []
    (row,) = history(stack)
    assert row["shown_at"]
    assert (row["opened_at"], row["dismissed_at"]) == (None, None)


@pytest.mark.parametrize(
    ("details", "answer", "minutes"), [(True, "snooze_15", 15), (False, "snooze_60", 60)]
)
def test_put_off_on_the_lock_screen_it_comes_again(
    stack: Stack, phone: Firefox, details: bool, answer: str, minutes: int
) -> None:
    change_person(stack, lock_screen_details=details)
    bring_forward(stack)
    phone.wait_for_box()
    phone.close_all_tabs()
    phone.press(answer)
    until("it to be planned again", lambda: len(history(stack)) == 2)
    assert history(stack)[0]["answer"] == answer
    assert phone.boxes() == []

    assert bring_snooze_forward(stack) == minutes
    phone.wait_for_box()
    until("it to be sent", lambda: latest(stack, state="sent", answer=""))


def test_without_details_it_offers_to_answer_and_not_today_ends_it_for_the_day(
    stack: Stack, phone: Firefox, push_service: PushService
) -> None:
    bring_forward(stack)
    assert phone.wait_for_box()[1] in PLAIN
    (shown,) = phone.notifications()
    assert shown["actions"] == ["open", "snooze_60"]
    phone.close_all_tabs()
    phone.press("open")
    until("the screen", lambda: any("/answer/" in one for one in phone.addresses()))
    phone.tap("answer_skip_today")
    phone.sees("answer_skipped")
    phone.sees("score_synced")
    until("it to be noted as opened", lambda: history(stack)[0]["opened_at"])

    bring_forward(stack)
    until("the next one to be left out", lambda: latest(stack, state="skipped", reason="held"))
    assert len(push_service.posts) == 1


def test_one_that_was_put_away_is_reported(stack: Stack, phone: Firefox) -> None:
    bring_forward(stack)
    phone.wait_for_box()
    phone.put_box_away()
    until("the receipt", lambda: history(stack)[0]["dismissed_at"])


# --- why none comes ------------------------------------------------------------------------------


def test_in_quiet_hours_none_comes_and_after_them_the_next_does(
    stack: Stack, phone: Firefox, push_service: PushService
) -> None:
    now = datetime.now(ZoneInfo(TIME_ZONE))
    change_person(
        stack,
        quiet_from=f"{now - timedelta(hours=1):%H:%M}",
        quiet_to=f"{now + timedelta(hours=1):%H:%M}",
    )
    bring_forward(stack)
    until("it to be left out", lambda: latest(stack, state="skipped", reason="quiet_hours"))
    assert push_service.posts == []
    assert phone.boxes() == []

    change_person(stack, quiet_to=f"{now - timedelta(minutes=2):%H:%M}")
    bring_forward(stack)
    assert phone.wait_for_box()[1] in PLAIN


def test_what_waits_for_the_end_of_quiet_hours_comes_then(
    stack: Stack, phone: Firefox, push_service: PushService
) -> None:
    now = datetime.now(ZoneInfo(TIME_ZONE))
    end = (now + SETTING_UP).replace(second=0, microsecond=0) + timedelta(minutes=1)
    change_person(stack, quiet_from=f"{now - timedelta(hours=1):%H:%M}", quiet_to=f"{end:%H:%M}")
    change_reminder(stack, kind="evening")
    bring_forward(stack)
    until("it to wait", lambda: latest(stack, state="pending", reason="quiet_hours"))
    assert push_service.posts == []

    assert phone.wait_for_box(within=120) == evening.WORDS
    assert datetime.now(end.tzinfo) >= end


def test_who_has_said_how_the_back_is_is_not_asked_again(
    stack: Stack, phone: Firefox, push_service: PushService
) -> None:
    """Settling in, a score was given."""
    change_reminder(stack, kind="check_in")
    bring_forward(stack)
    until("it to be left out", lambda: latest(stack, state="skipped", reason="done"))
    assert push_service.posts == []
