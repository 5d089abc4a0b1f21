import { describe, expect, it } from "vitest";
import { clockOf, distanceWords, lightWhy, minutesOf, refusedWords } from "./words";

it.each([
  [0, 0, "00"],
  [522_900, 8, "42"],
  [3_600_000, 60, "00"],
])("%i ms are %i:%s", (ms, minutes, seconds) => {
  expect(clockOf(ms)).toEqual({ minutes, seconds });
});

it("a walk is never of no minutes", () => {
  expect(minutesOf(20)).toBe(1);
  expect(minutesOf(890)).toBe(15);
});

it.each([
  [42, "40 m"],
  [600, "0.6 km"],
])("%i metres are %s", (metres, words) => {
  expect(distanceWords(metres)).toBe(words);
});

describe("what the server would not take", () => {
  it("is said with its reason, and a reason of a later version in plain words", () => {
    expect(refusedWords("walk_overlaps")).toContain("Another walk");
    expect(refusedWords("toString")).toBe(refusedWords(null));
  });
});

describe("why a walk has its light", () => {
  it.each([
    [{ light: "green", rise: 2, scores: {} }, "by 2 at most"],
    [{ light: "green", rise: 0, scores: {} }, "no higher"],
    [{ light: "amber", rise: 3, scores: {} }, "by 3"],
    [{ light: "amber", rise: null, scores: {} }, "answers"],
    [{ light: "unknown", rise: null, scores: { before: null } }, "no score from before"],
    [{ light: "unknown", rise: null, scores: { before: 2 } }, "unanswered"],
    [{ light: "waiting", rise: null, scores: {} }, "still to come"],
  ] as const)("%o says %s", (walk, words) => {
    expect(lightWhy(walk)).toContain(words);
  });
});
