/** Dates and times in the person's own language and zone, through Intl. */
import { m } from "../paraglide/messages.js";
import { getLocale } from "../paraglide/runtime.js";

export const DAYS = [0, 1, 2, 3, 4, 5, 6] as const;
const A_DAY = "2024-01-01";
const A_MONDAY = Date.parse(A_DAY);
const HOUR_AND_MINUTE = { hour: "2-digit", minute: "2-digit" } as const;
const DAY_MS = 86_400_000;

/** The browser's region where it speaks the app's language: 17:30 in London, 5:30 pm in Boston. */
function tag(): string {
  const locale = getLocale();
  const regional = navigator.languages.find((name) => name.split("-")[0] === locale);
  if (regional && regional !== locale) return regional;
  return locale === "en" ? "en-GB" : locale;
}

function format(at: Date, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(tag(), options).format(at);
}

export function time(at: Date): string {
  return format(at, HOUR_AND_MINUTE);
}

/** A wall-clock time of the API, "17:30", as it is written here. */
export function clockTime(hhmm: string): string {
  const at = new Date(`${A_DAY}T${hhmm}Z`);
  return new Intl.DateTimeFormat(tag(), { ...HOUR_AND_MINUTE, timeZone: "UTC" }).format(at);
}

/**
 * "Monday 23 November", from our own catalogue: Today shows it at once, and loading Intl's calendar
 * is the slowest step of a cold start.
 */
export function longDate(at: Date): string {
  return m.long_date({ weekday: weekdayName(at), day: at.getDate(), month: monthName(at) });
}

function weekdayName(at: Date): string {
  const monday0 = (at.getDay() + 6) % 7;
  return m.weekday_name({ weekday: String(monday0) });
}

function monthName(at: Date): string {
  return m.month_name({ month: String(at.getMonth() + 1) });
}

export function shortDate(at: Date): string {
  return format(at, { weekday: "short", day: "numeric", month: "short" });
}

/** A calendar date of the API, "2026-11-03", which lies in no zone: "3 Nov", "Nov", "Tue". */
export function calendarDate(date: string, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(tag(), { ...options, timeZone: "UTC" }).format(new Date(date));
}

/** "8 – 12 Nov": as much of both dates as it takes. */
export function calendarRange(
  from: string,
  to: string,
  options: Intl.DateTimeFormatOptions,
): string {
  const dates = new Intl.DateTimeFormat(tag(), { ...options, timeZone: "UTC" });
  return dates.formatRange(new Date(from), new Date(to));
}

/** "4.5", or "4,5" */
export function decimal(value: number): string {
  return new Intl.NumberFormat(tag(), { maximumFractionDigits: 1 }).format(value);
}

/** Monday is 0, as in the API. */
export function weekday(day: number, length: "long" | "short"): string {
  return format(new Date(A_MONDAY + day * DAY_MS), { weekday: length, timeZone: "UTC" });
}

export function list(items: string[]): string {
  return new Intl.ListFormat(tag(), { type: "conjunction" }).format(items);
}

/** Whole calendar days from `now` to `at`: 0 is today, -1 yesterday, 1 tomorrow. */
export function daysAway(at: Date, now: Date): number {
  const midnight = (d: Date) => Date.UTC(d.getFullYear(), d.getMonth(), d.getDate());
  return Math.round((midnight(at) - midnight(now)) / DAY_MS);
}

/** As a sentence begins. Catalogues hold the words as they stand inside one. */
export function capitalised(words: string): string {
  return words.charAt(0).toLocaleUpperCase(tag()) + words.slice(1);
}

/** "today", "yesterday", "tomorrow", a weekday within the coming week, else the date. */
export function dayName(at: Date, now: Date): string {
  const away = daysAway(at, now);
  if (away === 0) return m.day_today();
  if (away === -1) return m.day_yesterday();
  if (away === 1) return m.day_tomorrow();
  return away > 1 && away < 7 ? weekdayName(at) : longDate(at);
}

/** "today 17:30" */
export function dayAndTime(at: Date, now: Date): string {
  return m.day_at_time({ day: dayName(at, now), time: time(at) });
}

/** "this morning", "yesterday evening", "on Friday 21 November": when a score was noted. */
export function momentInWords(at: Date, now: Date): string {
  const away = daysAway(at, now);
  if (away < -1 || away > 0) return m.moment_on({ date: longDate(at) });
  const hour = at.getHours();
  const today = away === 0;
  if (hour < 12) return today ? m.moment_this_morning() : m.moment_yesterday_morning();
  if (hour < 18) return today ? m.moment_this_afternoon() : m.moment_yesterday_afternoon();
  return today ? m.moment_this_evening() : m.moment_yesterday_evening();
}

/** "Every day", "Monday to Friday", "Mon, Wed and Fri" */
export function daysInWords(days: readonly number[]): string {
  const chosen = [...new Set(days)].sort((a, b) => a - b);
  if (chosen.length === 7) return m.days_every();
  if (chosen.join() === "0,1,2,3,4") return m.days_workdays();
  if (chosen.join() === "5,6") return m.days_weekend();
  return list(chosen.map((day) => weekday(day, "short")));
}
