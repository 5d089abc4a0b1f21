import { beforeEach, describe, expect, it, vi } from "vitest";
import type { ChartData } from "./data";
import { descriptionOf, rowsOf, stretchesOf, wordsFor } from "./words";

const NOW = new Date(2026, 10, 23, 18, 0);
const WEEK: ChartData = {
  span: "week",
  from: "2026-11-17",
  to: "2026-11-23",
  days: [
    { date: "2026-11-20", low: 2, high: 7, typical: 4.5, count: 3 },
    { date: "2026-11-22", low: 0, high: 0, typical: 0, count: 1 },
  ],
  episodes: [{ from: "2025-12-30", to: null, closed_as: "" }],
  flares: [{ from: "2026-11-19", to: "2026-11-21" }],
  walks: ["2026-11-22"],
};
const MONTH: ChartData = { ...WEEK, span: "month", from: "2026-10-27" };
const HALF: ChartData = { ...WEEK, span: "half_year", from: "2026-05-26" };

beforeEach(() => {
  vi.spyOn(navigator, "languages", "get").mockReturnValue(["en-GB"]);
});

const axis = (data: ChartData, now = NOW) => wordsFor(data, now).axis.map(({ texts }) => texts[0]);

describe("below the chart", () => {
  it("a week names its days, the end first: it gives way last", () => {
    expect(axis(WEEK)).toEqual(["Today", "Sun", "Sat", "Fri", "Thu", "Wed", "Tue"]);
  });

  it("four weeks name a date in each, and the month where it is a new one", () => {
    expect(axis(MONTH)).toEqual(["Today", "27 Oct", "3 Nov", "10", "17"]);
  });

  it("six months name the months that begin in them", () => {
    expect(axis(HALF)).toEqual(["Today", "Jun", "Jul", "Aug", "Sept", "Oct", "Nov"]);
  });

  it("a chart that this phone remembers from yesterday does not end today", () => {
    expect(axis(WEEK, new Date(2026, 10, 24, 18, 0))[0]).toBe("23 Nov");
  });

  it("a diary's day that goes on after midnight is still today", () => {
    expect(axis(WEEK, new Date(2026, 10, 24, 3, 0))[0]).toBe("Today");
  });
});

it("an episode from another year says so, a flare names its days in short", () => {
  expect(stretchesOf(WEEK).map((words) => words.replace(/\s/g, " "))).toEqual([
    "Flare, 19 – 21 Nov",
    "Episode since 30 Dec 2025",
  ]);
});

describe("the table", () => {
  it("has every day, the newest first, and says where nothing was entered", () => {
    const rows = rowsOf(WEEK);
    expect(rows.map(({ typical }) => typical)).toEqual([
      ...["no entry", "0", "no entry", "4.5", "no entry", "no entry", "no entry"],
    ]);
    expect(rows[3]).toMatchObject({ days: "Fri 20 Nov", range: "2 to 7", walks: "" });
  });

  it("says a score of 0 as a score, and a walk beside it", () => {
    expect(rowsOf(WEEK)[1]).toMatchObject({ typical: "0", range: "0", walks: "yes" });
  });

  it("of six months has a row a week", () => {
    const [latest] = rowsOf(HALF);
    expect(rowsOf(HALF)).toHaveLength(26);
    expect(latest).toMatchObject({ typical: "2.5", range: "0 to 7", walks: "1 day" });
    expect(latest?.days.replace(/\s/g, " ")).toBe("17 – 23 Nov");
  });
});

describe("for who does not see it", () => {
  it("the picture is told: from when to when, between what, how it is now", () => {
    const told = descriptionOf(WEEK);
    expect(told).toMatch(/lowest score is 0, the highest 7/);
    expect(told).toMatch(/22 Nov.*typically 0/);
    expect(told).toMatch(/Episode since/);
  });

  it("an empty one says that it is", () => {
    expect(descriptionOf({ ...WEEK, days: [], episodes: [], flares: [] })).toMatch(
      /Nothing was entered\.$/,
    );
  });
});
