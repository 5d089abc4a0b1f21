/** Walking as the server says it, for tests. */
import { NO_GATE } from "./localgate";
import type { Change, Gate, Plan, Session, Walking, Week } from "./types";

export const OPEN_GATE: Gate = {
  ...NO_GATE,
  ...{ state: "open", due: null },
  answers: { id: "a", at: "2026-11-01T08:00:00Z", yes: [], wording: "2026-11" },
};

export function change(code: string, more: Partial<Change> = {}): Change {
  return {
    ...{ on: "2026-11-23", code, before: 12, minutes: 12, walk_on: null, rise: null },
    ...{ settled_days: null, done: null, planned: null, ...more },
  };
}

/** Mondays, Wednesdays, Fridays and Saturdays. */
export function plan(more: Partial<Plan> = {}): Plan {
  return {
    ...{ id: "p", started_on: "2026-11-02", tolerance: 14, tolerance_from: "guess" },
    ...{ walks_already: false, days: [0, 2, 4, 5], days_allowed: 4, minutes: 12, easy_left: 0 },
    ...{ target_minutes: 30, target_days: 5, over_cap: false, needs: "", why: change("start") },
    ...more,
  };
}

export function session(date: string, more: Partial<Session> = {}): Session {
  return {
    ...{ date, seconds: 720, backward_seconds: 0, light: "green", rise: 0, settled_days: 0 },
    ...{ before: 3, after: 3, later: 3, morning: 3, day_after: null, ...more },
  };
}

/** That of Monday 23 November 2026. */
export function week(more: Partial<Week> = {}): Week {
  return {
    ...{ monday: "2026-11-23", minutes: 12, sessions: [], changes: [change("start")] },
    planned: ["2026-11-23", "2026-11-25", "2026-11-27", "2026-11-28"],
    ...{ left_out: [], green: false, done_days: 0, walked_seconds: 0, ...more },
  };
}

/** On Monday 23 November 2026, with nothing walked yet. */
export function walkingNow(more: Partial<Walking> = {}): Walking {
  return {
    gate: OPEN_GATE,
    plan: plan(),
    today: { date: "2026-11-23", planned: true, minutes: 12, walked_seconds: 0, left_out: "" },
    week: week(),
    consistency: { done: 5, of: 8, left_out: 0 },
    follow_ups: [],
    backward: {
      ...{ state: "locked", missing: ["green_weeks"], green_weeks: 1, unlock: null },
      ...{ sessions: 0, checklist_needed: true, checklist: [], bouts: [60, 60] },
      ...{ done_this_week: 0, per_week: 3, total_seconds: 0 },
    },
    tests: [],
    ...more,
  };
}
