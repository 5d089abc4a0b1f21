"""When an episode opens, when it began, and what closes it."""

import uuid
from datetime import date, timedelta

import pytest
import time_machine
from rest_framework.test import APIClient

from backend.accounts.models import Person
from backend.core.errors import Conflict, Forbidden, Invalid, NotFound
from backend.pain import prompts, services
from backend.pain.models import Episode, EpisodeEnd, PainEntry
from backend.pain.services import EpisodeChange, entry_delete, entry_save, episode_close
from tests.conftest import make_person
from tests.pain.conftest import SaveAt, ask, current, evening, june, the_episode

pytestmark = [pytest.mark.service, pytest.mark.django_db]

DAY = timedelta(days=1)


# --- opening -------------------------------------------------------------------------------------


def test_the_first_score_above_one_opens_an_episode(owner: Person, score: SaveAt) -> None:
    entry = score(2, june(1))
    episode = the_episode(owner)
    assert entry.episode == episode
    assert (episode.onset_at, episode.began_on) == (june(1), date(2026, 6, 1))


@pytest.mark.parametrize("number", [0, 1])
def test_a_score_of_0_or_1_opens_none(owner: Person, score: SaveAt, number: int) -> None:
    assert score(number, june(1)).episode is None
    assert not Episode.objects.exists()


def test_later_scores_belong_to_the_open_episode(owner: Person, score: SaveAt) -> None:
    score(4, june(1))
    assert score(1, june(2)).episode == score(6, june(3)).episode == the_episode(owner)


def test_each_person_has_episodes_of_their_own(
    owner: Person, stranger: Person, score: SaveAt
) -> None:
    score(4, june(1))
    entry_save(id=uuid.uuid4(), owner=stranger, score=5, at=june(2), began_on=None, now=june(2))
    assert the_episode(owner) != the_episode(stranger)


def test_a_score_from_long_ago_opens_nothing_today(owner: Person, score: SaveAt) -> None:
    score(7, june(3) - 14 * DAY, now=june(3))
    assert current(owner) is None


def test_a_score_of_last_week_that_comes_late_still_opens_one(owner: Person, score: SaveAt) -> None:
    score(7, june(1), now=june(8))
    assert the_episode(owner).onset_at == june(1)


def test_without_consent_nothing_is_stored(db: None) -> None:
    nobody = make_person(consent=False)
    with pytest.raises(Forbidden):
        entry_save(id=uuid.uuid4(), owner=nobody, score=5, at=june(2), began_on=None, now=june(2))
    assert not Episode.objects.exists()


# --- the onset -----------------------------------------------------------------------------------


def test_the_day_a_person_names_is_day_1_and_counts_from_noon(owner: Person, score: SaveAt) -> None:
    score(5, june(3), began_on=date(2026, 6, 1))
    episode = the_episode(owner)
    assert (episode.onset_at, episode.began_on) == (june(1, 12), date(2026, 6, 1))


def test_today_means_the_moment_of_the_score(owner: Person, score: SaveAt) -> None:
    score(5, june(3), began_on=date(2026, 6, 3))
    assert the_episode(owner).onset_at == june(3)


def test_saying_it_later_moves_the_onset(owner: Person, score: SaveAt) -> None:
    entry = score(5, june(3))
    score(5, june(3), id=entry.pk, began_on=date(2026, 5, 20))
    assert the_episode(owner).began_on == date(2026, 5, 20)


def test_a_score_dated_back_moves_the_onset_back(owner: Person, score: SaveAt) -> None:
    score(5, june(3))
    score(4, june(2, 21), now=june(3, 11))
    assert the_episode(owner).onset_at == june(2, 21)


def test_a_score_dated_back_leaves_what_the_person_said(owner: Person, score: SaveAt) -> None:
    score(5, june(3), began_on=date(2026, 6, 1))
    score(4, june(2, 21), now=june(3, 11))
    assert the_episode(owner).began_on == date(2026, 6, 1)


def test_the_onset_can_be_corrected_in_the_diary(owner: Person, score: SaveAt) -> None:
    score(5, june(3))
    change = EpisodeChange(began_on=date(2026, 5, 30))
    services.episode_update(id=the_episode(owner).pk, owner=owner, change=change, now=june(3))
    assert the_episode(owner).began_on == date(2026, 5, 30)


def test_an_onset_in_the_future_is_refused(owner: Person, score: SaveAt) -> None:
    score(5, june(3))
    change = EpisodeChange(began_on=date(2026, 6, 4))
    with pytest.raises(Invalid) as refused:
        services.episode_update(id=the_episode(owner).pk, owner=owner, change=change, now=june(3))
    assert set(refused.value.fields) == {"began_on"}


def test_a_flight_does_not_move_the_day_it_began(owner: Person, score: SaveAt) -> None:
    score(5, june(3, 1))  # still Tuesday in New York
    Person.objects.filter(pk=owner.pk).update(time_zone="America/New_York")
    score(5, june(3, 20))
    assert the_episode(owner).began_on == date(2026, 6, 3)


# --- deleting and bringing back ------------------------------------------------------------------


def test_an_episode_goes_with_its_only_painful_score(owner: Person, score: SaveAt) -> None:
    slip = score(8, june(3))
    calm = score(1, june(3, 11))
    entry_delete(id=slip.pk, owner=owner, now=june(3, 12))
    assert not Episode.objects.exists()
    assert PainEntry.objects.get(pk=calm.pk).episode is None


def test_correcting_a_slip_takes_the_episode_back(owner: Person, score: SaveAt) -> None:
    slip = score(8, june(3))
    assert score(0, june(3), id=slip.pk).episode is None
    assert not Episode.objects.exists()


def test_bringing_a_deleted_score_back_brings_its_episode_back(
    owner: Person, score: SaveAt
) -> None:
    entry = score(8, june(3), began_on=date(2026, 6, 1))
    entry_delete(id=entry.pk, owner=owner, now=june(3, 11))
    score(8, june(3), id=entry.pk, began_on=date(2026, 6, 1), now=june(3, 12))
    assert the_episode(owner).began_on == date(2026, 6, 1)


def test_an_episode_that_was_asked_about_stays(owner: Person, score: SaveAt) -> None:
    entry = score(8, june(1))
    ask(evening(4))
    entry_delete(id=entry.pk, owner=owner, now=june(5))
    assert the_episode(owner).next_prompt_at is None


# --- closing -------------------------------------------------------------------------------------


def test_it_is_gone_closes_it(owner: Person, score: SaveAt) -> None:
    score(4, june(1))
    episode = episode_close(owner=owner, now=june(3))
    assert (episode.closed_at, episode.closed_as) == (june(3), EpisodeEnd.GONE)
    assert the_episode(owner).next_prompt_at is None


def test_a_replay_of_it_is_gone_closes_no_later_one(owner: Person, score: SaveAt) -> None:
    score(4, june(1))
    first = episode_close(owner=owner, episode_id=the_episode(owner).pk, now=june(2))
    score(6, june(3))
    again = episode_close(owner=owner, episode_id=first.pk, now=june(3, 11))
    assert again.closed_at == june(2)
    assert current(owner) is not None


def test_what_is_not_open_cannot_be_gone(owner: Person) -> None:
    with pytest.raises(Conflict) as refused:
        episode_close(owner=owner, now=june(3))
    assert refused.value.code == "no_open_episode"


def test_a_strangers_episode_cannot_be_closed(
    owner: Person, stranger: Person, score: SaveAt
) -> None:
    score(4, june(1))
    with pytest.raises(NotFound):
        episode_close(owner=stranger, episode_id=the_episode(owner).pk, now=june(3))


def test_it_was_not_gone_after_all(owner: Person, score: SaveAt) -> None:
    score(4, june(1))
    planned = the_episode(owner).next_prompt_at
    episode = episode_close(owner=owner, now=june(2))
    episode = services.episode_reopen(id=episode.pk, owner=owner, now=june(2, 11))
    assert episode.closed_at is None
    assert episode.next_prompt_at == planned


def test_an_old_one_stays_closed_once_a_new_one_has_begun(owner: Person, score: SaveAt) -> None:
    score(4, june(1))
    old = episode_close(owner=owner, now=june(2))
    score(4, june(3))
    with pytest.raises(Conflict):
        services.episode_reopen(id=old.pk, owner=owner, now=june(3, 11))


def test_pain_after_it_was_gone_is_a_new_episode(owner: Person, score: SaveAt) -> None:
    score(4, june(1))
    episode_close(owner=owner, now=june(2))
    assert score(0, june(2, 12)).episode is None
    score(5, june(3))
    assert Episode.objects.filter(owner=owner).count() == 2


def test_a_late_score_from_before_it_was_gone_belongs_to_the_closed_one(
    owner: Person, score: SaveAt
) -> None:
    score(4, june(1))
    closed = episode_close(owner=owner, now=june(3))
    assert score(6, june(2), now=june(4)).episode == closed
    assert current(owner) is None


def test_seven_days_of_0_or_1_close_it(owner: Person, score: SaveAt) -> None:
    score(4, june(1))
    for day in range(2, 8):
        score(day % 2, june(day))
    assert current(owner) is not None
    score(1, june(8))
    episode = the_episode(owner)
    assert (episode.closed_at, episode.closed_as) == (june(8), EpisodeEnd.SETTLED)


def test_several_scores_on_one_day_are_one_day(owner: Person, score: SaveAt) -> None:
    score(4, june(1))
    for hour in range(8, 16):
        score(0, june(2, hour))
    assert current(owner) is not None


def test_a_day_without_a_score_does_not_count(owner: Person, score: SaveAt) -> None:
    score(4, june(1))
    score(0, june(2))
    score(0, june(20))
    assert current(owner) is not None


def test_silence_never_closes_it(owner: Person, score: SaveAt) -> None:
    score(4, june(1))
    for day in (4, 7, 14, 28):
        ask(evening(day))
    ask(evening(12) + 30 * DAY)
    assert current(owner) is not None


def test_pain_in_between_begins_the_seven_days_anew(owner: Person, score: SaveAt) -> None:
    score(4, june(1))
    for day in range(2, 8):
        score(0, june(day))
    score(3, june(8))
    score(0, june(9))
    assert current(owner) is not None


def test_the_diarys_own_day_end_counts(owner: Person, score: SaveAt) -> None:
    Person.objects.filter(pk=owner.pk).update(day_ends_at=4)
    score(4, june(1))
    for day in range(2, 8):
        score(0, june(day))
    score(0, june(8, 3))  # still the night of the seventh
    assert current(owner) is not None
    score(0, june(8, 4))
    assert current(owner) is None


def test_correcting_the_last_of_seven_days_opens_it_again(owner: Person, score: SaveAt) -> None:
    score(4, june(1))
    for day in range(2, 8):
        score(0, june(day))
    last = score(0, june(8))
    score(5, june(8), id=last.pk, now=june(8, 11))
    assert the_episode(owner).closed_at is None


def better(owner: Person, score: SaveAt) -> None:
    score(4, june(1))
    (prompt,) = ask(evening(4))
    prompts.prompt_answer(id=prompt.pk, owner=owner, answer="better", now=june(4, 20))


@pytest.mark.parametrize("number", [0, 1])
def test_better_with_a_score_of_0_or_1_closes_it(owner: Person, score: SaveAt, number: int) -> None:
    better(owner, score)
    assert current(owner) is not None  # better alone is not over
    score(number, june(4, 20, 1))
    episode = the_episode(owner)
    assert (episode.closed_at, episode.closed_as) == (june(4, 20, 1), EpisodeEnd.BETTER)


def test_better_with_a_score_of_2_leaves_it_open(owner: Person, score: SaveAt) -> None:
    better(owner, score)
    score(2, june(4, 20, 1))
    score(0, june(4, 20, 5))
    assert current(owner) is not None


def test_a_score_a_day_after_better_is_not_its_score(owner: Person, score: SaveAt) -> None:
    better(owner, score)
    score(0, june(5, 20, 1))
    assert current(owner) is not None


def test_correcting_the_score_after_better_opens_it_again(owner: Person, score: SaveAt) -> None:
    better(owner, score)
    entry = score(1, june(4, 20, 1))
    score(3, june(4, 20, 1), id=entry.pk, now=june(4, 20, 5))
    assert current(owner) is not None


# --- a clinician ---------------------------------------------------------------------------------


def test_who_has_seen_it_is_kept_and_ends_the_counting_of_days(
    owner: Person, score: SaveAt
) -> None:
    score(4, june(1))
    change = EpisodeChange(clinician="doctor", seen_on=date(2026, 6, 2))
    episode = services.episode_update(
        id=the_episode(owner).pk, owner=owner, change=change, now=june(3)
    )
    assert (episode.clinician, episode.seen_on) == ("doctor", date(2026, 6, 2))
    assert episode.next_prompt_at is None


def test_without_a_day_it_was_today(owner: Person, score: SaveAt) -> None:
    score(4, june(1))
    change = EpisodeChange(clinician="physiotherapist")
    episode = services.episode_update(
        id=the_episode(owner).pk, owner=owner, change=change, now=june(3)
    )
    assert episode.seen_on == date(2026, 6, 3)


def test_an_unknown_clinician_is_refused(owner: Person, score: SaveAt) -> None:
    score(4, june(1))
    change = EpisodeChange(clinician="barber")
    with pytest.raises(Invalid):
        services.episode_update(id=the_episode(owner).pk, owner=owner, change=change, now=june(3))


def test_a_slip_about_who_has_seen_it_can_be_taken_back(
    owner: Person, as_owner: APIClient, score: SaveAt
) -> None:
    score(4, june(1))
    episode = the_episode(owner)
    planned, path = episode.next_prompt_at, f"/api/v1/pain/episodes/{episode.pk}"
    with time_machine.travel(june(2), tick=False):
        seen = as_owner.patch(path, {"clinician": "doctor"}, format="json").json()
        assert (seen["seen_on"], seen["next_prompt_at"]) == ("2026-06-02", None)
        as_owner.patch(path, {"clinician": "", "seen_on": None}, format="json")
    episode.refresh_from_db()
    assert (episode.clinician, episode.seen_on) == ("", None)
    assert episode.next_prompt_at == planned
