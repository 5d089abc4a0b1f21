/** What holds mean for a reminder, and how they are named. Pure, so that Today can ask as well. */
import type { Hold, QuietHours, Reminder } from "../../api/types";
import { dayName, daysAway, list, time } from "../../frame/format";
import { m } from "../../paraglide/messages.js";
import { isQuiet, minuteAt } from "./schedule";
import { kindName } from "./words";

/** Those that still hold now: the list on the phone may be from yesterday. */
export function active(holds: readonly Hold[], now: Date): Hold[] {
  return holds.filter(({ until }) => !until || new Date(until) > now);
}

export function isPause({ reason, kinds }: Hold): boolean {
  return reason === "pause" && kinds === null;
}

/** The pause that ends last, when there is one. */
export function pauseOf(holds: readonly Hold[], now: Date): Hold | null {
  const end = ({ until }: Hold) => (until ? new Date(until).getTime() : Infinity);
  return (
    active(holds, now)
      .filter(isPause)
      .sort((a, b) => end(b) - end(a))[0] ?? null
  );
}

export function covers({ kinds, until }: Hold, kind: string, at: Date): boolean {
  return (kinds === null || kinds.includes(kind)) && (!until || at < new Date(until));
}

/** What will keep this reminder quiet at its next time. */
export function holdOn(reminder: Reminder, holds: readonly Hold[]): Hold | null {
  const { kind, next_due_at: due, enabled } = reminder;
  if (!enabled || !due) return null;
  return holds.find((hold) => covers(hold, kind, new Date(due))) ?? null;
}

/** Nothing will ring at its next time: it is held, it rests, or that is in the quiet hours. */
export function isSilent(
  reminder: Reminder,
  holds: readonly Hold[],
  quiet: QuietHours | null | undefined,
): boolean {
  const { resting, next_due_at: due } = reminder;
  if (resting || holdOn(reminder, holds)) return true;
  return Boolean(due) && isQuiet(minuteAt(new Date(due ?? 0)), quiet);
}

/** "Paused until Sunday", "Not today", "Not now until 10:30" */
export function holdInWords(hold: Hold, now: Date): string {
  const { reason, until } = hold;
  if (reason === "skip_today") return m.hold_skip_today();
  if (reason === "flare") return m.hold_flare();
  if (reason === "emergency") return m.hold_emergency();
  if (reason === "not_now" && until) return m.hold_not_now({ time: time(new Date(until)) });
  return pausedUntil(until, now);
}

function pausedUntil(until: string | null, now: Date): string {
  if (!until) return m.paused_open();
  const last = lastDay(until);
  return daysAway(last, now) === 0 ? m.paused_today() : m.paused_until({ day: dayName(last, now) });
}

/** A pause ends at midnight, which belongs to the day after: its last day is the one before. */
function lastDay(until: string): Date {
  return new Date(new Date(until).getTime() - 1);
}

/** The last day of a week's pause from now, which counts today. */
export function lastDayOfWeek(now: Date): string {
  const last = new Date(now.getFullYear(), now.getMonth(), now.getDate() + 6);
  return dayName(last, now);
}

export function kindsInWords({ kinds }: Hold): string {
  return kinds === null ? m.hold_all() : list(kinds.map(kindName));
}
