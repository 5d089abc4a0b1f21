import { render, screen } from "@testing-library/svelte";
import { describe, expect, it, vi } from "vitest";
import { HEIGHT, REGIONS, WIDTH } from "./body";
import BodyMap from "./BodyMap.svelte";
import { PLACES } from "./types";

const THUMB = 48; // px, where the picture is as small as it gets

function overlap(one: readonly number[], other: readonly number[]): boolean {
  const [ax = 0, ay = 0, aw = 0, ah = 0] = one;
  const [bx = 0, by = 0, bw = 0, bh = 0] = other;
  return ax < bx + bw && bx < ax + aw && ay < by + bh && by < ay + ah;
}

describe("the picture of a back", () => {
  it("has every place once", () => {
    expect(REGIONS.map(({ place }) => place).sort()).toEqual([...PLACES].sort());
  });

  it.each(REGIONS)("gives a thumb room on $place", ({ target: [, , width, height] }) => {
    expect(Math.min(width, height)).toBeGreaterThanOrEqual(THUMB);
  });

  it.each(REGIONS)("marks $place where it is tapped", ({ target, mark: [x, y] }) => {
    expect(overlap(target, [x, y, 0.1, 0.1])).toBe(true);
  });

  it("has no place over another, and none past its edge", () => {
    for (const [i, { target }] of REGIONS.entries()) {
      const [x, y, width, height] = target;
      expect(x >= 0 && y >= 0 && x + width <= WIDTH && y + height <= HEIGHT).toBe(true);
      const others = REGIONS.slice(i + 1).filter((other) => overlap(target, other.target));
      expect(others).toEqual([]);
    }
  });

  it("shows the person's left on the left, as seen from behind", () => {
    for (const { place, mark } of REGIONS) {
      if (place.endsWith("_left")) expect(mark[0]).toBeLessThan(WIDTH / 2);
      if (place.endsWith("_right")) expect(mark[0]).toBeGreaterThan(WIDTH / 2);
    }
  });

  it("reads as checkboxes with names, from top to bottom", () => {
    render(BodyMap, { chosen: ["calf_left"], labelledby: "where", onchoose: vi.fn() });
    const boxes = screen.getAllByRole("checkbox");
    expect(boxes).toHaveLength(PLACES.length);
    expect(screen.getByRole("checkbox", { name: "Left calf", checked: true })).toBeTruthy();
    expect(screen.getByRole("checkbox", { name: "Upper back", checked: false })).toBe(boxes[0]);
  });

  it("says what was tapped", () => {
    const onchoose = vi.fn();
    render(BodyMap, { chosen: [], labelledby: "where", onchoose });
    screen.getByRole("checkbox", { name: "Low back left" }).click();
    expect(onchoose).toHaveBeenCalledWith("low_back_left");
  });
});
