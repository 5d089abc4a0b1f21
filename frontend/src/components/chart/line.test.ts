import { describe, expect, it } from "vitest";
import { softLine } from "./line";

/** Where a path's curves are at their most extreme: all of their handles. */
function heights(d: string): number[] {
  const numbers = (d.match(/-?[\d.]+/g) ?? []).map(Number);
  return numbers.filter((_, i) => i % 2 === 1);
}

describe("the line", () => {
  it("starts and ends at its points", () => {
    const d = softLine([
      { x: 0, y: 10 },
      { x: 10, y: 40 },
      { x: 20, y: 20 },
    ]);
    expect(d).toMatch(/^M0\.0 10\.0C/);
    expect(d).toMatch(/20\.0 20\.0$/);
  });

  it("never shows more or less pain than was entered", () => {
    const scores = [0, 0, 10, 10, 3, 2, 9, 1, 1, 0];
    const d = softLine(scores.map((y, i) => ({ x: i * 8, y })));
    expect(Math.min(...heights(d))).toBe(0);
    expect(Math.max(...heights(d))).toBe(10);
  });

  it("is flat where nothing changes", () => {
    const d = softLine([0, 5, 10].map((x) => ({ x, y: 7 })));
    expect(new Set(heights(d))).toEqual(new Set([7]));
  });

  it("of nothing is none", () => {
    expect(softLine([])).toBe("");
  });
});
