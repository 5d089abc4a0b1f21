import { describe, expect, it } from "vitest";
import { asWalked, cueAt, laidOut } from "./bouts";
import type { Happening, Mark } from "./timer";

const START = Date.UTC(2026, 10, 23, 12);

/** Seconds since the start. */
function log(...marks: [Happening, number][]): Mark[] {
  return marks.map(([kind, seconds]) => ({ kind, at: START + seconds * 1000 }));
}

function cue(bouts: ReturnType<typeof laidOut>, marks: Mark[], seconds: number) {
  return cueAt(bouts, marks, START + seconds * 1000);
}

const two = laidOut([60, 60], 900);

describe("backward bouts", () => {
  it("are spread over the walk, forward first and last", () => {
    expect(two).toEqual([
      { from: 260, seconds: 60 },
      { from: 580, seconds: 60 },
    ]);
  });

  it("are as many as the walk has room for", () => {
    expect(laidOut([60, 60], 250)).toHaveLength(1);
    expect(laidOut([60, 60], 120)).toEqual([]);
    expect(laidOut([], 900)).toEqual([]);
  });

  it.each([5, 10, 15, 30])("never lie closer than a minute in %i minutes", (minutes) => {
    const bouts = laidOut([120, 120, 120], minutes * 60);
    let end = 0;
    for (const { from, seconds } of bouts) {
      expect(from - end).toBeGreaterThanOrEqual(60);
      end = from + seconds;
    }
    expect(end).toBeLessThanOrEqual(minutes * 60 - (bouts.length ? 60 : 0));
  });
});

describe("the cue", () => {
  const marks = log(["start", 0]);

  it("is forward, then a countdown, then backward, then forward", () => {
    expect(cue(two, marks, 200)).toMatchObject({ say: "forward", next: two[0] });
    expect(cue(two, marks, 242)).toMatchObject({ say: "soon", seconds: 18 });
    const backward = log(["start", 0], ["backward", 260]);
    expect(cue(two, backward, 270)).toMatchObject({ say: "backward", seconds: 50 });
    const forward = log(["start", 0], ["backward", 260], ["forward", 320]);
    expect(cue(two, forward, 330)).toMatchObject({ say: "forward", next: two[1] });
  });

  it("counts walking, not pauses", () => {
    const paused = log(["start", 0], ["pause", 100], ["resume", 400]);
    expect(cue(two, paused, 542)).toMatchObject({ say: "soon", seconds: 18 });
  });

  it("has nothing to announce after the last bout", () => {
    const all = log(["start", 0], ["backward", 260], ["forward", 320], ["backward", 580]);
    expect(cue(two, [...all, ...log(["forward", 640])], 700)).toEqual({
      say: "forward",
      next: null,
    });
  });
});

describe("a bout whose cue nobody heard", () => {
  it("comes later, with its countdown, and so do those after it", () => {
    const late = asWalked(two, log(["start", 0]), 400);
    expect(late.map(({ from }) => from)).toEqual([430, 750]);
  });

  it("is not late by a moment", () => {
    expect(asWalked(two, log(["start", 0]), 263)).toBe(two);
  });

  it("stays where it was put the next time one looks", () => {
    const late = asWalked(two, log(["start", 0]), 400);
    expect(asWalked(late, log(["start", 0]), 400.5)).toBe(late);
  });

  it("that goes on too long is over at its time, late as that is noticed", () => {
    const backward = log(["start", 0], ["backward", 260]);
    expect(cue(two, backward, 500)).toMatchObject({ say: "backward", exact: -180_000 });
  });

  it("leaves the bouts that were walked where they were", () => {
    const marks = log(["start", 0], ["backward", 262], ["forward", 322]);
    expect(asWalked(two, marks, 700).map(({ from }) => from)).toEqual([262, 730]);
  });
});
