"""The nightly check: who is asked, when, how often, and what their answer does."""

from datetime import date, time, timedelta

import pytest

from backend.accounts import services as accounts
from backend.accounts.models import Person
from backend.accounts.services import PersonChange
from backend.core.errors import Conflict, Invalid, NotFound
from backend.pain import prompts
from backend.pain.models import Episode, EveningPrompt
from backend.pain.prompts import prompt_answer
from backend.pain.selectors import Wants, standing_prompt, wants
from backend.pain.services import entry_delete, episode_close
from backend.reminders.models import Delivery
from tests.pain.conftest import A_MINUTE, SaveAt, ask, evening, june, the_episode

pytestmark = [pytest.mark.service, pytest.mark.django_db]

SECOND = timedelta(seconds=1)
DAY = timedelta(days=1)


def evenings() -> list[date]:
    return list(EveningPrompt.objects.order_by("evening").values_list("evening", flat=True))


# --- asking --------------------------------------------------------------------------------------


def test_an_unresolved_episode_is_asked_about_on_its_fourth_evening(
    owner: Person, score: SaveAt
) -> None:
    score(4, june(1))
    assert ask(evening(4) - SECOND) == []
    (prompt,) = ask(evening(4))
    assert prompt.evening == date(2026, 6, 4)


def test_the_question_goes_out_as_a_message_of_that_moment(owner: Person, score: SaveAt) -> None:
    score(4, june(1))
    (prompt,) = ask(evening(4))
    delivery = Delivery.objects.get(owner=owner)
    assert (delivery.kind, delivery.subject_id) == ("unresolved_pain", prompt.pk)
    assert delivery.due_at == delivery.next_try_at == evening(4)
    assert delivery.dedupe_key == "unresolved_pain:2026-06-04"


def test_it_is_asked_once_however_often_the_check_runs(owner: Person, score: SaveAt) -> None:
    score(4, june(1))
    ask(evening(4))
    assert [ask(evening(4) + n * A_MINUTE) for n in range(5)] == [[]] * 5
    assert Delivery.objects.count() == 1


def test_it_comes_again_on_days_7_14_28_and_42_and_then_no_more(
    owner: Person, score: SaveAt
) -> None:
    score(4, june(1))
    for day in range(60):
        ask(evening(1) + day * DAY)
    days = [(found - date(2026, 6, 1)).days + 1 for found in evenings()]
    assert days == [4, 7, 14, 28, 42]


def test_a_score_of_1_is_not_asked_about(owner: Person, score: SaveAt) -> None:
    score(4, june(1))
    score(1, june(4))
    assert ask(evening(4)) == []


def test_pain_that_comes_back_is_asked_about_on_the_next_evening(
    owner: Person, score: SaveAt
) -> None:
    score(4, june(1))
    score(1, june(4))
    score(3, june(5))
    (prompt,) = ask(evening(5))
    assert prompt.evening == date(2026, 6, 5)


def test_a_missing_score_is_unknown_and_asked_about(owner: Person, score: SaveAt) -> None:
    score(4, june(1))  # and nothing since
    assert len(ask(evening(4))) == 1


def test_one_that_is_gone_is_not_asked_about(owner: Person, score: SaveAt) -> None:
    score(4, june(1))
    episode_close(owner=owner, now=june(4))
    assert ask(evening(4)) == []


def test_one_whose_scores_were_deleted_is_not_asked_about(owner: Person, score: SaveAt) -> None:
    entry = score(4, june(1))
    entry_delete(id=entry.pk, owner=owner, now=june(2))
    assert ask(evening(4)) == []


def test_pain_that_began_a_week_ago_is_asked_about_this_evening(
    owner: Person, score: SaveAt
) -> None:
    score(6, june(10), began_on=date(2026, 6, 1))
    assert [one.evening for one in ask(evening(10))] == [date(2026, 6, 10)]
    assert the_episode(owner).next_prompt_at == evening(14)


def test_everybody_chooses_their_own_evening(owner: Person, score: SaveAt) -> None:
    score(4, june(1))
    change = PersonChange(evening_check_at=time(21, 15))
    accounts.person_update(person=owner, change=change, now=june(2))
    assert the_episode(owner).next_prompt_at == june(4, 21, 15)


def test_a_flight_takes_the_evening_with_it(owner: Person, score: SaveAt) -> None:
    score(4, june(1))
    change = PersonChange(time_zone="America/New_York")
    accounts.person_update(person=owner, change=change, now=june(3))
    assert the_episode(owner).next_prompt_at == evening(4) + timedelta(hours=6)


def test_a_flight_after_the_question_does_not_ask_it_again(owner: Person, score: SaveAt) -> None:
    score(4, june(1))
    ask(evening(4))
    for zone in ("Pacific/Honolulu", "Pacific/Kiritimati", "Europe/Berlin"):
        change = PersonChange(time_zone=zone)
        accounts.person_update(person=owner, change=change, now=evening(4) + A_MINUTE)
        owner.refresh_from_db()
    assert ask(evening(5) + DAY) == []


def test_a_question_that_is_due_is_not_put_off_by_a_flight(owner: Person, score: SaveAt) -> None:
    score(4, june(1))
    change = PersonChange(time_zone="America/New_York")
    accounts.person_update(person=owner, change=change, now=evening(4) + A_MINUTE)
    assert len(ask(evening(4) + 2 * A_MINUTE)) == 1


def test_a_second_episode_is_not_asked_about_on_the_same_day(owner: Person, score: SaveAt) -> None:
    score(4, june(1))
    ask(evening(4))
    episode_close(owner=owner, now=evening(4) + A_MINUTE)
    score(6, evening(4) + 2 * A_MINUTE, began_on=date(2026, 5, 20))
    assert ask(june(4, 23)) == []
    assert len(ask(evening(5))) == 1


# --- late, doubled -------------------------------------------------------------------------------


def test_a_day_late_it_is_asked_as_that_evenings_question(owner: Person, score: SaveAt) -> None:
    score(4, june(1))
    (prompt,) = ask(june(5, 12))
    assert (prompt.evening, prompt.asked_on) == (date(2026, 6, 4), date(2026, 6, 5))
    assert Delivery.objects.get().due_at == june(5, 12)
    assert ask(evening(5)) == []
    assert the_episode(owner).next_prompt_at == evening(7)


def test_late_at_night_it_waits_for_the_morning(owner: Person, score: SaveAt) -> None:
    score(4, june(1))
    ask(june(5, 3))
    assert Delivery.objects.get().next_try_at == june(5, 8)


def test_after_an_outage_of_days_one_question_stands_for_all(owner: Person, score: SaveAt) -> None:
    score(4, june(1))
    (prompt,) = ask(june(8, 12))
    assert prompt.evening == date(2026, 6, 7)
    assert the_episode(owner).next_prompt_at == evening(14)


def test_a_new_score_does_not_lose_a_question_that_is_overdue(owner: Person, score: SaveAt) -> None:
    score(4, june(1))
    score(5, june(5, 9))
    (prompt,) = ask(june(5, 10))
    assert prompt.evening == date(2026, 6, 4)


def test_a_better_score_during_the_outage_makes_the_question_superfluous(
    owner: Person, score: SaveAt
) -> None:
    score(4, june(1))
    score(1, june(5, 9))
    assert ask(june(5, 10)) == []


def test_an_evening_that_was_asked_about_already_is_passed_over(
    owner: Person, score: SaveAt
) -> None:
    score(4, june(1))
    ask(evening(4))
    Episode.objects.update(next_prompt_at=evening(4))  # as if the row had been restored
    assert ask(evening(4) + A_MINUTE) == []
    assert the_episode(owner).next_prompt_at == evening(7)


# --- answering -----------------------------------------------------------------------------------


@pytest.fixture
def prompt(owner: Person, score: SaveAt) -> EveningPrompt:
    score(4, june(1))
    (found,) = ask(evening(4))
    return found


def answer(owner: Person, prompt: EveningPrompt, said: str, **values: object) -> EveningPrompt:
    given = {"at": None, "now": june(4, 20)} | values
    return prompt_answer(id=prompt.pk, owner=owner, answer=said, **given)  # type: ignore[arg-type]


def test_an_answer_is_kept_with_its_moment(owner: Person, prompt: EveningPrompt) -> None:
    answer(owner, prompt, "same", at=june(4, 19, 45))
    prompt.refresh_from_db()
    assert (prompt.answer, prompt.answered_at) == ("same", june(4, 19, 45))


def test_the_same_answer_again_changes_nothing(owner: Person, prompt: EveningPrompt) -> None:
    answer(owner, prompt, "same")
    assert answer(owner, prompt, "same", now=june(4, 21)).answered_at == june(4, 20)


def test_of_two_devices_the_first_answer_stands(owner: Person, prompt: EveningPrompt) -> None:
    answer(owner, prompt, "better")
    with pytest.raises(Conflict) as refused:
        answer(owner, prompt, "worse")
    assert refused.value.code == "answered_otherwise"
    prompt.refresh_from_db()
    assert prompt.answer == "better"


@pytest.mark.parametrize("precise", ["same", "worse"])
def test_not_better_may_be_made_more_precise(
    owner: Person, prompt: EveningPrompt, precise: str
) -> None:
    answer(owner, prompt, "not_better")
    assert answer(owner, prompt, precise).answer == precise


def test_not_better_does_not_become_better(owner: Person, prompt: EveningPrompt) -> None:
    answer(owner, prompt, "not_better")
    with pytest.raises(Conflict):
        answer(owner, prompt, "better")


def test_a_stranger_has_nothing_to_answer(stranger: Person, prompt: EveningPrompt) -> None:
    with pytest.raises(NotFound):
        answer(stranger, prompt, "better")


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"said": "perhaps"}, "answer"),
        ({"said": "seen", "clinician": "barber"}, "clinician"),
        ({"said": "seen", "seen_on": date(2026, 6, 5)}, "seen_on"),
    ],
)
def test_an_impossible_answer_is_refused(
    owner: Person, prompt: EveningPrompt, values: dict[str, object], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        answer(owner, prompt, **values)  # type: ignore[arg-type]
    assert set(refused.value.fields) == {field}


def test_seen_someone_ends_the_counting_of_days(owner: Person, prompt: EveningPrompt) -> None:
    answer(owner, prompt, "seen", clinician="doctor", seen_on=date(2026, 6, 3))
    episode = the_episode(owner)
    assert (episode.clinician, episode.seen_on) == ("doctor", date(2026, 6, 3))
    assert ask(evening(7)) == []


def test_seen_from_the_lock_screen_ends_it_too_and_asks_who(
    owner: Person, prompt: EveningPrompt
) -> None:
    found = answer(owner, prompt, "seen")
    assert wants(found) is Wants.WHO
    assert the_episode(owner).next_prompt_at is None
    assert wants(answer(owner, prompt, "seen", clinician="doctor")) is None


def test_an_answer_to_one_that_is_closed_meanwhile_is_kept_and_does_nothing(
    owner: Person, prompt: EveningPrompt
) -> None:
    closed = episode_close(owner=owner, now=june(4, 19, 40))
    found = answer(owner, prompt, "worse")
    assert (found.answer, wants(found)) == ("worse", None)
    assert the_episode(owner).closed_at == closed.closed_at


# --- what it waits for, on Today -----------------------------------------------------------------


def test_it_waits_for_an_answer(owner: Person, prompt: EveningPrompt) -> None:
    assert standing_prompt(owner, now=june(4, 20)) == prompt
    assert wants(prompt) is Wants.ANSWER


def test_better_waits_for_a_score(owner: Person, prompt: EveningPrompt, score: SaveAt) -> None:
    found = answer(owner, prompt, "better")
    assert wants(found) is Wants.SCORE
    score(3, june(4, 20, 1))
    assert wants(found) is None


@pytest.mark.parametrize("said", ["same", "worse", "not_better"])
def test_anything_else_waits_for_the_symptom_check(
    owner: Person, prompt: EveningPrompt, said: str
) -> None:
    assert wants(answer(owner, prompt, said)) is Wants.CHECK


def test_a_slow_phone_clock_does_not_lose_the_score(
    owner: Person, prompt: EveningPrompt, score: SaveAt
) -> None:
    """Its clock is half an hour behind: what it says of both moments is, too."""
    found = answer(owner, prompt, "better", at=june(4, 19, 5), now=june(4, 19, 35))
    score(1, june(4, 19, 6), now=june(4, 19, 36))
    assert the_episode(owner).closed_as == "better"
    assert wants(prompts.prompt_of(owner, found.pk)) is None


def test_unanswered_it_stands_on_today_for_two_days(owner: Person, prompt: EveningPrompt) -> None:
    assert standing_prompt(owner, now=evening(6)) == prompt
    assert standing_prompt(owner, now=evening(6) + SECOND) is None


def test_only_the_latest_question_stands(owner: Person, prompt: EveningPrompt) -> None:
    (later,) = ask(evening(7))
    assert standing_prompt(owner, now=june(7, 20)) == later


def test_a_question_about_a_closed_episode_does_not_stand(
    owner: Person, prompt: EveningPrompt
) -> None:
    episode_close(owner=owner, now=june(4, 20))
    assert standing_prompt(owner, now=june(4, 20)) is None
