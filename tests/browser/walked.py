"""Somebody who has walked to a plan for two weeks and a half, with the pain around each walk."""

from collections.abc import Callable
from datetime import datetime, timedelta

Put = Callable[[str, dict[str, object]], str]
DAYS = [0, 2, 4, 5]  # Monday is 0
BEGAN = timedelta(days=18)
TOLERANCE = 14  # minutes
BEFORE = 3
# Days ago, minutes, and by how much the pain rose right after, hours later and the next morning.
WALKS = (
    (15, 11, (1, 0, 0)),
    (13, 11, (0, 1, 0)),
    (11, 11, (1, 1, 0)),
    (8, 12, (2, 1, 1)),
    (6, 13, (1, 3, 1)),
    (3, 13, (0, 1, 0)),
)


def walk_to_a_plan(put: Put, now: datetime) -> None:
    """None of the questions ticked, a plan, and walks that settled but for one."""
    began = now - BEGAN
    put("/walking/gate/answers", {"yes": [], "at": began.isoformat()})
    guess = {"tolerance": TOLERANCE, "tolerance_from": "guess", "walks_already": True}
    put("/walking/plans", {**guess, "days": DAYS, "at": began.isoformat()})
    for days, minutes, rises in WALKS:
        walk(put, now - timedelta(days=days, hours=6), minutes, rises)


def walk(put: Put, started: datetime, minutes: int, rises: tuple[int, int, int]) -> None:
    ended = started + timedelta(minutes=minutes)
    times = {"started_at": started.isoformat(), "ended_at": ended.isoformat()}
    made = put("/walks", {**times, "planned_minutes": minutes})
    moments = {
        "before": (started - timedelta(minutes=5), 0),
        "after": (ended + timedelta(minutes=5), rises[0]),
        "later": (ended + timedelta(hours=4), rises[1]),
        "morning": (ended + timedelta(hours=20), rises[2]),
    }
    for moment, (at, rise) in moments.items():
        score = {"score": BEFORE + rise, "at": at.isoformat()}
        put("/pain/entries", {**score, "walk": made, "walk_moment": moment})


def seen_by_a_clinician(put: Put, now: datetime) -> None:
    """What a symptom check has found since blocks nothing any more."""
    put("/walking/clearances", {"clinician": "physiotherapist", "seen_on": f"{now:%Y-%m-%d}"})
