/** What follows from an answer hours after a walk. The limits are rules of ours. Pure. */
import { m } from "../../paraglide/messages.js";
import type { FollowUp } from "../move/types";
import type { Felt } from "./later.svelte";

/** A rise of more than that is a raised score. */
const CALM = 2;
/** From here on it is a lot, whatever it was before. */
const MUCH = 6;

export interface Told {
  which: FollowUp["which"] | null;
  before: number | null;
  score: number | null;
  felt: Felt | null;
}

/** How far it is above the score before the walk; null where that cannot be told. */
export function riseOf({ before, score }: Told): number | null {
  return before === null || score === null ? null : score - before;
}

export function isRaised(told: Told): boolean {
  const rise = riseOf(told);
  return rise === null ? told.felt === "worse" : rise > CALM;
}

export function isMuch({ score }: Told): boolean {
  return score !== null && score >= MUCH;
}

export function question(which: FollowUp["which"] | null): string {
  if (which === "morning") return m.later_question_morning();
  return which === "day_after" ? m.later_question_day() : m.later_question();
}

export function noted(told: Told): string {
  const rise = riseOf(told);
  if (rise !== null && rise > 0) return m.later_noted_rise({ rise });
  if (rise !== null) return m.later_noted_same();
  if (told.felt) return told.felt === "worse" ? m.later_noted_worse() : m.later_noted_fine();
  return m.later_noted();
}

export function next(told: Told): string {
  const { which, before, score, felt } = told;
  if (before === null && score !== null && felt === null) return m.later_next_no_before();
  const raised = isRaised(told);
  if (which === "day_after") return raised ? m.later_next_day_raised() : m.later_next_day_calm();
  if (which === "morning")
    return raised ? m.later_next_morning_raised() : m.later_next_morning_calm();
  return raised ? m.later_next_raised() : m.later_next_calm();
}

/** After a day it is still there: signs first, then the plan. */
export function leadsToCheck(told: Told): boolean {
  return told.which === "day_after" && isRaised(told);
}
