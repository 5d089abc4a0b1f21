import { describe, expect, it } from "vitest";
import { OPEN_GATE, plan, session, walkingNow, week } from "./fixture";
import { NOTHING, standing, type OnPhone, type Wish } from "./local";
import type { FollowUp, Gate, Walking } from "./types";

const NOW = new Date(2026, 10, 23, 18);

function at(hour: number, day = 23): string {
  return new Date(2026, 10, day, hour).toISOString();
}

function wish(
  about: Wish["about"],
  path: string,
  body?: unknown,
  method: Wish["method"] = "PUT",
): Wish {
  return { about, path, body, method, state: "waiting" };
}

function walk(id: string, from: number, minutes: number, more: object = {}): Wish {
  const ended = new Date(Date.parse(at(from)) + minutes * 60_000).toISOString();
  return wish("walk", `/walks/${id}`, { started_at: at(from), ended_at: ended, ...more });
}

function seen(known: Walking | undefined, phone: Partial<OnPhone>, now = NOW): Walking {
  const found = standing(known, { ...NOTHING, ...phone }, now);
  if (!found) throw new Error("nothing is known");
  return found;
}

const answers = (yes: string[], hour = 12) =>
  wish("gate", "/walking/gate/answers/a2", { yes, wording: "2026-11", at: at(hour) });
const clearance = (hour = 13) =>
  wish("gate", "/walking/clearances/c", {
    clinician: "doctor",
    seen_on: "2026-11-22",
    at: at(hour),
  });
const BLOCKED: Gate = {
  ...OPEN_GATE,
  state: "blocked",
  answers: { id: "a", at: at(8), yes: ["osteoporosis"], wording: "2026-11" },
  causes: [{ cause: "answers", at: at(8), yes: ["osteoporosis"], check: null, block: null }],
};

it("is the server's word as long as nothing waits", () => {
  expect(seen(walkingNow(), {})).toEqual(walkingNow());
});

it("is nothing where nobody has said anything", () => {
  expect(standing(undefined, NOTHING, NOW)).toBeNull();
});

describe("a walk that waits on the phone", () => {
  it("fills the ring", () => {
    expect(seen(walkingNow(), { writes: [walk("w", 10, 5)] }).today.walked_seconds).toBe(300);
  });

  it("counts without its pauses", () => {
    const paused = walk("w", 10, 20, { seconds: 600 });
    expect(seen(walkingNow(), { writes: [paused] }).today.walked_seconds).toBe(600);
  });

  it("counts the day once it is enough, in the week and in the four weeks", () => {
    const now = seen(walkingNow(), { writes: [walk("w", 10, 9)] });
    expect(now.week?.done_days).toBe(1);
    expect(now.week?.sessions).toMatchObject([
      { date: "2026-11-23", light: "waiting", seconds: 540 },
    ]);
    expect(now.consistency).toMatchObject({ done: 6, of: 9 });
  });

  it("that the server turned down has not happened", () => {
    const refused: Wish = { ...walk("w", 10, 9), state: "refused" };
    expect(seen(walkingNow(), { writes: [refused] }).today.walked_seconds).toBe(0);
  });

  it("of yesterday is not today's", () => {
    const early = { ...walk("w", 10, 9), body: { started_at: at(10, 22), ended_at: at(11, 22) } };
    expect(seen(walkingNow(), { writes: [early] }).today.walked_seconds).toBe(0);
  });

  it("after midnight belongs to the day before, where that is when the day ends", () => {
    const night = walk("w", 1, 12);
    expect(seen(walkingNow(), { writes: [night], endsAt: 3 }).today.walked_seconds).toBe(0);
    expect(seen(walkingNow(), { writes: [night], endsAt: 0 }).today.walked_seconds).toBe(720);
  });

  it("to measure what is comfortable is one of the test walks", () => {
    const test = walk("t", 10, 9, { purpose: "test" });
    expect(seen(walkingNow(), { writes: [test] }).tests).toMatchObject([{ id: "t", minutes: 9 }]);
  });
});

describe("what this phone remembers from yesterday", () => {
  const tomorrow = new Date(2026, 10, 24, 9);
  const known = walkingNow({
    today: { ...walkingNow().today, walked_seconds: 900, left_out: "paused" },
  });

  it("has nothing walked today", () => {
    expect(seen(known, {}, tomorrow).today).toEqual({
      ...{ date: "2026-11-24", planned: false, minutes: 12, walked_seconds: 0, left_out: "" },
    });
  });

  it("goes on with a flare, which only its end ends", () => {
    const flare = walkingNow({ today: { ...walkingNow().today, left_out: "flare" } });
    expect(seen(flare, {}, tomorrow).today.left_out).toBe("flare");
  });

  it("has another week as the plan has it", () => {
    const next = seen(
      walkingNow({ week: week({ sessions: [session("2026-11-23")] }) }),
      {},
      new Date(2026, 10, 30, 9),
    );
    expect(next.week?.sessions).toEqual([]);
    expect(next.week?.planned).toEqual(["2026-11-30", "2026-12-02", "2026-12-04", "2026-12-05"]);
  });
});

describe("the gate, answered on this phone", () => {
  it("blocks at once with a yes", () => {
    const { gate } = seen(walkingNow(), { writes: [answers(["osteoporosis"])] });
    expect(gate.state).toBe("blocked");
    expect(gate.causes).toMatchObject([{ cause: "answers", yes: ["osteoporosis"] }]);
  });

  it("blocks also where the server has never been heard", () => {
    expect(seen(undefined, { writes: [answers(["osteoporosis"])] }).gate.state).toBe("blocked");
  });

  it("is open with none, and nothing is due any longer", () => {
    const due = walkingNow({ gate: { ...OPEN_GATE, state: "due", due: "half_year" } });
    expect(seen(due, { writes: [answers([])] }).gate).toMatchObject({ state: "open", due: null });
    expect(seen(walkingNow({ gate: BLOCKED }), { writes: [answers([])] }).gate.state).toBe("open");
  });

  it("does not open what a symptom check had blocked", () => {
    const checked: Gate = {
      ...BLOCKED,
      causes: [{ cause: "same_day", at: at(9), yes: [], check: "k", block: null }],
    };
    expect(seen(walkingNow({ gate: checked }), { writes: [answers([])] }).gate.state).toBe(
      "blocked",
    );
  });

  it("is lifted by a clearance of what came before it, and by no later one", () => {
    expect(seen(walkingNow({ gate: BLOCKED }), { writes: [clearance()] }).gate).toMatchObject({
      ...{ state: "open", causes: [], clearance: { id: "c", clinician: "doctor" } },
    });
    const { gate } = seen(walkingNow(), { writes: [clearance(11), answers(["falls"], 12)] });
    expect(gate.state).toBe("blocked");
  });

  it("blocks again once the clearance is taken back", () => {
    const cleared: Gate = {
      ...{ ...BLOCKED, state: "open", causes: [] },
      clearance: { id: "c", at: at(9), clinician: "doctor", seen_on: "2026-11-22" },
    };
    const undo = wish("gate", "/walking/clearances/c", undefined, "DELETE");
    expect(seen(walkingNow({ gate: cleared }), { writes: [undo] }).gate.state).toBe("blocked");
  });

  it("is blocked by an emergency that only this phone knows of", () => {
    const { gate } = seen(walkingNow(), { block: { check: "k", at: at(12) } });
    expect(gate).toMatchObject({ state: "blocked", due: "emergency" });
    expect(seen(undefined, { block: { check: "k", at: at(12) } }).gate.state).toBe("blocked");
  });

  it("is blocked by a check of today that only this phone knows of", () => {
    const { gate } = seen(walkingNow(), { sameDay: [{ check: "k", at: at(12) }] });
    expect(gate.causes).toMatchObject([{ cause: "same_day", check: "k" }]);
  });

  it("loses an emergency whose clearance waits here", () => {
    const emergency: Gate = {
      ...{ ...OPEN_GATE, state: "blocked" },
      causes: [{ cause: "emergency", at: at(8), yes: [], check: "k", block: "b" }],
    };
    expect(seen(walkingNow({ gate: emergency }), { lifted: true }).gate.state).toBe("open");
  });
});

describe("a plan of this phone", () => {
  const begun = wish("plan", "/walking/plans/q", {
    ...{ tolerance: 10, tolerance_from: "guess", walks_already: false, days: [0, 1, 2, 3, 4] },
  });

  it("begins at once, as the server will begin it", () => {
    const now = seen(walkingNow({ plan: null, week: null }), { writes: [begun] });
    expect(now.plan).toMatchObject({
      id: "q",
      minutes: 8,
      over_cap: true,
      started_on: "2026-11-23",
    });
    expect(now.today).toMatchObject({ planned: true, minutes: 8 });
    expect(now.week?.planned).toHaveLength(5);
  });

  it("has other days from today on", () => {
    const days = wish("plan", "/walking/plans/p/days", { days: [1, 2] });
    const now = seen(walkingNow(), { writes: [days] }, new Date(2026, 10, 24, 9));
    expect(now.plan).toMatchObject({ days: [1, 2], over_cap: false });
    expect(now.today.planned).toBe(true);
    expect(now.week?.planned).toEqual(["2026-11-23", "2026-11-24", "2026-11-25"]);
  });

  it("is gone once its start is taken back", () => {
    const undone = wish("plan", "/walking/plans/p", undefined, "DELETE");
    expect(seen(walkingNow(), { writes: [undone] }).plan).toBeNull();
    expect(
      seen(walkingNow({ plan: plan({ id: "other" }) }), { writes: [undone] }).plan,
    ).not.toBeNull();
  });
});

describe("a question after a walk", () => {
  const open: FollowUp = {
    ...{ id: "f", which: "later", due_at: at(16), before: 3, felt: "", answered_at: null },
    ...{ walk: { id: "w", started_at: at(12), seconds: 720 }, open: true },
  };
  const known = walkingNow({ follow_ups: [open] });

  it("stays until it is answered", () => {
    expect(seen(known, {}).follow_ups).toHaveLength(1);
  });

  it("goes with a tap that waits here", () => {
    const tap = wish("follow_up", "/walking/follow-ups/f/answer", { felt: "fine" });
    expect(seen(known, { writes: [tap] }).follow_ups).toEqual([]);
  });

  it("goes with a score of its moment that waits here, and with no other's", () => {
    const entry = { walk: "w", walk_moment: "later", state: "waiting" } as const;
    expect(seen(known, { entries: [entry] }).follow_ups).toEqual([]);
    expect(
      seen(known, { entries: [{ ...entry, walk_moment: "morning" }] }).follow_ups,
    ).toHaveLength(1);
  });

  it("is over half a day later, also where no server says so", () => {
    expect(seen(known, {}, new Date(2026, 10, 24, 5)).follow_ups).toEqual([]);
  });
});
