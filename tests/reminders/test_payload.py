"""What a phone gets: neutral unless somebody wants more, in their language, and never too long."""

import json
import uuid
from datetime import datetime, timedelta
from typing import Any

import pytest

from backend.accounts.models import Person
from backend.core import texts
from backend.push.models import PushSubscription
from backend.push.sending import PLAINTEXT_BYTES
from backend.reminders import payload, services, tokens
from backend.reminders.models import Delivery
from tests.conftest import NOW, BrowserKeys, MakeDevice, MakeReminder
from tests.push.sink import Sink
from tests.reminders.conftest import decrypted, send_due

pytestmark = [pytest.mark.service, pytest.mark.django_db]

NEUTRAL = ["Time for your walk, at your own pace.", "A few minutes on your feet?"]


@pytest.fixture
def device(owner: Person, make_device: MakeDevice) -> PushSubscription:
    return make_device(owner)


def planned(owner: Person, kind: str = "walk") -> Delivery:
    return services.schedule_once(
        kind=kind, person=owner, dedupe_key=f"x:{uuid.uuid4()}", due_at=NOW
    )


def notification(delivery: Delivery, device: PushSubscription, **more: Any) -> dict[str, Any]:
    message = json.loads(payload.message_bytes(delivery, device, **more))
    assert message["web_push"] == 8030
    found: dict[str, Any] = message["notification"]
    return found


def actions(found: dict[str, Any]) -> dict[str, str]:
    return {one["action"]: one["title"] for one in found["actions"]}


def test_what_arrives_is_a_declarative_web_push_message(
    phone: PushSubscription,
    make_reminder: MakeReminder,
    browser_keys: BrowserKeys,
    sink: Sink,
    due_at: datetime,
) -> None:
    make_reminder(phone.owner)
    (delivery,) = send_due(due_at)
    _, headers, body = sink.received[0]
    message = decrypted(body, browser_keys)
    found = message["notification"]
    answer = f"https://back.example.org/answer/{delivery.pk}?kind=walk"
    assert message["web_push"] == 8030
    assert found["navigate"] == answer
    assert found["tag"] == {name.lower(): value for name, value in headers.items()}["topic"]
    assert len(found["tag"]) == 32
    assert found["lang"] == "en"
    assert found["data"]["delivery"] == str(delivery.pk)
    assert (found["data"]["kind"], found["data"]["due_at"]) == ("walk", due_at.isoformat())
    assert tokens.read(found["data"]["token"]).owner_id == phone.owner_id


def test_without_details_it_offers_answer_and_later(
    owner: Person, device: PushSubscription
) -> None:
    found = notification(planned(owner), device)
    assert actions(found) == {"open": "Answer", "snooze_60": "Later"}
    assert found["body"] == NEUTRAL[0]


def test_with_details_it_says_and_offers_what_it_is_about(
    owner: Person, device: PushSubscription
) -> None:
    owner.lock_screen_details = True
    found = notification(planned(owner), device)
    assert actions(found) == {"done": "Done", "snooze_15": "In 15 minutes"}
    assert "back" in found["body"]


def test_it_speaks_the_persons_language(owner: Person, device: PushSubscription) -> None:
    owner.locale = "de"
    found = notification(planned(owner), device)
    assert found["body"] == "Zeit für deinen Spaziergang, in deinem Tempo."
    assert actions(found) == {"open": "Antworten", "snooze_60": "Später"}


def test_each_action_leads_somewhere_for_phones_that_do_not_ask_the_worker(
    owner: Person, device: PushSubscription
) -> None:
    delivery = planned(owner)
    there = f"https://back.example.org/answer/{delivery.pk}?kind=walk"
    found = notification(delivery, device)["actions"]
    assert [one["navigate"] for one in found] == [there, f"{there}&answer=snooze_60"]


def test_a_test_message_has_nothing_to_answer(owner: Person, device: PushSubscription) -> None:
    found = notification(planned(owner, "test"), device)
    assert found["actions"] == []
    assert found["navigate"] == "https://back.example.org/you/reminders"


def test_the_question_leads_to_the_reminders_own_page(
    owner: Person, device: PushSubscription, make_reminder: MakeReminder
) -> None:
    delivery = planned(owner)
    delivery.reminder = make_reminder(owner)
    found = notification(delivery, device, asks=True)
    assert found["navigate"] == f"https://back.example.org/you/reminders/{delivery.reminder_id}"
    assert actions(found) == {"open": "Choose a time"}
    assert found["body"] == texts.text("question", "body", language="en")


def test_the_wording_changes_from_day_to_day_and_not_between_two_tries(
    owner: Person,
    phone: PushSubscription,
    make_reminder: MakeReminder,
    browser_keys: BrowserKeys,
    sink: Sink,
    due_at: datetime,
) -> None:
    make_reminder(owner)
    sink.statuses = [503, 201]
    (first,) = send_due(due_at)
    assert first.next_try_at
    send_due(first.next_try_at)
    send_due(due_at + timedelta(days=1))
    bodies = [decrypted(body, browser_keys)["notification"]["body"] for _, _, body in sink.received]
    assert bodies == [NEUTRAL[0], NEUTRAL[0], NEUTRAL[1]]


@pytest.mark.parametrize("letter", ["a", "ä", "漢", "🚶"])
def test_a_text_too_long_for_a_push_is_cut_between_letters(
    owner: Person,
    device: PushSubscription,
    monkeypatch: pytest.MonkeyPatch,
    letter: str,
) -> None:
    def words(*_: object, **__: object) -> tuple[str, str]:
        return "Backstep", letter * 5000

    monkeypatch.setattr(Delivery, "what", _kind_with(words))
    encoded = payload.message_bytes(planned(owner), device)
    assert PLAINTEXT_BYTES - 200 < len(encoded) <= PLAINTEXT_BYTES
    found = json.loads(encoded)["notification"]
    assert found["body"] == letter * (len(found["body"]) - 1) + "…"
    assert found["data"]["token"]
    assert len(found["actions"]) == 2


def _kind_with(words: Any) -> Any:
    class Walk:
        name, path, answers = "walk", "/move", ("done", "snooze_60")
        screen = "/answer/{delivery}"

    Walk.words = staticmethod(words)  # type: ignore[attr-defined]
    return Walk()
