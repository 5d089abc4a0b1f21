import { afterEach, describe, expect, it } from "vitest";
import { language } from "../../frame/language.svelte";
import { plotOf, type Box } from "./plot";
import type { LookBack, LookDay } from "./types";
import { asSpan } from "./types";
import { axisWords, changedWords, descriptionOf, highestAfter, painWords, rowsOf } from "./words";

const NONE = {
  backward_seconds: 0,
  before: null,
  after: null,
  later: null,
  morning: null,
  ...{ day_after: null, rise: null, settled_days: null },
} as const;

function day(date: string, minutes = 0, more: Partial<LookDay> = {}): LookDay {
  return { date, seconds: minutes * 60, light: minutes ? "green" : null, ...NONE, ...more };
}

function look(more: Partial<LookBack> = {}): LookBack {
  const days = [
    day("2026-11-17"),
    day("2026-11-18", 12, { before: 3, after: 4, later: 3, morning: 3 }),
    day("2026-11-19"),
    day("2026-11-20", 15, { before: 3, after: 4, later: 6, morning: 3, backward_seconds: 120 }),
    ...["2026-11-21", "2026-11-22", "2026-11-23"].map((date) => day(date)),
  ];
  return {
    ...{ span: "week", first: "2026-11-17", last: "2026-11-23", days, minutes: 27, days_walked: 2 },
    ...{ backward_minutes: 2, before: { minutes: 20, days_walked: 2 } },
    changed: { code: "more", minutes: 27, minutes_before: 20, pain: "lower" },
    ...more,
  };
}

afterEach(() => language.use("en"));

describe("one sentence of what changed", () => {
  it.each([
    ["more", "27 min, more than in the 7 days before: 20 min."],
    ["fewer", "27 min; in the 7 days before it was 20 min."],
    ["same", "27 min, about as in the 7 days before."],
    ["first", "27 min, the first there are."],
  ] as const)("%s", (code, words) => {
    expect(changedWords(look({ changed: { ...look().changed, code } }))).toBe(words);
  });

  it("speaks of four weeks over a month, and German in German", () => {
    expect(changedWords(look({ span: "month" }))).toContain("4 weeks before");
    language.use("de");
    expect(changedWords(look())).toBe("27 min, mehr als in den 7 Tagen davor: 20 min.");
  });

  it("speaks of pain only where enough is known", () => {
    expect(painWords(look())).toBe("Pain was lower.");
    expect(painWords(look({ changed: { ...look().changed, pain: "" } }))).toBe("");
  });
});

it("says the picture in words", () => {
  expect(descriptionOf(look())).toMatch(
    /walked on 2 days, 12 to 15 minutes a day\. On 1 of them pain rose by 3 or more after the walk\.$/,
  );
  expect(descriptionOf(look({ days: [day("2026-11-23")] }))).toBe("Nothing walked in this time");
});

it("takes the highest score after a walk, whenever it was given", () => {
  expect(highestAfter(day("", 5, { after: 2, later: 5, morning: 3 }))).toBe(5);
  expect(highestAfter(day("", 5, { after: 2, day_after: 6 }))).toBe(6);
  expect(highestAfter(day("", 5))).toBeNull();
});

it("has a table of the walked days, the newest first", () => {
  expect(
    rowsOf(look()).map(({ key, minutes, backward, scores }) => [key, minutes, backward, ...scores]),
  ).toEqual([
    ["2026-11-20", "15", "2", "3", "4", "6", "3"],
    ["2026-11-18", "12", "", "3", "4", "3", "3"],
  ]);
});

it("names weekdays of a week, and every seventh day of a month", () => {
  expect(axisWords(look())).toEqual(["Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "Mon"]);
  const month = Array.from({ length: 28 }, (_, i) =>
    day(`2026-11-${String(i + 1).padStart(2, "0")}`),
  );
  const named = axisWords(look({ span: "month", days: month })).filter((one) => one !== null);
  expect(named).toEqual(["Nov 7", "Nov 14", "Nov 21", "Nov 28"]);
});

it("takes a week for any span it does not know", () => {
  expect([asSpan("month"), asSpan("year"), asSpan(null)]).toEqual(["month", "week", "week"]);
});

describe("the picture", () => {
  const box: Box = { width: 340, em: 16, rtl: false, widthOf: (text) => text.length * 9 };
  const plot = plotOf(look(), box);

  it("has a bar and a pair of scores for each walked day, the higher score higher up", () => {
    expect(plot.minutes.bars).toHaveLength(2);
    expect(plot.pain.pairs).toHaveLength(2);
    const [, second] = plot.pain.pairs;
    expect(second?.after).toBeLessThan(second?.before ?? 0);
  });

  it("says each number where there is room, and one bar's where there is none", () => {
    expect(plot.minutes.numbers.map(({ text }) => text)).toEqual(["12", "15"]);
    const month = Array.from({ length: 28 }, (_, i) =>
      day(`2026-11-${String(i + 1).padStart(2, "0")}`, 10),
    );
    const narrow = plotOf(look({ span: "month", days: month }), box);
    expect(narrow.minutes.numbers).toHaveLength(1);
    expect(narrow.pain.numbers).toEqual([]);
  });

  it("stays inside its box and is mirrored where the language is", () => {
    const mirrored = plotOf(look(), { ...box, rtl: true });
    for (const { x, width } of [...plot.minutes.bars, ...mirrored.minutes.bars]) {
      expect(x).toBeGreaterThanOrEqual(0);
      expect(x + width).toBeLessThanOrEqual(box.width);
    }
    expect(mirrored.pain.pairs[0]?.x).toBeCloseTo(box.width - (plot.pain.pairs[0]?.x ?? 0));
  });

  it("leaves out names of days that would run into each other", () => {
    const large = plotOf(look(), { ...box, em: 32, widthOf: (text) => text.length * 20 });
    expect(large.axis.length).toBeLessThan(7);
    expect(large.axis[0]?.text).toBe("Mon");
  });
});
