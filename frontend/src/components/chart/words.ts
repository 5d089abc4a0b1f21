/** What the chart and its table say. */
import { calendarDate, calendarRange, decimal } from "../../frame/format";
import { m } from "../../paraglide/messages.js";
import {
  columnsOf,
  dateOf,
  dayNumber,
  type ChartData,
  type Column,
  type Reading,
  type Stretch,
} from "./data";
import type { PlotWords } from "./plot";

const DAY = { day: "numeric", month: "short" } as const;
const WEEK = 7;
const LATEST_END = 6;
const HOUR_MS = 3_600_000;

export function wordsFor(data: ChartData, now: Date): PlotWords {
  return {
    score: decimal,
    episode: (stretch) => [episodeName(stretch, data.to), m.chart_episode_short()],
    flare: (stretch) => [flareName(stretch, data.to), m.chart_flare_short()],
    gap: [m.chart_gap()],
    walks: (days) => [m.chart_walks({ count: days }), m.chart_walks_short()],
    axis: axisOf(data, now),
  };
}

/** "3 Nov"; with its year where it is not this one. */
export function shortDay(date: string, today: string): string {
  return calendarDate(date, formOf(date, today));
}

export function episodeName({ from, to }: Stretch, today: string): string {
  if (to === null) return m.chart_episode_since({ date: shortDay(from, today) });
  return m.chart_episode({ days: daysInWords(from, to, today) });
}

export function flareName({ from, to }: Stretch, today: string): string {
  if (to === null) return m.chart_flare_since({ date: shortDay(from, today) });
  return m.chart_flare({ days: daysInWords(from, to, today) });
}

/** "3 Nov", "3 – 9 Nov" */
export function daysInWords(from: string, to: string, today: string): string {
  return calendarRange(from, to, formOf(from, today));
}

function formOf(date: string, today: string): Intl.DateTimeFormatOptions {
  const thisYear = date.slice(0, 4) === today.slice(0, 4);
  return thisYear ? DAY : { ...DAY, year: "numeric" };
}

/* --- below the chart ------------------------------------------------------------------------------ */

type AxisWish = PlotWords["axis"][number];

function axisOf(data: ChartData, now: Date): AxisWish[] {
  const [first, last] = [dayNumber(data.from), dayNumber(data.to)];
  const end = isToday(data.to, now) ? m.chart_today() : shortDay(data.to, data.to);
  return [{ day: last, texts: [end] }, ...NAMED_DAYS[data.span](first, last)];
}

const NAMED_DAYS = { week: weekdays, month: weeks, half_year: months };

/** What this phone remembers may end with another day. A diary's day may last until six. */
function isToday(date: string, now: Date): boolean {
  return [0, LATEST_END].some((hours) => {
    const at = new Date(now.getTime() - hours * HOUR_MS);
    return Date.UTC(at.getFullYear(), at.getMonth(), at.getDate()) === Date.parse(date);
  });
}

/** The newest first: where there is no room for all, every other one goes. */
function weekdays(first: number, last: number): AxisWish[] {
  return range(first, last - 1)
    .reverse()
    .map((day) => ({ day, texts: [calendarDate(dateOf(day), { weekday: "short" })] }));
}

/** A date every seven days, with its month where that is a new one. */
function weeks(first: number, last: number): AxisWish[] {
  const starts = range(first, last - 1).filter((day) => (day - first) % WEEK === 0);
  return starts.map((day, i) => {
    const date = dateOf(day);
    const number = m.chart_day_number({ day: Number(date.slice(8)) });
    const before = starts[i - 1];
    const newMonth = before === undefined || dateOf(before).slice(0, 7) !== date.slice(0, 7);
    return { day, texts: newMonth ? [calendarDate(date, DAY), number] : [number] };
  });
}

function months(first: number, last: number): AxisWish[] {
  return range(first, last)
    .filter((day) => dateOf(day).endsWith("-01"))
    .map((day) => ({ day, texts: [calendarDate(dateOf(day), { month: "short" })] }));
}

function range(first: number, last: number): number[] {
  return Array.from({ length: Math.max(last - first + 1, 0) }, (_, i) => first + i);
}

/* --- for those who do not see it ------------------------------------------------------------------- */

const NAMES = { week: m.chart_week, month: m.chart_month, half_year: m.chart_half_year };

export function titleOf({ span }: ChartData): string {
  return NAMES[span]();
}

/** The picture in a few sentences; the table has every number. */
export function descriptionOf(data: ChartData): string {
  const { days, from, to } = data;
  const whole = { days: daysInWords(from, to, to) };
  if (days.length === 0) return m.chart_described_empty(whole);
  const low = Math.min(...days.map((day) => day.low));
  const high = Math.max(...days.map((day) => day.high));
  const latest = days.at(-1);
  return [
    m.chart_described({ ...whole, low, high }),
    m.chart_described_latest({
      date: shortDay(latest?.date ?? to, to),
      typical: decimal(latest?.typical ?? 0),
    }),
    ...stretchesOf(data).map((words) => `${words}.`),
  ].join(" ");
}

/** Episodes and flares, the newest first. */
export function stretchesOf({ episodes, flares, to }: ChartData): string[] {
  const named = [
    ...episodes.map((one) => ({ from: one.from, words: episodeName(one, to) })),
    ...flares.map((one) => ({ from: one.from, words: flareName(one, to) })),
  ];
  return named.sort((a, b) => b.from.localeCompare(a.from)).map(({ words }) => words);
}

/* --- the table ------------------------------------------------------------------------------------- */

export interface TableRow {
  key: string;
  days: string;
  typical: string;
  range: string;
  walks: string;
}

/** The newest first; days without an entry say so. */
export function rowsOf(data: ChartData): TableRow[] {
  const byWeek = data.span === "half_year";
  return columnsOf(data)
    .reverse()
    .map((column) => ({
      key: dateOf(column.first),
      days: byWeek
        ? daysInWords(dateOf(column.first), dateOf(column.last), data.to)
        : calendarDate(dateOf(column.first), { weekday: "short", ...DAY }),
      typical: column.reading ? decimal(column.reading.typical) : m.chart_no_entry(),
      range: column.reading ? rangeInWords(column.reading) : "",
      walks: walksInWords(column, byWeek),
    }));
}

function rangeInWords({ low, high }: Reading): string {
  return low === high ? decimal(low) : m.chart_from_to({ from: decimal(low), to: decimal(high) });
}

function walksInWords({ walked }: Column, byWeek: boolean): string {
  if (walked === 0) return "";
  return byWeek ? m.chart_walk_days({ count: walked }) : m.chart_walk_day();
}
