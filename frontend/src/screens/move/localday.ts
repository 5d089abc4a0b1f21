/** Today and this week of walking, with the walks that wait on this phone. Pure. */
import { addDays, diaryDay, fromIso, isoDate } from "../diary/days";
import type { Wish } from "./local";
import type { GivenWalk, Plan, Session, TestWalk, Walking, WalkToday, Week } from "./types";

const WALK = /^\/walks\/([^/]+)$/;
/** From three quarters of the day's minutes a walk counts as done, as on the server. */
const ENOUGH_PERCENT = 75;
const DAYS_OF_A_WEEK = 7;

export interface WaitingWalk extends GivenWalk {
  id: string;
  /** The person's own day of its start. */
  date: string;
}

/** The date on whose page a moment is written. */
export function dayOf(at: Date, endsAt: number): string {
  return isoDate(diaryDay(at, endsAt));
}

/** Walks that the server may not have heard of. */
export function walksOf(writes: readonly Wish[], endsAt: number): WaitingWalk[] {
  return writes.flatMap(({ method, path, body }) => {
    const id = WALK.exec(path)?.[1];
    if (!id || method !== "PUT") return [];
    const walk = body as GivenWalk;
    return [{ ...walk, id, date: dayOf(new Date(walk.started_at), endsAt) }];
  });
}

export function secondsOf({ started_at, ended_at, seconds }: GivenWalk): number {
  return seconds ?? Math.round((Date.parse(ended_at) - Date.parse(started_at)) / 1000);
}

/** What this phone remembers may be from another day: then nothing was walked yet. */
export function todayOf(
  known: Walking,
  plan: Plan | null,
  walks: readonly WaitingWalk[],
  date: string,
): WalkToday {
  const same = known.today.date === date;
  const as = same && plan === known.plan ? known.today : null;
  return {
    date,
    planned: as ? as.planned : (plan?.days.includes(weekdayOf(date)) ?? false),
    minutes: as ? as.minutes : (plan?.minutes ?? null),
    walked_seconds: (same ? known.today.walked_seconds : 0) + walkedOn(date, walks),
    // A flare goes on until somebody ends it; a pause may have been for that day.
    left_out: same || known.today.left_out === "flare" ? known.today.left_out : "",
  };
}

function walkedOn(date: string, walks: readonly WaitingWalk[]): number {
  return walks.filter((one) => one.date === date).reduce((sum, one) => sum + secondsOf(one), 0);
}

/** A planned day that was not done before and is by now counts; the server judges the rest. */
export function consistencyOf(
  known: Walking,
  plan: Plan | null,
  today: WalkToday,
): Walking["consistency"] {
  const { done, of, left_out } = known.consistency;
  if (!plan || !today.planned || today.left_out || !isDoneHere(known, today)) {
    return known.consistency;
  }
  return { done: done + 1, of: of + 1, left_out };
}

/** Done by a walk that the server has not heard of. */
function isDoneHere(known: Walking, { date, minutes, walked_seconds }: WalkToday): boolean {
  const before = known.today.date === date ? known.today.walked_seconds : 0;
  return isEnough(walked_seconds, minutes) && !isEnough(before, minutes);
}

export function isEnough(seconds: number, minutes: number | null): boolean {
  return minutes !== null && seconds * 100 >= minutes * 60 * ENOUGH_PERCENT;
}

/** This week: the server's, or where it has not said anything of it, as the plan has it. */
export function weekOf(
  known: Walking,
  plan: Plan | null,
  walks: readonly WaitingWalk[],
  today: WalkToday,
): Week | null {
  if (!plan) return null;
  const monday = mondayOf(today.date);
  const told = known.week?.monday === monday && plan.id === known.plan?.id ? known.week : null;
  const week = told ?? emptyWeek(monday, plan);
  const days = plan === known.plan && told ? week.planned : chosenFrom(week, plan, today.date);
  const here = daysOfWeek(monday).flatMap((date) => sessionHere(date, week, walks) ?? []);
  const others = week.sessions.filter(({ date }) => !here.some((one) => one.date === date));
  const sessions = [...others, ...here].sort((a, b) => a.date.localeCompare(b.date));
  const done_days = week.done_days + (isDoneHere(known, today) ? 1 : 0);
  return { ...week, planned: days, sessions, done_days };
}

function emptyWeek(monday: string, plan: Plan): Week {
  return {
    ...{ monday, planned: [], minutes: plan.minutes, sessions: [], changes: [] },
    ...{ left_out: [], green: false, done_days: 0, walked_seconds: 0 },
  };
}

/** Days that were chosen anew hold from today on. */
function chosenFrom({ monday, planned }: Week, plan: Plan, today: string): string[] {
  return daysOfWeek(monday).filter((day) =>
    day < today ? planned.includes(day) : isChosen(plan, day),
  );
}

function isChosen({ days, started_on }: Plan, date: string): boolean {
  return date >= started_on && days.includes(weekdayOf(date));
}

/** A day with a walk that waits here: what it did to the back is not known yet. */
function sessionHere(
  date: string,
  { sessions }: Week,
  walks: readonly WaitingWalk[],
): Session | null {
  const more = walkedOn(date, walks);
  if (more === 0) return null;
  const told = sessions.find((one) => one.date === date);
  return { ...(told ?? EMPTY), date, light: "waiting", seconds: (told?.seconds ?? 0) + more };
}

const EMPTY: Omit<Session, "date"> = {
  ...{ seconds: 0, backward_seconds: 0, light: "waiting", rise: null, settled_days: null },
  ...{ before: null, after: null, later: null, morning: null, day_after: null },
};

export function testsOf(walks: readonly WaitingWalk[], { tests }: Walking): TestWalk[] {
  const here = walks
    .filter(({ id, purpose }) => purpose === "test" && !tests.some((one) => one.id === id))
    .map((one) => ({ id: one.id, at: one.started_at, minutes: Math.floor(secondsOf(one) / 60) }));
  return [...tests, ...here];
}

/** Monday is 0. */
export function weekdayOf(date: string): number {
  return (fromIso(date).getDay() + 6) % DAYS_OF_A_WEEK;
}

export function mondayOf(date: string): string {
  return dateAfter(date, -weekdayOf(date));
}

export function daysOfWeek(monday: string): string[] {
  return Array.from({ length: DAYS_OF_A_WEEK }, (_, i) => dateAfter(monday, i));
}

export function dateAfter(date: string, days: number): string {
  return isoDate(addDays(fromIso(date), days));
}
