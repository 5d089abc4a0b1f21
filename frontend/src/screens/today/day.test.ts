import { expect, it } from "vitest";
import { dayLine } from "./day";

const at = (hours: number, minutes = 0) => new Date(2026, 10, 23, hours, minutes);
const slot = (hours: number) => ({ reminder: "a", kind: "walk" as const, at: at(hours) });

it("lays the waking day along the line, in order", () => {
  const { now, marks } = dayLine([slot(9), slot(21)], at(14, 30));
  expect(now).toBe(0.5);
  expect(marks[0]).toBeLessThan(now);
  expect(marks[1]).toBeGreaterThan(now);
});

it("holds the clock at the ends through the night", () => {
  expect(dayLine([], at(3)).now).toBe(0);
  expect(dayLine([], at(23, 59)).now).toBe(1);
});

it("stretches for a reminder outside the waking day", () => {
  const { marks } = dayLine([slot(4)], at(12));
  expect(marks[0]).toBeGreaterThan(0);
  expect(marks[0]).toBeLessThan(0.1);
});

it("draws two at the same time as one stone", () => {
  expect(dayLine([slot(9), slot(9), slot(10)], at(8)).marks).toHaveLength(2);
});
