"""The question a day after a walk, from the moment it is due to the sentence of why: Firefox with
its notifications, the server and everything between them.
"""

from tests.browser.firefox import Firefox
from tests.browser.people import LONG_PAST, change_person, settle_in
from tests.browser.stack import Stack
from tests.ops.processes import until
from tests.support.push_service import PushService

START, HALF, ROSE_BY = 10, 5, 4
# The newest person walked yesterday, it was much worse this morning, and they are asked once more.
A_DAY_AFTER = f"""
from datetime import timedelta
from django.utils import timezone
from backend.pain.models import PainEntry
from backend.reminders.models import Reminder
from backend.reminders.services import schedule_once
from backend.walking.models import FollowUp, GateAnswers, Walk, WalkPlan

now = timezone.now()
owner = Reminder.objects.latest("created_at").owner
PainEntry.objects.filter(owner=owner).delete()  # the one of just now would be an answer
ended = now - timedelta(hours=24)
started = ended - timedelta(minutes={START})
first = started.astimezone(owner.tz).date()
GateAnswers.objects.create(owner=owner, yes=[], wording="2026-11", language="en", at=started)
WalkPlan.objects.create(
    owner=owner, started_on=first, tolerance=13, tolerance_from="guess", at=started,
    choices=[{{"from": str(first), "days": [0, 2, 4, 6]}}],
)
walk = Walk.objects.create(
    owner=owner, started_at=started, ended_at=ended, seconds={START} * 60, planned_minutes={START}
)
for moment, at, score in (
    ("before", started, 2), ("after", ended, 3), ("later", ended + timedelta(hours=4), 3),
    ("morning", ended + timedelta(hours=16), 2 + {ROSE_BY}),
):
    PainEntry.objects.create(
        owner=owner, score=score, at=at, walk_id=walk.pk, walk_moment=moment
    )
question = FollowUp.objects.create(owner=owner, walk=walk, which="day_after", due_at=now)
schedule_once(
    kind="follow_up", person=owner, dedupe_key=f"follow_up:{{walk.pk}}:day_after", due_at=now,
    subject_id=question.pk,
)
print(first)
"""
FELT = """
from backend.walking.models import FollowUp
print(FollowUp.objects.get().felt)
"""


def test_worse_on_the_lock_screen_halves_the_plan_and_the_plan_says_why(
    stack: Stack, firefox: Firefox, push_service: PushService
) -> None:
    settle_in(firefox, stack, push_service, at=LONG_PAST)
    change_person(stack, lock_screen_details=True)
    walked = stack.python(A_DAY_AFTER)
    assert walked.returncode == 0, walked.stdout
    firefox.wait_for_box()
    (shown,) = firefox.notifications()
    assert shown["actions"] == ["fine", "worse"]
    firefox.open(f"{stack.url}/move")
    firefox.sees("move_why_start", minutes=START)

    firefox.close_all_tabs()
    firefox.press("worse")
    until("the answer", lambda: stack.python(FELT).stdout.strip() == "worse")

    firefox.open(f"{stack.url}/move")
    why = firefox.words.say(
        "move_why_lowered_red_rise", before=START, minutes=HALF, walk="{walk}", rise=ROSE_BY
    )
    until("the sentence", lambda: all(part in firefox.text for part in why.split("{walk}")))
