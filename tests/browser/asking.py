"""Evening questions, as the nightly check leaves them."""

import json

from tests.browser.stack import Stack

DAYS = ((5, 6), (4, 7), (2, 5), (1, 6))  # how long ago, and the score
UNRESOLVED = """
import uuid
from datetime import timedelta
from django.utils import timezone
from backend.accounts.models import Person
from backend.pain import prompts
from backend.pain.models import Episode, EveningPrompt
from backend.pain.services import entry_save
owner = Person.objects.get(pk={owner!r})
now = timezone.now()
for days, score in {scores!r}:
    at = now - timedelta(days=days)
    entry_save(id=uuid.uuid4(), owner=owner, score=score, at=at, began_on=None, now=now)
Episode.objects.filter(owner=owner, closed_at=None).update(next_prompt_at=now)
prompts.claim_prompts(now=now)
print(EveningPrompt.objects.filter(owner=owner).latest("asked_at").pk)
"""
ASKED = """
import json
from datetime import timedelta
from django.utils import timezone
from backend.pain.models import Episode, EveningPrompt
now = timezone.now()
made = {{}}
open_one = Episode.objects.get(owner_id={owner!r}, closed_at=None)
closed = Episode.objects.create(
    owner_id={owner!r}, onset_at=now - timedelta(days=90), began_on=now.date() - timedelta(days=90),
    closed_at=now - timedelta(days=60), closed_as="gone",
)
for ago, (name, answer) in enumerate({wanted!r}.items()):
    asked_at = now - timedelta(minutes=1 + ago)
    prompt = EveningPrompt.objects.create(
        owner_id={owner!r}, episode=closed if name.endswith("closed") else open_one, answer=answer,
        evening=now.date() - timedelta(days=ago), asked_at=asked_at, asked_on=asked_at.date(),
        answered_at=now if answer else None,
    )
    made[name] = str(prompt.pk)
print(json.dumps(made))
"""


def ask(stack: Stack, owner: str, *, scores: tuple[tuple[int, int], ...] = DAYS) -> str:
    """Let `owner` have had these scores, and the nightly check ask about them now. The question's
    id. It does not matter whether this or the host's own check is first."""
    return _run(stack, UNRESOLVED.format(owner=owner, scores=scores))


def asked(stack: Stack, owner: str, wanted: dict[str, str]) -> dict[str, str]:
    """The addresses of questions of several evenings, by name, answered so or "". The first stands
    on Today; those whose name ends in "closed" are about an episode that is over."""
    made = json.loads(_run(stack, ASKED.format(owner=owner, wanted=wanted)))
    return {name: f"/evening/{id_}" for name, id_ in made.items()}


def _run(stack: Stack, code: str) -> str:
    done = stack.python(code)
    assert done.returncode == 0, done.stdout
    return done.stdout.strip().splitlines()[-1]
