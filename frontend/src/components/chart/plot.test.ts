import { describe, expect, it } from "vitest";
import { dateOf, dayNumber, type ChartData } from "./data";
import { plotOf, type Plot, type PlotWords } from "./plot";
import type { Box } from "./scale";

/** Half as wide as high, like most letters. */
const letters = (em: number) => (text: string) => (text.length * em) / 2;
const BOX: Box = { width: 296, height: 300, em: 16, rtl: false, widthOf: letters(16) };
const WORDS: PlotWords = {
  score: String,
  episode: ({ from, to }) => [
    to ? `Episode, ${from} to ${to}` : `Episode since ${from}`,
    "Episode",
  ],
  flare: () => ["Flare"],
  gap: ["no entries"],
  walks: (days) => [`Walks on ${days} days`, "Walks"],
  axis: [{ day: dayNumber("2026-11-23"), texts: ["Today"] }],
};
const LAST = dayNumber("2026-11-23");

/** The last days up to today; null where nothing was entered. */
function chart(scores: (number | [low: number, typical: number, high: number] | null)[]) {
  const first = LAST - scores.length + 1;
  const days = scores.flatMap((score, i) => {
    if (score === null) return [];
    const [low, typical, high] = typeof score === "number" ? [score, score, score] : score;
    return [{ date: dateOf(first + i), low, typical, high, count: 1 }];
  });
  const empty = { episodes: [], flares: [], walks: [] };
  return { span: "month", from: dateOf(first), to: dateOf(LAST), days, ...empty } as ChartData;
}

function plot(data: ChartData, box: Partial<Box> = {}): Plot {
  return plotOf(data, { ...BOX, ...box }, WORDS);
}

const texts = (labels: { text: string }[]) => labels.map(({ text }) => text);
const month = (score: number | null) => Array<number | null>(28).fill(score);
const ago = (days: number) => dateOf(LAST - days);

describe("scores", () => {
  it("lie between their lines: 0 at the bottom, 10 at the top", () => {
    const { scores, latest } = plot(chart([...month(5).slice(1), 5]));
    const [ten, five, zero] = scores.map(({ y }) => y);
    expect(texts(scores.map(({ text }) => text))).toEqual(["10", "5", "0"]);
    expect(five).toBeCloseTo(((ten ?? 0) + (zero ?? 0)) / 2);
    expect(latest?.y).toBeCloseTo(five ?? 0);
  });

  it("that are all 0 are drawn on the line of 0", () => {
    const { lines, latest, scores } = plot(chart(month(0)));
    const zero = scores.at(-1)?.y ?? 0;
    expect(lines).toHaveLength(1);
    expect(lines[0]?.match(/[\d.]+/g)?.filter((_, i) => i % 2)).toEqual(
      Array<string>(3 * 27 + 1).fill(zero.toFixed(1)),
    );
    expect(latest).toMatchObject({ y: zero, text: "0" });
  });

  it("show how far a day ranged, and no range where there was none", () => {
    const { ranges, scores } = plot(chart([...month(4).slice(2), [2, 3, 6], 4]));
    const [range] = ranges;
    const y = (score: number) => {
      const [ten, , zero] = scores.map((one) => one.y);
      return (zero ?? 0) - (((zero ?? 0) - (ten ?? 0)) * score) / 10;
    };
    expect(ranges).toHaveLength(1);
    const round = (range?.width ?? 0) / 2;
    expect(range?.y).toBeCloseTo(y(6) - round);
    expect((range?.y ?? 0) + (range?.height ?? 0)).toBeCloseTo(y(2) + round);
  });

  it("name the highest, and the latest in its disc", () => {
    const { names, latest } = plot(chart([...month(3).slice(8), [5, 6, 9], ...month(2).slice(21)]));
    expect(texts(names)).toEqual(["9"]);
    expect(latest?.text).toBe("2");
  });

  it("say the highest only once where it is the latest", () => {
    expect(plot(chart([...month(3).slice(1), 8])).names).toEqual([]);
  });
});

describe("a day without an entry", () => {
  it("has no line through it", () => {
    const { lines, dots } = plot(chart([4, 4, 4, null, 4, 4, null, 7, null, ...month(3).slice(9)]));
    expect(lines).toHaveLength(3);
    expect(dots).toHaveLength(1);
  });

  it("is said in words where it is one of many", () => {
    const data = chart([...month(4).slice(14), ...month(null).slice(14)]);
    expect(texts(plot(data).asides)).toContain("no entries");
    const short = chart([...month(4).slice(2), null, null]);
    expect(texts(plot(short).asides)).not.toContain("no entries");
  });

  it("is all there is before the first entry", () => {
    const { lines, dots, latest, ranges, names, scores } = plot(chart(month(null)));
    expect({ lines, dots, latest, ranges, names }).toEqual({
      ...{ lines: [], dots: [], latest: null, ranges: [], names: [] },
    });
    expect(scores).toHaveLength(3);
  });
});

it("a single day is a disc in the picture", () => {
  const { latest, lines } = plot(chart([6]));
  expect(lines).toEqual([]);
  expect(latest?.text).toBe("6");
  expect((latest?.x ?? 0) + (latest?.r ?? 0)).toBeLessThanOrEqual(BOX.width);
});

describe("a week", () => {
  const week: ChartData = { ...chart([3, 4, [2, 4.5, 7], null, 5, 4, 3]), span: "week" };

  it("has every day's number on its stone", () => {
    const { stones, latest, names } = plot(week);
    expect(texts(stones)).toEqual(["3", "4", "4.5", "5", "4"]);
    expect(latest?.text).toBe("3");
    expect(names).toEqual([]);
  });

  it("has stones that do not touch, and none where they would", () => {
    const { stones } = plot(week);
    expect(stones.slice(1).every(({ x, r }, i) => x - (stones[i]?.x ?? 0) >= 2 * r)).toBe(true);
    expect(plot(week, { em: 32 }).stones).toEqual([]);
  });
});

describe("an episode", () => {
  const data = chart(month(4));

  it("that goes on has no end in the picture, and says since when", () => {
    const { episodes, names } = plot({
      ...data,
      episodes: [{ from: ago(9), to: null, closed_as: "" }],
    });
    const [band] = episodes;
    expect((band?.x ?? 0) + (band?.width ?? 0)).toBe(BOX.width);
    expect(texts(names)).toContain(`Episode since ${ago(9)}`);
  });

  it("from before the chart starts where the chart does", () => {
    const open = { from: "2026-01-01", to: null, closed_as: "" };
    const [band] = plot({ ...data, episodes: [open] }).episodes;
    expect(band?.x).toBeCloseTo(1.9 * BOX.em);
  });

  it("that was over before the chart, or begins after it, is not drawn", () => {
    const episodes = [
      { from: "2026-01-01", to: "2026-02-01", closed_as: "gone" },
      { from: "2027-01-01", to: null, closed_as: "" },
    ];
    expect(plot({ ...data, episodes }).episodes).toEqual([]);
  });

  it("of one day can still be seen", () => {
    const half: ChartData = { ...chart(Array<number>(182).fill(4)), span: "half_year" };
    const episodes = [{ from: ago(50), to: ago(50), closed_as: "gone" }];
    expect(plot({ ...half, episodes }).episodes[0]?.width).toBeGreaterThanOrEqual(6);
  });
});

it("a flare is marked on a row of its own below the episode's name", () => {
  const { flares, names } = plot({
    ...chart(month(5)),
    episodes: [{ from: ago(20), to: null, closed_as: "" }],
    flares: [{ from: ago(12), to: ago(9) }],
  });
  const [episode, flare] = names;
  expect(flare?.text).toBe("Flare");
  expect((flare?.y ?? 0) - (episode?.y ?? 0)).toBe(1.5 * BOX.em);
  expect(flares[0]?.y).toBeGreaterThan(flare?.y ?? 0);
});

describe("walks", () => {
  it("are marks below 0, with their number in words", () => {
    const { walks, names, scores } = plot({ ...chart(month(4)), walks: [ago(1), ago(3)] });
    expect(walks).toHaveLength(2);
    expect(walks.every(({ y }) => y > (scores.at(-1)?.y ?? 0))).toBe(true);
    expect(texts(names)).toContain("Walks on 2 days");
  });

  it("over six months are as high as the share of the week's days", () => {
    const half: ChartData = { ...chart(Array<number>(182).fill(4)), span: "half_year" };
    const all = [0, 1, 2, 3, 4, 5, 6].map(ago);
    const four = [8, 9, 10, 11].map(ago);
    const [before, latest] = plot({ ...half, walks: [...all, ...four] }).walks;
    expect(before?.height).toBeCloseTo((BOX.em * 4) / 7);
    expect(latest?.height).toBeCloseTo(BOX.em);
  });

  it("take no room where there are none", () => {
    const without = plot(chart(month(4))).scores.at(-1)?.y ?? 0;
    const withOne = plot({ ...chart(month(4)), walks: [ago(1)] }).scores.at(-1)?.y ?? 0;
    expect(without).toBeGreaterThan(withOne);
  });
});

describe("whatever the width and the size of the text", () => {
  const busy: ChartData = {
    ...chart([...month(6).slice(7), null, null, [0, 1, 10], 0, 0, 9, 10]),
    episodes: [
      { from: ago(26), to: ago(18), closed_as: "gone" },
      { from: ago(5), to: null, closed_as: "" },
    ],
    flares: [{ from: ago(2), to: null }],
    walks: [ago(0), ago(5)],
  };
  const axis = [0, 7, 14, 21, 27].map((days) => ({
    day: LAST - days,
    texts: [ago(days).slice(5)],
  }));

  it.each([
    [272, 16],
    [342, 16],
    [342, 32],
    [600, 16],
  ])("all words are in the picture and none over another: %i px, %i px", (width, em) => {
    const box = { width, height: 22 * em, em, rtl: false, widthOf: letters(em) };
    const { names, asides, scores } = plotOf(busy, box, { ...WORDS, axis });
    const all = [...names, ...asides, ...scores.map(({ text }) => text)].map((label) => ({
      ...label,
      half: letters(em)(label.text) / 2,
    }));
    for (const [i, one] of all.entries()) {
      expect(one.x - one.half).toBeGreaterThanOrEqual(-2);
      expect(one.x + one.half).toBeLessThanOrEqual(width + 0.01);
      const touching = all.slice(i + 1).filter((other) => {
        const beside = Math.abs(one.x - other.x) < one.half + other.half;
        return beside && Math.abs(one.y - other.y) < em;
      });
      expect(touching).toEqual([]);
    }
  });

  it("all of it is mirrored where the language reads from right to left", () => {
    const [ltr, rtl] = [plot(busy), plot(busy, { rtl: true })];
    const mirrored = ltr.walks.map(({ x, width, ...rest }) => ({
      ...rest,
      width,
      x: BOX.width - x - width,
    }));
    expect(rtl.walks).toEqual(mirrored);
    expect(rtl.latest?.x).toBeCloseTo(BOX.width - (ltr.latest?.x ?? 0));
    expect(rtl.names.map(({ x }) => x)).toEqual(ltr.names.map(({ x }) => BOX.width - x));
    expect(texts(rtl.names)).toEqual(texts(ltr.names));
  });
});
