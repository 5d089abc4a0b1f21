/** What the server says of walking, with what the screens know better. */
import type { components } from "../../api/schema";

type Schemas = components["schemas"];

export type Light = Schemas["LightEnum"];
export type Gate = Schemas["Gate"];
export type Cause = Schemas["Cause"];
export type FollowUp = Schemas["FollowUp"];
export type Backward = Schemas["Backward"];
export type WalkToday = Schemas["WalkToday"];
export type TestWalk = Schemas["TestWalk"];
/** Why the dose is what it is. */
export type Change = Schemas["PlanChange"];

/** A day of the look back; `light` is null where nothing was walked. */
export type WalkedDay = Schemas["WalkedDay"];
/** A day with a walk. */
export type Session = Omit<WalkedDay, "light"> & { light: Light };
export type Week = Omit<Schemas["WalkWeek"], "sessions"> & { sessions: Session[] };
/** `why` is null for a start that the server has not heard of yet. */
export type Plan = Omit<Schemas["WalkPlan"], "why"> & { why: Change | null };

export type Walking = Omit<Schemas["Walking"], "plan" | "week" | "warm"> & {
  plan: Plan | null;
  week: Week | null;
};

/** As much of a walk as a phone that has not sent it yet knows. */
export interface GivenWalk {
  started_at: string;
  ended_at: string;
  seconds?: number;
  backward_seconds?: number;
  purpose?: "walk" | "test";
}
