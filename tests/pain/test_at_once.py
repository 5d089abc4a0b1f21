"""Several checks, several devices, at the same moment."""

import uuid

import pytest

from backend.accounts.models import Person
from backend.core.errors import Conflict
from backend.pain.models import Episode, EveningPrompt, PainEntry
from backend.pain.prompts import claim_prompts, prompt_answer
from backend.pain.services import entry_save
from backend.reminders.models import Delivery
from tests.conftest import make_person
from tests.pain.conftest import evening, june
from tests.support.hands import HANDS, at_once

pytestmark = [pytest.mark.service, pytest.mark.django_db(transaction=True)]


def hurts(person: Person) -> PainEntry:
    entry, _ = entry_save(
        id=uuid.uuid4(), owner=person, score=5, at=june(1), began_on=None, now=june(1)
    )
    return entry


def test_many_checks_at_once_ask_everybody_exactly_once() -> None:
    people = [make_person() for _ in range(30)]
    for person in people:
        hurts(person)

    def check(_: int) -> int:
        handled = 0
        while found := claim_prompts(now=evening(4), limit=7):
            handled += found
        return handled

    assert sum(at_once(check)) == 30
    assert EveningPrompt.objects.count() == Delivery.objects.count() == 30
    assert set(EveningPrompt.objects.values_list("owner", flat=True)) == {one.pk for one in people}
    assert not Episode.objects.filter(next_prompt_at__lte=evening(4)).exists()


def test_scores_from_several_devices_at_once_open_one_episode() -> None:
    owner = make_person()
    at_once(lambda _: hurts(owner))
    assert Episode.objects.count() == 1
    assert PainEntry.objects.filter(episode=Episode.objects.get()).count() == HANDS


def test_one_score_uploaded_by_several_devices_at_once_is_one() -> None:
    owner, key = make_person(), uuid.uuid4()
    values = {"id": key, "owner": owner, "score": 5, "at": june(1), "began_on": None}
    created = at_once(lambda _: entry_save(**values, now=june(1))[1])  # type: ignore[arg-type]
    assert sorted(created) == [False] * (HANDS - 1) + [True]


def test_of_several_answers_at_once_one_stands_and_the_others_are_told() -> None:
    owner = make_person()
    hurts(owner)
    claim_prompts(now=evening(4))
    prompt = EveningPrompt.objects.get()
    said = ("better", "same", "worse", "seen")

    def answer(number: int) -> str:
        try:
            prompt_answer(id=prompt.pk, owner=owner, answer=said[number], now=evening(4))
        except Conflict as refused:
            return refused.code
        return said[number]

    results = at_once(answer)
    prompt.refresh_from_db()
    assert sorted(results) == sorted([prompt.answer] + ["answered_otherwise"] * (HANDS - 1))
