/** What today asks for, and which one action comes first. Pure. */
import { isEnough } from "./localday";
import type { Walking } from "./types";

export type Stage =
  /** Something blocks walking until a clinician has agreed. */
  | "blocked"
  /** No plan yet. */
  | "none"
  /** The questions hold no longer. */
  | "due"
  | "flare"
  | "paused"
  /** The last walk was too much, and nobody has looked at the warning signs since. */
  | "check"
  | "done"
  /** It has been so long that the plan starts again. */
  | "measure"
  | "rest"
  /** A walk is planned; perhaps a part of it is walked. */
  | "walk";

export function stageOf({ gate, plan, today }: Walking): Stage {
  if (gate.state === "blocked") return "blocked";
  if (!plan) return "none";
  if (gate.state === "due") return "due";
  if (today.left_out) return today.left_out;
  if (plan.needs === "check") return "check";
  if (isEnough(today.walked_seconds, today.minutes)) return "done";
  if (plan.needs === "tolerance") return "measure";
  return today.planned || today.walked_seconds > 0 ? "walk" : "rest";
}

/** Minutes still to walk today, whole ones. */
export function minutesLeft({ today }: Walking): number {
  return Math.max(0, Math.ceil((today.minutes ?? 0) - today.walked_seconds / 60));
}
