import { m } from "../../paraglide/messages.js";
import type { ReminderKind } from "../../api/types";
import type { IconName } from "../../components/icons";
import type { PartOfDay } from "./slots";

export const KINDS: readonly ReminderKind[] = ["walk", "check_in"];

export const kindIcon: Record<ReminderKind, IconName> = { walk: "move", check_in: "note" };

export function kindName(kind: ReminderKind): string {
  return kind === "walk" ? m.kind_walk() : m.kind_check_in();
}

/** The kind inside a sentence: "Today 17:30, walk". */
export function kindInSentence(kind: ReminderKind): string {
  return kind === "walk" ? m.kind_walk_inline() : m.kind_check_in_inline();
}

export function partName(part: PartOfDay): string {
  if (part === "morning") return m.part_morning();
  return part === "afternoon" ? m.part_afternoon() : m.part_evening();
}

/** "in 2 h 10 min", "in 25 min", "now" */
export function timeUntil(at: Date, now: Date): string {
  const minutes = Math.ceil((at.getTime() - now.getTime()) / 60_000);
  if (minutes <= 0) return m.until_now();
  const hours = Math.floor(minutes / 60);
  if (hours === 0) return m.until_minutes({ minutes });
  return minutes % 60 === 0
    ? m.until_hours({ hours })
    : m.until_hours_minutes({ hours, minutes: minutes % 60 });
}
