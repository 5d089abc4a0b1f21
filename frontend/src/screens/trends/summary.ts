/** A chart in one finding: what was typical at its start and at its end, and nothing finer. */
import {
  columnsOf,
  dayNumber,
  median,
  type ChartData,
  type ChartSpan,
} from "../../components/chart/data";
import { decimal } from "../../frame/format";
import { m } from "../../paraglide/messages.js";

export interface Summary {
  /** `level`: too few days at an end to say how it changed. */
  kind: "none" | "level" | "same" | "less" | "more";
  typical: number;
  from: number;
  to: number;
  entered: number;
  days: number;
}

/** How long the start and the end are, and how many of their days must have entries. */
const ENDS: Record<ChartSpan, { days: number; fewest: number }> = {
  week: { days: 3, fewest: 2 },
  month: { days: 7, fewest: 3 },
  half_year: { days: 28, fewest: 6 },
};
/** About 2 points or 30% (Ostelo 2008). Half points between medians alone are no change: ours. */
const POINTS = 2;
const SHARE = 0.3;
const SMALLEST = 1;

export function summaryOf(data: ChartData): Summary {
  const { days, fewest } = ENDS[data.span];
  const [first, last] = [dayNumber(data.from), dayNumber(data.to)];
  const start = typicalOf(data, first, first + days - 1, fewest);
  const end = typicalOf(data, last - days + 1, last, fewest);
  const typical = typicalOf(data, first, last, 1) ?? 0;
  return {
    kind: data.days.length === 0 ? "none" : changeOf(start, end),
    typical,
    from: start ?? typical,
    to: end ?? typical,
    entered: data.days.length,
    days: last - first + 1,
  };
}

function typicalOf(data: ChartData, first: number, last: number, fewest: number): number | null {
  const within = data.days.filter(({ date }) => {
    const day = dayNumber(date);
    return first <= day && day <= last;
  });
  return within.length < fewest ? null : median(within.map((day) => day.typical));
}

function changeOf(from: number | null, to: number | null): Summary["kind"] {
  if (from === null || to === null) return "level";
  const by = Math.abs(to - from);
  const matters = by >= POINTS || (by >= SMALLEST && by >= SHARE * from);
  if (!matters) return "same";
  return to < from ? "less" : "more";
}

/** "Easing, from 6 to 3" */
export function headline({ kind, typical, from, to }: Summary): string {
  const change = { from: decimal(from), to: decimal(to) };
  if (kind === "less") return m.trends_less(change);
  if (kind === "more") return m.trends_more(change);
  if (kind === "same") return m.trends_same({ typical: decimal(typical) });
  return kind === "level" ? m.trends_level({ typical: decimal(typical) }) : m.trends_none();
}

/** "Your pain went from typically 6 to typically 3 over these 4 weeks." */
export function sentence({ kind, typical, from, to }: Summary, span: ChartSpan): string {
  const over = OVER[span]();
  const change = { over, from: decimal(from), to: decimal(to) };
  if (kind === "less") return m.trends_less_long(change);
  if (kind === "more") return m.trends_more_long(change);
  if (kind === "same") return m.trends_same_long(change);
  if (kind === "level") return m.trends_level_long({ over, typical: decimal(typical) });
  return m.trends_none_long({ over });
}

const OVER = {
  week: m.trends_over_week,
  month: m.trends_over_month,
  half_year: m.trends_over_half,
};

/** Only where two ends were compared is there a change to weigh. */
export function compares({ kind }: Summary): boolean {
  return kind === "same" || kind === "less" || kind === "more";
}

/** Whether some day or week had more than one score to range between. */
export function hasRanges(data: ChartData): boolean {
  return columnsOf(data).some(({ reading }) => reading && reading.low < reading.high);
}
