"""A new warning sign brings the evening question back, where days are not counted any more."""

from datetime import date, datetime, timedelta

import pytest

from backend.accounts.models import Person
from backend.pain.flags import warning_sign_found
from backend.pain.services import EpisodeChange, episode_close, episode_update
from backend.safety.models import Level, SymptomCheck
from tests.pain.conftest import SaveAt, ask, evening, june, the_episode

pytestmark = [pytest.mark.service, pytest.mark.django_db]

DAY = timedelta(days=1)


def check(owner: Person, at: datetime, *symptoms: str, level: Level = Level.SAME_DAY) -> None:
    made = SymptomCheck.objects.create(
        owner=owner, symptoms=list(symptoms), level=level, wording="2026-11", language="en", at=at
    )
    warning_sign_found(check=made, now=at)


@pytest.fixture
def seen(owner: Person, score: SaveAt) -> None:
    """A doctor has seen it: no more counting of days."""
    score(4, june(1))
    change = EpisodeChange(clinician="doctor", seen_on=date(2026, 6, 2))
    episode_update(id=the_episode(owner).pk, owner=owner, change=change, now=june(2))


@pytest.mark.usefixtures("seen")
@pytest.mark.parametrize("level", [Level.SAME_DAY, Level.EMERGENCY])
def test_a_new_warning_sign_is_asked_about_this_evening(owner: Person, level: Level) -> None:
    check(owner, june(10), "fever", level=level)
    assert len(ask(evening(10))) == 1


@pytest.mark.usefixtures("seen")
def test_and_not_again_the_evening_after(owner: Person) -> None:
    check(owner, june(10), "fever")
    ask(evening(10))
    assert ask(evening(11)) == []


@pytest.mark.usefixtures("seen")
def test_one_that_was_there_before_is_not_new(owner: Person) -> None:
    check(owner, june(10), "fever")
    ask(evening(10))
    check(owner, june(12), "fever")
    assert ask(evening(12)) == []


@pytest.mark.usefixtures("seen")
@pytest.mark.parametrize("level", [Level.SOON, Level.SELF_CARE])
def test_anything_milder_brings_no_question(owner: Person, level: Level) -> None:
    check(owner, june(10), "worsening", level=level)
    assert ask(evening(10)) == []


@pytest.mark.usefixtures("seen")
def test_a_sign_soon_after_a_question_is_asked_about_all_the_same(owner: Person) -> None:
    check(owner, june(10), "fever")
    ask(evening(10))
    check(owner, june(11), "fever", "night_pain")
    assert len(ask(evening(11))) == 1


def test_while_days_are_counted_nothing_changes(owner: Person, score: SaveAt) -> None:
    score(4, june(1))
    check(owner, june(2), "fever")
    assert the_episode(owner).next_prompt_at == evening(4)


def test_without_an_open_episode_there_is_nothing_to_ask(owner: Person, score: SaveAt) -> None:
    score(4, june(1))
    episode_close(owner=owner, now=june(2))
    check(owner, june(3), "fever")
    assert ask(evening(3) + DAY) == []
