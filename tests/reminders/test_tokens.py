"""A notification's right to answer: signed, for one delivery and person, for two days."""

import uuid
from datetime import timedelta

import pytest
import time_machine

from backend.core.errors import Forbidden
from backend.reminders import tokens
from backend.reminders.tokens import Ticket
from tests.conftest import NOW

TICKET = Ticket(delivery_id=uuid.uuid4(), owner_id=uuid.uuid4(), device_id=uuid.uuid4())
SECOND = timedelta(seconds=1)


def refusal(token: str) -> str:
    with pytest.raises(Forbidden) as refused:
        tokens.read(token)
    return refused.value.code


def test_it_says_which_delivery_person_and_device() -> None:
    assert tokens.read(tokens.make(TICKET)) == TICKET


def test_it_says_nothing_in_the_clear_that_an_address_could_not_carry() -> None:
    assert len(tokens.make(TICKET)) < tokens.LONGEST


@pytest.mark.parametrize(
    "token",
    ["", ":", "a:b:c", "é", "x" * 300, ":::" * 40, "AAAA:1:" + "A" * 43],
)
def test_a_forged_one_is_refused(token: str) -> None:
    assert refusal(token) == "token_invalid"


@pytest.mark.parametrize("position", [0, 5, 40, 63, -1, -20])
def test_one_changed_letter_breaks_it(position: int) -> None:
    letters = list(tokens.make(TICKET))
    letters[position] = "B" if letters[position] == "A" else "A"
    assert refusal("".join(letters)) == "token_invalid"


def test_one_signed_with_another_servers_key_is_refused(settings: object) -> None:
    signed = tokens.make(TICKET)
    tokens._signer.cache_clear()
    settings.SECRET_KEY = "x" * 60  # type: ignore[attr-defined]
    try:
        assert refusal(signed) == "token_invalid"
    finally:
        tokens._signer.cache_clear()


def test_it_holds_for_two_days_and_not_a_second_longer() -> None:
    with time_machine.travel(NOW, tick=False):
        token = tokens.make(TICKET)
    with time_machine.travel(NOW + tokens.LIFETIME, tick=False):
        assert tokens.read(token) == TICKET
    with time_machine.travel(NOW + tokens.LIFETIME + SECOND, tick=False):
        assert refusal(token) == "token_expired"
