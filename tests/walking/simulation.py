"""Two hundred made-up people walk by the plan for half a year.

Nobody's data: a model of how people walk, overdo, answer, hurt and rest, to see that the rules keep
their promises and lead somewhere. It says nothing about how real backs react.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from itertools import count, islice
from random import Random

from backend.pain.flare_rules import resume_percent
from backend.walking import rules
from backend.walking.course import Choice, Course, Rest, Session, Standing, unfold
from backend.walking.rules import Light, Scores

DAY = timedelta(days=1)
WEEKS = 26
FIRST = date(2026, 6, 1)  # a Monday
LAST = FIRST + timedelta(weeks=WEEKS) - DAY
FOUR, FIVE = (0, 2, 4, 5), (0, 1, 2, 4, 5)


@dataclass(frozen=True)
class Temperament:
    """How somebody is. All but `people` are chances: of walking on a chosen day, of answering a
    question, of walking twice the dose, of a walk that hurts, of a flare in a week.
    """

    name: str
    people: int
    walks: float
    answers: float
    overdoes: float
    hurts: float
    flares: float


TEMPERAMENTS = (
    Temperament("steady", 60, walks=0.97, answers=0.9, overdoes=0.0, hurts=0.004, flares=0.0),
    Temperament("patchy", 60, walks=0.72, answers=0.7, overdoes=0.05, hurts=0.03, flares=0.01),
    Temperament("flaring", 40, walks=0.9, answers=0.97, overdoes=0.05, hurts=0.03, flares=0.1),
    Temperament("overdoing", 40, walks=0.95, answers=0.9, overdoes=0.5, hurts=0.04, flares=0.02),
)


@dataclass
class Walker:
    """One person with their record. `strength`: minutes that the back takes without a murmur."""

    temperament: Temperament
    chance: Random
    start: int = 0
    strength: float = 0
    sessions: list[Session] = field(default_factory=list)
    rests: list[Rest] = field(default_factory=list)
    choices: list[Choice] = field(default_factory=lambda: [Choice(FIRST, FOUR)])
    away: set[date] = field(default_factory=set)

    def happens(self, probability: float) -> bool:
        return self.chance.random() < probability

    def between(self, least: int, most: int) -> int:
        return least + int(self.chance.random() * (most - least + 1))

    def course(self) -> Course:
        return Course(
            started_on=FIRST,
            start_minutes=self.start,
            choices=self.choices,
            sessions=self.sessions,
            rests=self.rests,
        )


def walker(temperament: Temperament, number: int) -> Walker:
    who = Walker(temperament, Random(f"{temperament.name} {number}"))  # noqa: S311
    tolerance = who.between(5, 25)
    who.start = rules.start_minutes(tolerance, walks_already=tolerance > 20)
    who.strength = tolerance * (1.2 + who.chance.random())
    if who.happens(0.3):  # a journey, a cold
        begins = FIRST + DAY * who.between(20, 150)
        who.away = {begins + DAY * n for n in range(who.between(5, 24))}
    return who


@cache
def everybody() -> dict[str, list[Standing]]:
    """By temperament, where each person stands at the end of the half-year."""
    return {
        one.name: [live(walker(one, number)) for number in range(one.people)]
        for one in TEMPERAMENTS
    }


def live(who: Walker) -> Standing:
    """Walk for half a year by what the plan says each day."""
    standing = unfold(who.course(), today=FIRST)
    for day in (FIRST + DAY * n for n in range(WEEKS * 7)):
        if day.weekday() == 0 or _changed_lately(who, day):
            standing = unfold(who.course(), today=day)
            _take_the_fifth_day(who, standing, day)
        _maybe_flare(who, day)
        if _walks(who, day):
            who.sessions.append(_walk(who, day, standing.minutes))
    return unfold(who.course(), today=LAST)


def _changed_lately(who: Walker, day: date) -> bool:
    """Whether the dose can be another than yesterday's: only Mondays raise it, and a calm walk
    never lowers it. Spares most of the unfolding."""
    last = who.sessions[-1] if who.sessions else None
    gone = (day - last.day).days if last else (day - FIRST).days
    rested = bool(who.rests) and who.rests[-1].last == day
    return (
        rested or gone > rules.MISSED_DAYS or (last is not None and last.light is not Light.GREEN)
    )


def _take_the_fifth_day(who: Walker, standing: Standing, day: date) -> None:
    if standing.days_allowed == rules.DAYS_TARGET and who.choices[-1].days == FOUR:
        who.choices.append(Choice(day, FIVE))


def _maybe_flare(who: Walker, day: date) -> None:
    hurt = bool(who.sessions) and who.sessions[-1].light is Light.RED
    fresh = hurt and who.sessions[-1].day == day - DAY
    if _resting(who, day) or not who.happens(0.6 if fresh else who.temperament.flares / 7):
        return
    length = who.between(2, 12)
    last = day + DAY * length
    who.rests.append(Rest(first=day, last=last, resume_percent=resume_percent(length)))


def _resting(who: Walker, day: date) -> bool:
    last = who.rests[-1].last if who.rests else None
    return last is not None and day < last


def _walks(who: Walker, day: date) -> bool:
    chosen = day.weekday() in who.choices[-1].days
    free = chosen and day not in who.away and not _resting(who, day)
    return free and who.happens(who.temperament.walks)


def _walk(who: Walker, day: date, dose: int) -> Session:
    minutes = dose * 2 if who.happens(who.temperament.overdoes) else dose
    strain = max(0.0, minutes / who.strength - 1)
    scores = _scores(who, hurts=who.happens(who.temperament.hurts + 0.5 * strain))
    who.strength = max(5.0, who.strength * (1.03 if minutes <= who.strength else 0.99))
    return Session(
        day=day, seconds=minutes * 60, light=rules.light(scores), rise=rules.rise(scores)
    )


def _scores(who: Walker, *, hurts: bool) -> Scores:
    """The scores around a walk, as far as the person gives them."""
    before = who.between(0, 3)
    calm = before + who.between(0, 1)
    sore = before + who.between(3, 4)
    morning = sore if hurts and who.happens(0.4) else calm
    later = {"later": sore if hurts else calm, "morning": morning}
    if morning == sore and hurts:
        later["day_after"] = sore if who.happens(0.4) else calm
    given = {which: s for which, s in later.items() if who.happens(who.temperament.answers)}
    return Scores(before=before, after=calm, asked=frozenset(later), **given)  # type: ignore[arg-type]


# --- who does everything right -------------------------------------------------------------------


def ideal(start: int) -> Iterator[tuple[int, int]]:
    """Minutes and days, week by week, of somebody whose every walk is done and green."""
    minutes, days = start, rules.DAYS_START
    while True:
        yield minutes, days
        minutes, days = rules.progressed(minutes, days)


def weeks_to_target(start: int) -> int:
    """In which week, counted from 1, that person first has 30 minutes on five days."""
    return next(week for week, dose in zip(count(1), ideal(start), strict=False) if dose == TARGET)


TARGET = (rules.MINUTES_TARGET, rules.DAYS_TARGET)


def ideal_minutes(start: int) -> list[int]:
    return [minutes for minutes, _ in islice(ideal(start), WEEKS)]


def reached_in(found: Standing) -> int | None:
    """In which week, counted from 1, a fifth day was first on offer, which takes 30 minutes."""
    weeks = enumerate(found.weeks, start=1)
    return next((n for n, week in weeks if _has(week.changes, "more_days")), None)


def _has(changes: object, code: str) -> bool:
    return isinstance(changes, tuple) and any(change.code == code for change in changes)
