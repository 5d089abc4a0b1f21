/** Walking as it stands on this phone: the server's word, with what still waits here. Pure. */
import type { LocalBlock } from "../check/local";
import type { LocalEntry, PendingWrite } from "../../offline/outbox";
import { consistencyOf, dayOf, todayOf, walksOf, weekOf } from "./localday";
import { gateOf, NO_GATE } from "./localgate";
import { startMinutes } from "./dose";
import { testsOf } from "./localday";
import type { FollowUp, Plan, Walking } from "./types";

/** This phone's own: what has not been sent, and what only it knows. */
export interface OnPhone {
  writes: readonly Wish[];
  entries: readonly Pick<LocalEntry, "walk" | "walk_moment" | "state">[];
  /** An emergency that was answered here. */
  block: LocalBlock | null;
  /** Checks that ask to be seen today, answered here and not sent yet. */
  sameDay: readonly LocalBlock[];
  /** What lifts the server's block still waits here. */
  lifted: boolean;
  /** The hour of the night at which the person's day ends. */
  endsAt: number;
}

export type Wish = Pick<PendingWrite, "method" | "path" | "body" | "state" | "about">;

export const NOTHING: OnPhone = {
  ...{ writes: [], entries: [], block: null, sameDay: [], lifted: false, endsAt: 0 },
};

const PLAN = /^\/walking\/plans\/([^/]+)$/;
const DAYS = /^\/walking\/plans\/([^/]+)\/days$/;
const ANSWER = /^\/walking\/follow-ups\/([^/]+)\/answer$/;

const START_DAYS = 4;
const TARGET = { target_minutes: 30, target_days: 5 } as const;
/** No window of a question after a walk is longer. */
const LONGEST_OPEN_MS = 12 * 3_600_000;

/** For somebody of whom the server has not said anything. */
const NEW: Walking = {
  gate: NO_GATE,
  plan: null,
  today: { date: "", planned: false, minutes: null, walked_seconds: 0, left_out: "" },
  week: null,
  consistency: { done: 0, of: 0, left_out: 0 },
  follow_ups: [],
  backward: {
    ...{ state: "locked", missing: ["gate", "green_weeks", "stand"], green_weeks: 0, unlock: null },
    ...{ sessions: 0, checklist_needed: true, checklist: [], bouts: [60, 60] },
    ...{ done_this_week: 0, per_week: 3, total_seconds: 0 },
  },
  tests: [],
};

/** What the server would say once it had heard everything. Null while nothing is known at all. */
export function standing(known: Walking | undefined, given: OnPhone, now: Date): Walking | null {
  const writes = given.writes.filter(({ state }) => state === "waiting");
  const phone = { ...given, writes };
  const base = known ?? (writes.length > 0 || phone.block ? NEW : null);
  if (!base) return null;
  const date = dayOf(now, phone.endsAt);
  const plan = planOf(base.plan, writes, date);
  const walks = walksOf(writes, phone.endsAt);
  const today = todayOf(base, plan, walks, date);
  return {
    ...base,
    ...{ gate: gateOf(base.gate, phone), plan, today },
    week: weekOf(base, plan, walks, today),
    consistency: consistencyOf(base, plan, today),
    follow_ups: openOf(base.follow_ups, phone, now),
    tests: testsOf(walks, base),
  };
}

export interface PlanBody {
  tolerance?: number;
  tolerance_from: "guess" | "walks";
  walks_already: boolean;
  days: number[];
  at?: string;
}

function planOf(known: Plan | null, writes: readonly Wish[], today: string): Plan | null {
  return writes.reduce((plan, { method, path, body }) => {
    const days = DAYS.exec(path)?.[1];
    if (days) return plan?.id === days ? withDays(plan, (body as { days: number[] }).days) : plan;
    const id = PLAN.exec(path)?.[1];
    if (!id) return plan;
    if (method === "DELETE") return plan?.id === id ? null : plan;
    return startOf(id, body as PlanBody, today);
  }, known);
}

function withDays(plan: Plan, days: number[]): Plan {
  return { ...plan, days, over_cap: days.length > plan.days_allowed };
}

/** As the server begins one. */
function startOf(id: string, body: PlanBody, today: string): Plan {
  const tolerance = body.tolerance ?? 0;
  return {
    ...{ id, started_on: today, tolerance, tolerance_from: body.tolerance_from },
    ...{ walks_already: body.walks_already, days: body.days, days_allowed: START_DAYS },
    ...{ minutes: startMinutes(tolerance, body.walks_already), easy_left: 0, ...TARGET },
    ...{ over_cap: body.days.length > START_DAYS, needs: "", why: null },
  };
}

/** Without those that were answered here, and those whose time has passed meanwhile. */
function openOf(known: readonly FollowUp[], { writes, entries }: OnPhone, now: Date): FollowUp[] {
  const tapped = writes.flatMap(({ path }) => ANSWER.exec(path)?.[1] ?? []);
  const scored = entries
    .filter(({ state }) => state === "waiting")
    .map(({ walk, walk_moment }) => `${walk} ${walk_moment}`);
  return known.filter(
    ({ id, walk, which, due_at }) =>
      !tapped.includes(id) &&
      !scored.includes(`${walk.id} ${which}`) &&
      now.getTime() - Date.parse(due_at) < LONGEST_OPEN_MS,
  );
}
