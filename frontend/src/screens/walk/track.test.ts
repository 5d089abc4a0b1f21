import { describe, expect, it } from "vitest";
import { drawn, extended, guessedSteps, metres, NOWHERE, thinned, type Point } from "./track";

const START = Date.UTC(2026, 10, 23, 12);
const HERE = { lat: 52.5, lon: 13.4 };
/** Degrees of latitude in a metre. */
const METRE = 1 / 111_195;

/** Somewhere `north` metres from the start, `seconds` after it. */
function position(north: number, seconds: number, accuracy = 8) {
  return { ...HERE, lat: HERE.lat + north * METRE, accuracy, at: START + seconds * 1000 };
}

function walked(...positions: ReturnType<typeof position>[]) {
  return positions.reduce((track, one) => extended(track, one, START), NOWHERE);
}

describe("a track", () => {
  it("adds up the way", () => {
    const track = walked(position(0, 0), position(60, 60), position(120, 120));
    expect(track.distance).toBeGreaterThan(117);
    expect(track.distance).toBeLessThan(123);
    expect(track.points.map(([, , seconds]) => seconds)).toEqual([0, 60, 120]);
  });

  it("goes on after the phone was locked for a while", () => {
    expect(walked(position(0, 0), position(600, 600)).distance).toBeGreaterThan(590);
  });

  it.each([
    ["a jump that nobody could walk", position(400, 20)],
    ["a position that may be anywhere", position(60, 60, 120)],
    ["the wandering of somebody who stands", position(3, 60)],
    ["the wandering within a vague position", position(12, 60, 30)],
    ["a position from before the last one", position(60, -5)],
  ])("does not believe %s", (_, wrong) => {
    const before = walked(position(0, 0));
    expect(extended(before, wrong, START)).toBe(before);
  });

  it("goes on from the last good position after a jump", () => {
    const track = walked(position(0, 0), position(400, 20), position(60, 60));
    expect(track.points).toHaveLength(2);
    expect(track.distance).toBeLessThan(65);
  });

  it("keeps both ends when it is thinned", () => {
    const points = Array.from({ length: 5000 }, (_, i): Point => [i, i, i]);
    const few = thinned(points, 100);
    expect(few).toHaveLength(100);
    expect([few[0], few.at(-1)]).toEqual([points[0], points.at(-1)]);
    expect(thinned(points.slice(0, 9))).toHaveLength(9);
  });

  it("knows that a degree of longitude is shorter in the north", () => {
    const east = (lat: number) => metres([lat, 10, 0], [lat, 10.01, 0]);
    expect(east(60) / east(0)).toBeCloseTo(0.5, 2);
  });

  it("is drawn with north up and inside its box", () => {
    const line = drawn(
      [
        [52, 13, 0],
        [52.001, 13, 60],
        [52.001, 13.001, 120],
      ],
      100,
      100,
    );
    const [first, ...rest] = (line ?? "")
      .slice(1)
      .split("L")
      .map((at) => at.split(" ").map(Number));
    expect(first?.[1]).toBeGreaterThan(rest[0]?.[1] ?? 0);
    expect((line?.match(/-/g) ?? []).length).toBe(0);
  });

  it("that is one point is not drawn", () => {
    expect(drawn([[52, 13, 0]], 100, 100)).toBeNull();
  });
});

describe("steps", () => {
  it("are guessed by the distance where it is known", () => {
    expect(guessedSteps(600_000, 600)).toBe(900);
  });
  it("are guessed by the minutes otherwise", () => {
    expect(guessedSteps(9 * 60_000, null)).toBe(900);
    expect(guessedSteps(0, null)).toBe(0);
  });
});
