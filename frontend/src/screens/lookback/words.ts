/** A week or a month of walks in sentences, and every number of its table. */
import { calendarDate, calendarRange } from "../../frame/format";
import { m } from "../../paraglide/messages.js";
import { minutesOf } from "../move/words";
import type { LookBack, LookDay } from "./types";

const SHORT = { day: "numeric", month: "short" } as const;
/** A rise over the score before the walk that is clear. */
const CLEAR_RISE = 3;

/** One sentence of what changed, and one of the pain where enough is known. */
export function changedWords({ changed, span }: LookBack): string {
  const { code, minutes, minutes_before: before } = changed;
  const week = span === "week";
  if (code === "first") return m.look_first({ minutes });
  if (code === "same") {
    return week ? m.look_same_week({ minutes }) : m.look_same_month({ minutes });
  }
  const two = { minutes, before };
  if (code === "more") return week ? m.look_more_week(two) : m.look_more_month(two);
  return week ? m.look_fewer_week(two) : m.look_fewer_month(two);
}

export function painWords({ changed }: LookBack): string {
  if (changed.pain === "lower") return m.look_pain_lower();
  if (changed.pain === "higher") return m.look_pain_higher();
  return changed.pain === "same" ? m.look_pain_same() : "";
}

/** The highest score after a walk; null where none was given. */
export function highestAfter({ after, later, morning, day_after }: LookDay): number | null {
  const given = [after, later, morning, day_after].filter((score) => score !== null);
  return given.length > 0 ? Math.max(...given) : null;
}

/** The picture in a few sentences. */
export function descriptionOf({ days, first, last }: LookBack): string {
  const walked = days.filter(({ seconds }) => seconds > 0);
  const range = calendarRange(first, last, SHORT);
  if (walked.length === 0) return m.look_nothing();
  const minutes = walked.map(({ seconds }) => minutesOf(seconds));
  const rose = walked.filter(isClearRise).length;
  return [
    m.look_described({
      days: range,
      count: walked.length,
      least: Math.min(...minutes),
      most: Math.max(...minutes),
    }),
    rose > 0 ? m.look_described_pain({ count: rose }) : m.look_described_calm(),
  ].join(" ");
}

function isClearRise(day: LookDay): boolean {
  const after = highestAfter(day);
  return after !== null && day.before !== null && after - day.before >= CLEAR_RISE;
}

export interface TableRow {
  key: string;
  day: string;
  minutes: string;
  backward: string;
  scores: string[];
}

/** The newest first; only days with a walk. */
export function rowsOf({ days }: LookBack): TableRow[] {
  return days
    .filter(({ seconds }) => seconds > 0)
    .map((day) => ({
      key: day.date,
      day: calendarDate(day.date, { weekday: "short", ...SHORT }),
      minutes: String(minutesOf(day.seconds)),
      backward: day.backward_seconds > 0 ? String(minutesOf(day.backward_seconds)) : "",
      scores: [day.before, day.after, day.later, day.morning].map(scoreWords),
    }))
    .reverse();
}

function scoreWords(score: number | null): string {
  return score === null ? m.look_no_score() : String(score);
}

/** Below the chart: weekdays of a week, a date every seven days of a month. */
export function axisWords({ days, span }: LookBack): (string | null)[] {
  if (span === "week") return days.map(({ date }) => calendarDate(date, { weekday: "short" }));
  const last = days.length - 1;
  return days.map(({ date }, i) => ((last - i) % 7 === 0 ? calendarDate(date, SHORT) : null));
}
