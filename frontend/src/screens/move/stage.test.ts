import { describe, expect, it } from "vitest";
import { OPEN_GATE, plan, walkingNow } from "./fixture";
import { minutesLeft, stageOf } from "./stage";
import type { Gate, WalkToday } from "./types";

const BLOCKED: Gate = {
  ...OPEN_GATE,
  state: "blocked",
  causes: [
    {
      cause: "answers",
      at: "2026-11-20T08:00:00Z",
      yes: ["osteoporosis"],
      check: null,
      block: null,
    },
  ],
};
const DUE: Gate = { ...OPEN_GATE, state: "due", due: "half_year" };

function today(more: Partial<WalkToday>) {
  return walkingNow({ today: { ...walkingNow().today, ...more } });
}

describe("what today asks for", () => {
  it("is the walk of the plan", () => {
    expect(stageOf(walkingNow())).toBe("walk");
    expect(stageOf(today({ walked_seconds: 300 }))).toBe("walk");
  });

  it("is done from three quarters of its minutes on", () => {
    expect(stageOf(today({ walked_seconds: 539 }))).toBe("walk");
    expect(stageOf(today({ walked_seconds: 540 }))).toBe("done");
  });

  it("is nothing on a day that is not planned, until somebody walks all the same", () => {
    expect(stageOf(today({ planned: false }))).toBe("rest");
    expect(stageOf(today({ planned: false, walked_seconds: 120 }))).toBe("walk");
  });

  it.each(["flare", "paused"] as const)("is left out: %s", (left_out) => {
    expect(stageOf(today({ left_out }))).toBe(left_out);
  });

  it("is a clinician's word before anything else", () => {
    expect(stageOf(walkingNow({ gate: BLOCKED }))).toBe("blocked");
    expect(stageOf(walkingNow({ gate: BLOCKED, plan: null }))).toBe("blocked");
  });

  it("is the questions where they hold no longer, and a plan where there is none", () => {
    expect(stageOf(walkingNow({ gate: DUE }))).toBe("due");
    expect(stageOf(walkingNow({ gate: DUE, plan: null }))).toBe("none");
  });

  it("is a look at the warning signs after a walk that was too much", () => {
    expect(stageOf(walkingNow({ plan: plan({ needs: "check" }) }))).toBe("check");
  });

  it("is a new start after a long break", () => {
    expect(stageOf(walkingNow({ plan: plan({ needs: "tolerance" }) }))).toBe("measure");
  });
});

it("counts the minutes to go in whole ones", () => {
  expect(minutesLeft(today({ walked_seconds: 0 }))).toBe(12);
  expect(minutesLeft(today({ walked_seconds: 301 }))).toBe(7);
  expect(minutesLeft(today({ walked_seconds: 2000 }))).toBe(0);
});
