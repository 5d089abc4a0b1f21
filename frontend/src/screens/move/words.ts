/** Why the plan is as it is, and what walks did, in sentences. */
import { calendarDate, capitalised, decimal, weekday } from "../../frame/format";
import { m } from "../../paraglide/messages.js";
import { dateAfter, weekdayOf } from "./localday";
import type { Change, FollowUp, Light, Session, Week } from "./types";

const SHORT = { day: "numeric", month: "short" } as const;
/** From here on a rise is worth its number; below it, something else was too much. */
const CLEAR_RISE = 3;
const DAYS_OF_A_WEEK = 7;

/** "Tuesday's walk", as seen from `today`; with a date once its weekday would be another one. */
export function walkName(date: string, today: string): string {
  if (date === today) return m.move_walk_today();
  if (date === dateAfter(today, -1)) return m.move_walk_yesterday();
  if (date < today && date > dateAfter(today, -DAYS_OF_A_WEEK)) {
    return m.move_walk_weekday({ day: weekday(weekdayOf(date), "long") });
  }
  return m.move_walk_on({ date: calendarDate(date, SHORT) });
}

/** "Tuesday", or "Tue, 3 Nov" where that could be any Tuesday. */
export function dayLabel(date: string, today: string): string {
  if (date === today) return capitalised(m.day_today());
  if (date === dateAfter(today, -1)) return capitalised(m.day_yesterday());
  const near = date > dateAfter(today, -DAYS_OF_A_WEEK) && date < dateAfter(today, DAYS_OF_A_WEEK);
  if (near) return weekday(weekdayOf(date), "long");
  return calendarDate(date, { weekday: "short", ...SHORT });
}

/** The sentence of why. */
export function whyWords(change: Change, today: string): string {
  const { before, minutes, done, planned } = change;
  const week = { minutes, done: done ?? 0, planned: planned ?? 0 };
  switch (change.code) {
    case "start":
      return m.move_why_start({ minutes });
    case "rose":
      return m.move_why_rose({ ...week, before });
    case "more_days":
      return m.move_why_more_days({ minutes });
    case "at_target":
      return m.move_why_at_target({ minutes });
    case "held_few":
      return m.move_why_held_few(week);
    case "held_first_week":
      return m.move_why_held_first_week({ minutes });
    case "held_rest":
      return m.move_why_held_rest({ minutes });
    case "lowered_ambers":
      return m.move_why_lowered_ambers({ before, minutes });
    case "lowered_missed":
      return m.move_why_lowered_missed({ before, minutes });
    case "again":
      return m.move_why_again({ minutes });
    case "flare_over":
      return m.move_why_flare_over({ before, minutes });
    case "easy_over":
      return m.move_why_easy_over({ minutes });
    default:
      return becauseOfAWalk(change, today);
  }
}

function becauseOfAWalk(change: Change, today: string): string {
  const { before, minutes, rise } = change;
  if (change.walk_on === null) return m.move_why_held({ minutes });
  const walk = walkName(change.walk_on, today);
  switch (change.code) {
    case "held_amber":
      return heldAmber(change, walk);
    case "held_red":
      return m.move_why_held_red({ minutes, walk });
    case "held_unanswered":
      return m.move_why_held_unanswered({ minutes, walk });
    case "held_waiting":
      return m.move_why_held_waiting({ minutes, walk });
    case "lowered_red":
      return rise !== null && rise >= CLEAR_RISE
        ? m.move_why_lowered_red_rise({ before, minutes, walk, rise })
        : m.move_why_lowered_red({ before, minutes, walk: walk });
    default:
      return m.move_why_held({ minutes });
  }
}

function heldAmber({ minutes, rise, settled_days: settled }: Change, walk: string): string {
  if (rise === null || rise < CLEAR_RISE) return m.move_why_held_much({ minutes, walk });
  if (settled === null) return m.move_why_held_rise({ minutes, walk, rise });
  if (settled === 0) return m.move_why_held_same_day({ minutes, walk, rise });
  return m.move_why_held_days({ minutes, walk, rise, count: settled });
}

/** What a walk did, as it stands inside a sentence. */
export function lightWords({ light, rise }: Pick<Session, "light" | "rise">): string {
  if (light === "green") return m.move_light_green();
  if (light === "waiting") return m.move_light_waiting();
  if (light === "unknown") return m.move_light_unknown();
  const clear = rise !== null && rise >= CLEAR_RISE;
  if (light === "amber") return clear ? m.move_light_amber_rise({ rise }) : m.move_light_amber();
  return clear ? m.move_light_red_rise({ rise }) : m.move_light_red();
}

/** Whole minutes; less than one is still one. */
export function minutesOf(seconds: number): number {
  return seconds === 0 ? 0 : Math.max(1, Math.floor(seconds / 60));
}

export function minutesWords(seconds: number): string {
  return decimal(minutesOf(seconds));
}

/** One day of a week, its mark and what it says. */
export interface DayMark {
  date: string;
  /** The shape: a walk's light, or what became of the day. */
  mark: Light | "planned" | "missed" | "free" | "left_out";
  minutes: number;
  today: boolean;
  words: string;
}

export function marksOf(week: Week, today: string): DayMark[] {
  return Array.from({ length: DAYS_OF_A_WEEK }, (_, i) => {
    const date = dateAfter(week.monday, i);
    const session = week.sessions.find((one) => one.date === date);
    const minutes = minutesOf(session?.seconds ?? 0);
    const mark = session ? session.light : unwalked(week, date, today);
    return { date, mark, minutes, today: date === today, words: dayWords(date, mark, session) };
  });
}

function unwalked({ left_out, planned }: Week, date: string, today: string): DayMark["mark"] {
  if (left_out.includes(date)) return "left_out";
  if (!planned.includes(date)) return "free";
  return date < today ? "missed" : "planned";
}

function dayWords(date: string, mark: DayMark["mark"], session: Session | undefined): string {
  const day = weekday(weekdayOf(date), "long");
  if (session) {
    const light = lightWords(session);
    return m.move_day_walked({ day, minutes: minutesOf(session.seconds), light });
  }
  if (mark === "left_out") return m.move_day_left_out({ day });
  if (mark === "planned") return m.move_day_planned({ day });
  return mark === "missed" ? m.move_day_missed({ day }) : m.move_day_free({ day });
}

export function followUpWords({ which, walk }: FollowUp): string {
  if (which === "morning") return m.ring_follow_morning();
  if (which === "day_after") return m.ring_follow_day_after();
  return m.ring_follow_later({ count: minutesOf(walk.seconds) });
}

export function followUpPath({ id }: Pick<FollowUp, "id">): string {
  return `/walk/later/${id}`;
}
