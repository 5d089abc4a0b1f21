import { describe, expect, it } from "vitest";
import { HEIGHT, pointAt, WIDTH } from "./daypath";

describe("the brand line", () => {
  it("starts on the ground at the edge", () => {
    expect(pointAt(0)).toEqual({ x: 0, y: 166 });
  });

  it("stays inside its picture all the way, without a jump", () => {
    let before = pointAt(0);
    for (let share = 0; share <= 1; share += 0.005) {
      const here = pointAt(share);
      expect(here.x).toBeLessThan(WIDTH);
      expect(here.y).toBeLessThan(HEIGHT);
      expect(Math.hypot(here.x - before.x, here.y - before.y)).toBeLessThan(6);
      before = here;
    }
  });

  it("holds at its ends for shares beyond them", () => {
    expect(pointAt(-1)).toEqual(pointAt(0));
    expect(pointAt(2)).toEqual(pointAt(1));
  });
});
