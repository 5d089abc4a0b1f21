import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { columnsOf, dateOf, dayNumber, median, runsOf, type ChartData } from "./data";

const MONTH: ChartData = {
  span: "month",
  from: "2026-10-27",
  to: "2026-11-23",
  days: [],
  episodes: [],
  flares: [],
  walks: [],
};

function day(date: string, typical: number, low = typical, high = typical) {
  return { date, low, high, typical, count: 1 };
}

describe("columns", () => {
  it("are the days, also those on which nothing was entered", () => {
    const columns = columnsOf({ ...MONTH, days: [day("2026-11-22", 3, 2, 5)] });
    expect(columns).toHaveLength(28);
    expect(columns.at(-1)?.reading).toBeNull();
    expect(columns.at(-2)?.reading).toMatchObject({ low: 2, high: 5, typical: 3 });
  });

  it("take a score of 0 for what it is: an entry", () => {
    const columns = columnsOf({ ...MONTH, days: [day("2026-11-23", 0)] });
    expect(columns.at(-1)?.reading).toEqual({ low: 0, high: 0, typical: 0 });
    expect(columns.at(-1)?.entered).toBe(1);
  });

  it("are weeks over six months, the one that ends today a whole one", () => {
    const half: ChartData = { ...MONTH, span: "half_year", from: "2026-05-25" };
    const columns = columnsOf(half);
    const [first, last] = [columns[0], columns.at(-1)];
    expect(columns).toHaveLength(27);
    expect([dateOf(first?.first ?? 0), dateOf(first?.last ?? 0)]).toEqual([
      "2026-05-25",
      "2026-05-25",
    ]);
    expect([dateOf(last?.first ?? 0), dateOf(last?.last ?? 0)]).toEqual([
      "2026-11-17",
      "2026-11-23",
    ]);
  });

  it("of a week take its lowest, its highest and the middle of its days", () => {
    const days = [
      day("2026-11-17", 6, 5, 8),
      day("2026-11-19", 3, 1, 4),
      day("2026-11-23", 4, 4, 4),
    ];
    const walks = ["2026-11-18", "2026-11-19", "2026-11-10"];
    const columns = columnsOf({ ...MONTH, span: "half_year", days, walks });
    expect(columns.at(-1)).toMatchObject({
      reading: { low: 1, high: 8, typical: 4 },
      entered: 3,
      walked: 2,
    });
    expect(columns.at(-2)).toMatchObject({ reading: null, entered: 0, walked: 1 });
  });

  it("of a single day are one", () => {
    const today = { ...MONTH, from: "2026-11-23", days: [day("2026-11-23", 7)] };
    expect(columnsOf(today)).toHaveLength(1);
  });
});

describe.each(["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Auckland"])(
  "where the clocks change, in %s,",
  (zone) => {
    const before = process.env["TZ"];
    beforeEach(() => (process.env["TZ"] = zone));
    afterEach(() => (process.env["TZ"] = before));

    it("every day of the year is one day", () => {
      const start = dayNumber("2026-01-01");
      const dates = Array.from({ length: 365 }, (_, i) => dateOf(start + i));
      expect(new Set(dates).size).toBe(365);
      expect(dates.map(dayNumber)).toEqual(dates.map((_, i) => start + i));
      expect(dates.at(-1)).toBe("2026-12-31");
    });
  },
);

it("the middle of an even number lies between two, to the half", () => {
  expect(median([3])).toBe(3);
  expect(median([2, 7, 3])).toBe(3);
  expect(median([3, 4])).toBe(3.5);
  expect(median([3, 3.5])).toBe(3.5);
});

describe("runs", () => {
  const columns = columnsOf({
    ...MONTH,
    from: "2026-11-17",
    days: ["2026-11-18", "2026-11-19", "2026-11-22"].map((date) => day(date, 4)),
  });

  it("end where nothing was entered", () => {
    expect(runsOf(columns, true).map((run) => run.length)).toEqual([2, 1]);
  });

  it("without an entry are found as well", () => {
    expect(runsOf(columns, false).map((run) => run.length)).toEqual([1, 2, 1]);
  });
});
