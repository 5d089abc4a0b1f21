"""The evening question on its way to the phone, and an answer on its way back."""

from datetime import time, timedelta
from typing import Any

import pytest

from backend.accounts.models import Person
from backend.core.errors import Conflict
from backend.pain import prompts
from backend.pain.models import EveningPrompt
from backend.pain.services import episode_close
from backend.push.models import PushSubscription
from backend.reminders import answers, holds
from backend.reminders.models import Delivery, DeliveryState, HoldReason
from tests.conftest import BrowserKeys
from tests.pain.conftest import A_MINUTE, SaveAt, ask, evening, june, the_episode
from tests.push.sink import Sink
from tests.reminders.conftest import decrypted, ended, phone, send_due, sink

__all__ = ["phone", "sink"]  # fixtures

pytestmark = [pytest.mark.service, pytest.mark.django_db]

HOUR = timedelta(hours=1)


@pytest.fixture
def prompt(owner: Person, phone: PushSubscription, score: SaveAt) -> EveningPrompt:
    score(4, june(1))
    (found,) = ask(evening(4))
    return found


def settings(owner: Person, **values: object) -> None:
    Person.objects.filter(pk=owner.pk).update(**values)


def shown(sink: Sink, keys: BrowserKeys) -> dict[str, Any]:
    ((_, _, body),) = sink.received
    notification: dict[str, Any] = decrypted(body, keys)["notification"]
    return notification


def reply(owner: Person, answer: str, *, at: Any) -> Delivery:
    sent = Delivery.objects.get(owner=owner, kind="unresolved_pain")
    return answers.answer_save(delivery_id=sent.pk, owner_id=owner.pk, answer=answer, now=at)


def test_it_says_nothing_about_health_and_leads_to_its_own_screen(
    prompt: EveningPrompt,
    sink: Sink,
    browser_keys: BrowserKeys,
) -> None:
    (sent,) = send_due(evening(4))
    found = shown(sink, browser_keys)
    assert "back" not in found["body"].lower()
    assert "pain" not in found["body"].lower()
    query = f"?kind=unresolved_pain&delivery={sent.pk}"
    assert found["navigate"].endswith(f"/evening/{prompt.pk}{query}")
    assert [one["action"] for one in found["actions"]] == ["open", "snooze_60"]


def test_with_details_it_offers_better_and_not_better(
    owner: Person,
    prompt: EveningPrompt,
    sink: Sink,
    browser_keys: BrowserKeys,
) -> None:
    settings(owner, lock_screen_details=True)
    send_due(evening(4))
    found = shown(sink, browser_keys)
    assert "back" in found["body"].lower()
    assert [one["action"] for one in found["actions"]] == ["better", "not_better"]
    assert [one["title"] for one in found["actions"]] == ["Better", "Not better"]


def test_it_waits_for_the_end_of_quiet_hours(owner: Person, prompt: EveningPrompt) -> None:
    settings(owner, quiet_from=time(19), quiet_to=time(7))
    (waiting,) = send_due(evening(4))
    assert waiting.state == DeliveryState.PENDING
    (sent,) = send_due(june(5, 7))
    assert sent.state == DeliveryState.SENT


@pytest.mark.parametrize("reason", [HoldReason.PAUSE, HoldReason.FLARE, HoldReason.EMERGENCY])
def test_no_pause_and_no_flare_keeps_it_back(
    owner: Person, prompt: EveningPrompt, reason: HoldReason
) -> None:
    holds.hold(person=owner, kinds=None, reason=reason, until=None)
    (sent,) = send_due(evening(4))
    assert sent.state == DeliveryState.SENT


def test_the_days_limit_does_not_count_for_it(owner: Person, prompt: EveningPrompt) -> None:
    settings(owner, daily_cap=0)
    (sent,) = send_due(evening(4))
    assert sent.state == DeliveryState.SENT


def test_closed_while_it_was_on_its_way_it_is_not_sent(
    owner: Person, prompt: EveningPrompt
) -> None:
    episode_close(owner=owner, now=evening(4))
    (skipped,) = send_due(evening(4))
    assert ended(skipped) == ("skipped", "ended")


def test_answered_on_today_it_is_not_sent_any_more(owner: Person, prompt: EveningPrompt) -> None:
    prompts.prompt_answer(id=prompt.pk, owner=owner, answer="same", now=evening(4))
    (skipped,) = send_due(evening(4))
    assert ended(skipped) == ("skipped", "answered")


def test_without_a_device_it_still_stands_on_today(owner: Person, score: SaveAt) -> None:
    score(4, june(1))
    (prompt,) = ask(evening(4))
    (delivery,) = send_due(evening(4))
    assert delivery.state != DeliveryState.PENDING
    assert prompts.prompt_of(owner, prompt.pk).answer == ""


def test_an_answer_from_the_lock_screen_is_the_prompts_answer(
    owner: Person, prompt: EveningPrompt
) -> None:
    send_due(evening(4))
    reply(owner, "not_better", at=evening(4) + A_MINUTE)
    prompt.refresh_from_db()
    assert (prompt.answer, prompt.answered_at) == ("not_better", evening(4) + A_MINUTE)


def test_an_answer_from_the_lock_screen_comes_second_to_one_in_the_app(
    owner: Person, prompt: EveningPrompt
) -> None:
    send_due(evening(4))
    prompts.prompt_answer(id=prompt.pk, owner=owner, answer="same", now=evening(4) + A_MINUTE)
    with pytest.raises(Conflict) as refused:
        reply(owner, "better", at=evening(4) + 2 * A_MINUTE)
    assert refused.value.code == "answered_otherwise"
    assert Delivery.objects.get(kind="unresolved_pain").answer == ""


def test_later_brings_it_back_in_an_hour(owner: Person, prompt: EveningPrompt) -> None:
    send_due(evening(4))
    reply(owner, "snooze_60", at=evening(4) + A_MINUTE)
    (again,) = send_due(evening(4) + A_MINUTE + HOUR)
    assert (again.state, again.subject_id) == (DeliveryState.SENT, prompt.pk)


def test_an_answer_to_what_has_been_deleted_since_does_no_harm(
    owner: Person, prompt: EveningPrompt
) -> None:
    send_due(evening(4))
    the_episode(owner).delete()
    assert reply(owner, "better", at=evening(4) + A_MINUTE).answer == "better"
