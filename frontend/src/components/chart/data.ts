/** What a pain chart is drawn from, cut into columns: a day each, over six months a week each. */

export type ChartSpan = "week" | "month" | "half_year";

export interface ChartDay {
  /** "2026-11-23", the person's own day. */
  date: string;
  low: number;
  high: number;
  typical: number;
  count: number;
}

/** From one date to another, or still going on. */
export interface Stretch {
  from: string;
  to: string | null;
}

export interface ChartData {
  span: ChartSpan;
  from: string;
  to: string;
  /** Only days with entries: a day that is missing is unknown. */
  days: ChartDay[];
  episodes: (Stretch & { closed_as: string })[];
  flares: Stretch[];
  walks: string[];
}

export interface Reading {
  low: number;
  high: number;
  typical: number;
}

/** Days are counted as whole numbers, in which there is no summer time. */
export interface Column {
  first: number;
  last: number;
  /** Null where nothing was entered. */
  reading: Reading | null;
  /** How many of its days have entries, and how many have walks. */
  entered: number;
  walked: number;
}

const DAY_MS = 86_400_000;
const DAYS_OF_A_WEEK = 7;

export function dayNumber(date: string): number {
  return Date.parse(`${date}T00:00Z`) / DAY_MS;
}

export function dateOf(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

export function lengthOf({ first, last }: Column): number {
  return last - first + 1;
}

/** Every column of the span, the oldest first, also those without an entry. */
export function columnsOf({ span, from, to, days, walks }: ChartData): Column[] {
  const [start, end] = [dayNumber(from), dayNumber(to)];
  const step = span === "half_year" ? DAYS_OF_A_WEEK : 1;
  const entries = new Map(days.map((day) => [dayNumber(day.date), day]));
  const walked = new Set(walks.map(dayNumber));
  const columns: Column[] = [];
  // From today backwards, so that the week that counts most is a whole one.
  for (let last = end; last >= start; last -= step) {
    const first = Math.max(start, last - step + 1);
    const numbers = Array.from({ length: last - first + 1 }, (_, i) => first + i);
    const found = numbers.flatMap((number) => entries.get(number) ?? []);
    columns.unshift({
      first,
      last,
      reading: readingOf(found),
      entered: found.length,
      walked: numbers.filter((number) => walked.has(number)).length,
    });
  }
  return columns;
}

export function readingOf(days: readonly Reading[]): Reading | null {
  if (days.length === 0) return null;
  return {
    low: Math.min(...days.map(({ low }) => low)),
    high: Math.max(...days.map(({ high }) => high)),
    typical: median(days.map(({ typical }) => typical)),
  };
}

/** To the half, as the server answers it. */
export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  const lower = sorted.length % 2 === 1 ? upper : (sorted[middle - 1] ?? upper);
  return Math.round(lower + upper) / 2;
}

/** Neighbouring columns of one sort: with an entry, or without. */
export function runsOf(columns: readonly Column[], filled: boolean): Column[][] {
  const runs: Column[][] = [];
  let open: Column[] | null = null;
  for (const column of columns) {
    if ((column.reading !== null) !== filled) open = null;
    else if (open) open.push(column);
    else runs.push((open = [column]));
  }
  return runs;
}
