import { describe, expect, it } from "vitest";
import type { Measure } from "../../api/types";
import { baselineOf, changeInWords, meanOf, type Answers, type Kind } from "./scales";

const DATE = "Monday 2 November";

function measure(kind: Kind, change: number | null, matters: Measure["matters"] = ""): Measure {
  const answers = kind === "peg" ? { pain: 5, enjoyment: 5, activity: 5 } : { activities: [] };
  return { id: "a", kind, at: "2026-11-23T09:00:00Z", answers, mean: 5, change, matters };
}

function psfs(id: string, names: string[]): Measure {
  const answers = { activities: names.map((name) => ({ name, score: 5 })) };
  return { ...measure("psfs", null), id, answers };
}

describe("a mean", () => {
  it.each<[Answers, number]>([
    [{ pain: 4, enjoyment: 4, activity: 5 }, 4.3],
    [{ activities: [4, 4, 4, 5].map((score) => ({ name: "a", score })) }, 4.3],
    [{ pain: 0, enjoyment: 0, activity: 0 }, 0],
  ])("has one decimal, rounded as the server does", (answers, mean) => {
    expect(meanOf(answers)).toBe(mean);
  });
});

describe("a change", () => {
  it.each<[Kind, number, Measure["matters"], RegExp]>([
    ["peg", -0.7, "", /^0.7 better .* chance/],
    ["peg", -1, "better", /^1 better .* People notice/],
    ["peg", -1.7, "better", /^1.7 better .* People notice/],
    ["peg", -1.8, "better", /^1.8 better .* surely/],
    ["peg", 1, "worse", /^1 worse .* People notice/],
    ["peg", 2, "worse", /^2 worse .* surely/],
    ["psfs", 1.9, "", /^1.9 better .* chance/],
    ["psfs", 2, "better", /^2 better .* People notice/],
    ["psfs", -2, "worse", /^2 worse .* People notice/],
    ["psfs", -0.3, "", /^0.3 worse .* chance/],
  ])("of %s by %s is said with its weight", (kind, change, matters, words) => {
    expect(changeInWords(measure(kind, change, matters), DATE)).toMatch(words);
  });

  it("that is none is said to be none", () => {
    expect(changeInWords(measure("peg", 0), DATE)).toBe("The same as on Monday 2 November.");
  });

  it("is not said of the first", () => {
    expect(changeInWords(measure("peg", null), DATE)).toBe("");
  });
});

describe("what a measure is compared with", () => {
  it("is the first one", () => {
    const all = ["c", "b", "a"].map((id) => ({ ...measure("peg", 1), id }));
    expect(baselineOf(all[0] as Measure, all)?.id).toBe("a");
  });

  it("is the first one with the same activities, in whatever order they are written", () => {
    const latest = psfs("c", ["Shoes", "stairs"]);
    const all = [latest, psfs("b", ["Stairs", "shoes"]), psfs("a", ["Shoes", "Meals"])];
    expect(baselineOf(latest, all)?.id).toBe("b");
  });
});
