import { expect, it } from "vitest";
import { ringLine } from "./ring";

it("has a stone for each minute of a short walk, and begins where somebody stands", () => {
  const { now, marks } = ringLine(0, 12);
  expect(now).toBeCloseTo(0.16);
  expect(marks).toHaveLength(12);
  expect(marks.at(-1)).toBe(1);
});

it("has one every five minutes of a longer one", () => {
  expect(ringLine(0, 30).marks).toHaveLength(6);
});

it("keeps only the minutes to come, and none that touches the place of now", () => {
  const { now, marks } = ringLine(5 * 60 + 50, 12);
  expect(marks).toHaveLength(6);
  expect(marks.every((mark) => mark > now)).toBe(true);
});

it("is full once all of it is walked, and stays so beyond", () => {
  expect(ringLine(12 * 60, 12)).toEqual({ now: 1, marks: [] });
  expect(ringLine(40 * 60, 12).now).toBe(1);
});

it("of no minutes at all is the ground alone", () => {
  expect(ringLine(0, 0)).toEqual({ now: 0.16, marks: [] });
});
