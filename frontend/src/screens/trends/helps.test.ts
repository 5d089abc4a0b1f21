import { render, screen } from "@testing-library/svelte";
import { describe, expect, it } from "vitest";
import type { Helps } from "../../api/types";
import { comparisons, namedHelpers } from "./helps";
import HelpsCard from "./Helps.svelte";

const HELPS: Helps = {
  ready: true,
  days_so_far: 20,
  days_needed: 14,
  findings: [{ factor: "walk", with: { good: 9, of: 12 }, without: { good: 4, of: 10 } }],
  named: [{ better: "heat", days: 6, of: 20 }],
};

it("counts are told with what they are out of, beside the other days", () => {
  expect(comparisons(HELPS)).toEqual([
    {
      factor: "walk",
      lines: [
        { words: "9 of 12 days after a walk", share: 0.75 },
        { words: "4 of 10 other days", share: 0.4 },
      ],
    },
  ]);
});

it("what a person named is told by its days", () => {
  expect(namedHelpers(HELPS)).toEqual([{ id: "heat", name: "Warmth", days: "on 6 of 20 days" }]);
});

it("words of a later version are left out", () => {
  const [finding] = HELPS.findings;
  const later: unknown = {
    ...HELPS,
    findings: finding ? [{ ...finding, factor: "moon" }] : [],
    named: [{ better: "singing", days: 3, of: 20 }],
  };
  expect(comparisons(later as Helps)).toEqual([]);
  expect(namedHelpers(later as Helps)).toEqual([]);
});

describe("the card", () => {
  it("says that it is no proof wherever something is compared", () => {
    render(HelpsCard, { helps: HELPS });
    expect(screen.getByText(/no proof/)).toBeTruthy();
  });

  it("before there are enough days says only how many there are", () => {
    render(HelpsCard, { helps: { ...HELPS, ready: false, days_so_far: 6 } });
    expect(screen.getByText(/14 days with an entry\. There are 6 so far/)).toBeTruthy();
    expect(screen.queryByText(/after a walk/)).toBeNull();
  });

  it("with enough days and nothing to compare says what it takes", () => {
    render(HelpsCard, { helps: { ...HELPS, findings: [], named: [] } });
    expect(screen.getByText(/at least 5 days/)).toBeTruthy();
  });
});
