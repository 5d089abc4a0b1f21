/** What a walk says in words. Times in milliseconds, distances in metres. */
import { decimal } from "../../frame/format";
import { m } from "../../paraglide/messages.js";
import type { Whereabouts } from "../diary/saved";
import type { Walk } from "./types";

const KM = 1000;

/** 8 and "42": minutes, and the seconds that belong to them. */
export function clockOf(ms: number): { minutes: number; seconds: string } {
  const all = Math.floor(ms / 1000);
  return { minutes: Math.floor(all / 60), seconds: String(all % 60).padStart(2, "0") };
}

/** Whole minutes, never none for a walk that was one. */
export function minutesOf(seconds: number): number {
  return Math.max(1, Math.round(seconds / 60));
}

export function distanceWords(distance: number): string {
  if (distance < KM / 10) return m.walk_metres({ metres: Math.round(distance / 10) * 10 });
  return m.walk_km({ km: decimal(distance / KM) });
}

export function stepsWords(steps: number): string {
  return m.walk_steps({ steps });
}

const where: Record<Whereabouts, () => string> = {
  synced: m.score_synced,
  phone: m.score_on_phone,
  page: m.score_on_page,
  refused: m.score_refused,
};

export function whereWords(at: Whereabouts): string {
  return where[at]();
}

const REASONS: Record<string, () => string> = {
  walk_overlaps: m.walk_refused_overlaps,
  gate_blocked: m.walk_refused_blocked,
  backward_locked: m.walk_refused_backward,
  invalid: m.walk_refused_invalid,
};

/** Why the server would not take it, and what can be done. */
export function refusedWords(reason: string | null): string {
  const known = reason !== null && Object.hasOwn(REASONS, reason) ? REASONS[reason] : undefined;
  return known ? known() : m.walk_refused_other();
}

const LIGHTS: Record<Walk["light"], () => string> = {
  green: m.walk_light_green,
  amber: m.walk_light_amber,
  red: m.walk_light_red,
  waiting: m.walk_light_waiting,
  unknown: m.walk_light_unknown,
};

export function lightTitle({ light }: Pick<Walk, "light">): string {
  return LIGHTS[light]();
}

/** What the light is from: the rise over the score before the walk. */
export function lightWhy({ light, rise, scores }: Pick<Walk, "light" | "rise" | "scores">): string {
  if (light === "waiting") return m.walk_why_waiting();
  if (light === "unknown") {
    return (scores.before ?? null) === null ? m.walk_why_no_before() : m.walk_why_unanswered();
  }
  if (rise === null) return m.walk_why_plain();
  if (rise <= 0) return m.walk_why_no_rise();
  return light === "green" ? m.walk_why_green({ rise }) : m.walk_why_rise({ rise });
}

export const STOPPED: Record<string, () => string> = {
  hurt: m.walk_stopped_hurt,
  sign: m.walk_stopped_sign,
  wobble: m.walk_stopped_wobble,
  dizzy: m.walk_stopped_dizzy,
  pain: m.walk_stopped_pain,
};
