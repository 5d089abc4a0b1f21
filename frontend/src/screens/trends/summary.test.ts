import { describe, expect, it } from "vitest";
import { dateOf, dayNumber, type ChartData, type ChartSpan } from "../../components/chart/data";
import { compares, headline, sentence, summaryOf } from "./summary";

const LAST = dayNumber("2026-11-23");
const DAYS: Record<ChartSpan, number> = { week: 7, month: 28, half_year: 182 };

/** Typical scores by how many days ago they were. */
function chart(span: ChartSpan, typical: Record<number, number>): ChartData {
  const days = Object.entries(typical).map(([ago, score]) => ({
    date: dateOf(LAST - Number(ago)),
    ...{ low: score, high: score, typical: score, count: 1 },
  }));
  const empty = { episodes: [], flares: [], walks: [] };
  return { span, from: dateOf(LAST - DAYS[span] + 1), to: dateOf(LAST), days, ...empty };
}

function ends(start: number, end: number): ChartData {
  return chart("month", { 27: start, 25: start, 21: start, 6: end, 3: end, 0: end });
}

describe("what changed", () => {
  it("is told from the first week to the last one", () => {
    const summary = summaryOf(ends(6, 3));
    expect(summary).toMatchObject({ kind: "less", from: 6, to: 3, entered: 6, days: 28 });
    expect(headline(summary)).toBe("Easing, from 6 to 3");
    expect(sentence(summary, "month")).toBe(
      "Your pain went from typically 6 to typically 3 over these 4 weeks.",
    );
  });

  it.each([
    [6, 4, "less"], // 2 points
    [3, 5, "more"],
    [8, 6.5, "same"], // less than 2 points, and than 30%
    [5, 3.5, "less"], // 30%
    [3, 2, "less"],
    [4, 3, "same"],
    [1, 0.5, "same"], // half a point is no change, whatever its share
    [0, 0, "same"],
    [0, 1, "more"],
  ])("from %d to %d counts as %s", (start, end, kind) => {
    expect(summaryOf(ends(start, end)).kind).toBe(kind);
  });

  it("is not told from too few days at an end", () => {
    const summary = summaryOf(chart("month", { 27: 6, 25: 6, 10: 5, 6: 3, 3: 3, 0: 3 }));
    expect(summary.kind).toBe("level");
    expect(compares(summary)).toBe(false);
    expect(headline(summary)).toBe("Typically 4");
  });

  it("over a week is told from its first and last three days", () => {
    expect(summaryOf(chart("week", { 6: 6, 4: 6, 2: 3, 0: 3 })).kind).toBe("less");
    expect(summaryOf(chart("week", { 6: 6, 3: 6, 2: 3, 0: 3 })).kind).toBe("level");
  });

  it("over six months is told from the first and last four weeks", () => {
    const six = (from: number, score: number) =>
      Object.fromEntries([0, 3, 7, 12, 20, 27].map((day) => [from - day, score]));
    expect(summaryOf(chart("half_year", { ...six(181, 3), ...six(27, 7) })).kind).toBe("more");
  });

  it("of nothing is nothing", () => {
    const summary = summaryOf(chart("week", {}));
    expect(summary).toMatchObject({ kind: "none", entered: 0, days: 7 });
    expect(sentence(summary, "week")).toBe("Nothing was entered in these 7 days.");
  });

  it("of zeros alone is a typical 0, not an empty chart", () => {
    expect(headline(summaryOf(ends(0, 0)))).toBe("About the same, around 0");
  });
});
