import { m } from "../../paraglide/messages.js";
import type { ReminderKind, Schedule } from "../../api/types";
import type { IconName } from "../../components/icons";
import { clockTime, list } from "../../frame/format";
import { isWindow } from "./schedule";
import type { PartOfDay } from "./slots";

export const KINDS: readonly ReminderKind[] = ["walk", "check_in", "move", "measure"];

export const kindIcon: Record<ReminderKind, IconName> = {
  walk: "move",
  check_in: "note",
  move: "swap",
  measure: "sliders",
};

const names: Record<string, () => string> = {
  walk: m.kind_walk,
  check_in: m.kind_check_in,
  move: m.kind_move,
  measure: m.kind_measure,
  unresolved_pain: m.kind_unresolved_pain,
  step_up: m.kind_step_up,
  follow_up: m.kind_follow_up,
  test: m.kind_test,
};

/** Kinds that a person cannot plan, or that this version does not know, are simply reminders. */
export function kindName(kind: string): string {
  return (names[kind] ?? m.kind_other)();
}

/** The kind inside a sentence: "Today 17:30, walk". */
export function kindInSentence(kind: ReminderKind): string {
  return inSentence[kind]();
}

const inSentence: Record<ReminderKind, () => string> = {
  walk: m.kind_walk_inline,
  check_in: m.kind_check_in_inline,
  move: m.kind_move_inline,
  measure: m.kind_measure_inline,
};

/** "09:00 to 17:00, every 45 min, not 12:00 to 13:00"; nothing for set times. */
export function windowInWords(schedule: Schedule): string {
  if (!isWindow(schedule)) return "";
  const { from, to, every_minutes: minutes, except = [] } = schedule;
  const window = m.schedule_window({ times: range(from, to), minutes });
  if (except.length === 0) return window;
  return m.schedule_except({
    window,
    breaks: list(except.map(([start, end]) => range(start, end))),
  });
}

/** "09:00 to 17:00" */
export function range(from: string, to: string): string {
  return m.time_range({ from: clockTime(from), to: clockTime(to) });
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
