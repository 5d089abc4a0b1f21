import { describe, expect, it } from "vitest";
import type { Recording } from "./types";
import { bodyOf, dropWalk, keepWalk, localWalks } from "./walks";

const NOON = Date.UTC(2026, 10, 23, 12);
const MIN = 60_000;

function recording(more: Partial<Recording> = {}): Recording {
  return {
    id: "w",
    marks: [
      { kind: "start", at: NOON },
      { kind: "pause", at: NOON + 5 * MIN },
      { kind: "resume", at: NOON + 7 * MIN },
      { kind: "end", at: NOON + 17 * MIN },
    ],
    ...{ seen: NOON, purpose: "walk", planned: 13, chosen: 15, bouts: [], checklist: [] },
    ...{ stopped: "", before: null, after: null, note: " The river. ", minutes: null },
    ...{ located: false, track: { points: [], distance: 0 }, keepsTrack: false },
    ...more,
  };
}

const points: Recording["track"]["points"] = [
  [52, 13, 0],
  [52.001, 13, 120],
];

describe("a walk as the server is told of it", () => {
  it("lasts as long as was walked, between its start and its end", () => {
    expect(bodyOf(recording())).toMatchObject({
      started_at: new Date(NOON).toISOString(),
      ended_at: new Date(NOON + 17 * MIN).toISOString(),
      ...{ seconds: 900, backward_seconds: 0, planned_minutes: 13, chosen_minutes: 15 },
      ...{ source: "timer", note: "The river.", distance_m: null, steps: 1500, track: null },
    });
  });

  it("that was longer than the clock saw began earlier", () => {
    const { started_at, ended_at, seconds } = bodyOf(recording({ minutes: 30 }));
    expect(seconds).toBe(1800);
    expect(Date.parse(ended_at) - Date.parse(started_at)).toBe(30 * MIN);
  });

  it("has the minutes that the person corrected", () => {
    expect(bodyOf(recording({ minutes: 10 })).seconds).toBe(600);
  });

  it("keeps its track on the phone unless the person says otherwise", () => {
    const track = { points, distance: 111.4 };
    const located = recording({ located: true, track });
    expect(bodyOf(located)).toMatchObject({ distance_m: 111, track: null, steps: 170 });
    expect(bodyOf({ ...located, keepsTrack: true }).track).toEqual(points);
  });
});

describe("a walk that waits on this phone", () => {
  it("is found there, and torn up where it never left", async () => {
    await keepWalk("w", bodyOf(recording()));
    expect(await localWalks()).toMatchObject({
      walks: [{ id: "w", seconds: 900, state: "waiting", reason: null }],
      deleted: [],
    });
    await dropWalk("w");
    expect(await localWalks()).toEqual({ walks: [], deleted: [] });
  });

  it("that the server has is deleted there", async () => {
    await dropWalk("x");
    expect((await localWalks()).deleted).toEqual(["x"]);
  });
});
