import { describe, expect, it } from "vitest";
import { isMuch, isRaised, leadsToCheck, next, noted, type Told } from "./words";

const told = (more: Partial<Told>): Told => ({
  ...{ which: "later", before: 2, score: null, felt: null },
  ...more,
});

describe("an answer after a walk", () => {
  it.each([
    [{ score: 4 }, false],
    [{ score: 5 }, true],
    [{ score: 1 }, false],
    [{ felt: "worse" }, true],
    [{ felt: "fine" }, false],
    [{ before: null, score: 8 }, false],
  ] as const)("%o is raised: %s", (given, raised) => {
    expect(isRaised(told(given))).toBe(raised);
  });

  it("says by how much it is above the score before", () => {
    expect(noted(told({ score: 5 }))).toContain("3");
    expect(noted(told({ score: 2 }))).toContain("No higher");
    expect(noted(told({ before: null, score: 4 }))).toBe("Noted.");
  });

  it("says what follows from it, each time", () => {
    const all = (["later", "morning", "day_after"] as const).flatMap((which) => [
      next(told({ which, score: 2 })),
      next(told({ which, score: 5 })),
    ]);
    expect(new Set(all).size).toBe(6);
    expect(next(told({ before: null, score: 4 }))).toContain("no score from before");
  });

  it("leads to the check where it is still there after a day", () => {
    expect(leadsToCheck(told({ which: "day_after", score: 5 }))).toBe(true);
    expect(leadsToCheck(told({ which: "day_after", score: 4 }))).toBe(false);
    expect(leadsToCheck(told({ which: "later", score: 9 }))).toBe(false);
  });

  it("of 6 or more is a lot, whatever it was before", () => {
    expect(isMuch(told({ before: 6, score: 6 }))).toBe(true);
    expect(isMuch(told({ score: 5 }))).toBe(false);
  });
});
