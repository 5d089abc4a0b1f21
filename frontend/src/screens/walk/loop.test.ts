import { describe, expect, it } from "vitest";
import { capsules, LOOP, point, ribbon, stones } from "./loop";

describe("the walk's line", () => {
  it("begins at the ring's left and goes over its top", () => {
    expect(point(0)).toMatchObject({ x: 48, turn: 270 });
    expect(point(0).y).toBeCloseTo(178);
    expect(point(0.284).y).toBeCloseTo(28, 0);
  });

  it("comes in from below and never goes further than its end", () => {
    expect(ribbon(0)).toMatch(/^M-900 420H-20C.* 48 178$/);
    expect(ribbon(1)).toBe(LOOP);
    expect(ribbon(3)).toBe(LOOP);
  });

  it("has a stone for each minute to come", () => {
    expect(stones(900, 0, [])).toHaveLength(14);
    expect(stones(900, 522, [])).toEqual([570, 630, 690, 750, 810, 870].map((s) => s / 900));
    expect(stones(900, 900, [])).toEqual([]);
  });

  it("has few stones where there are many minutes", () => {
    expect(stones(3600, 0, []).length).toBeLessThanOrEqual(12);
  });

  it("has no stone where the feet go backward", () => {
    const bouts = [{ from: 540, seconds: 60 }];
    expect(stones(900, 522, bouts)).not.toContain(570 / 900);
    expect(capsules(900, 522, bouts)).toMatchObject([{ past: false }]);
    expect(capsules(900, 600, bouts)).toMatchObject([{ past: true }]);
  });
});
