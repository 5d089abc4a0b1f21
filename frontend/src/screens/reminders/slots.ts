/** Which of the reminders' times fall on a day, computed on the phone from their schedules. */
import type { Reminder, ReminderKind } from "../../api/types";

export interface Slot {
  reminder: string;
  kind: ReminderKind;
  at: Date;
}

/** Monday is 0, as in the API. */
export function weekdayOf(day: Date): number {
  return (day.getDay() + 6) % 7;
}

export function slotsToday(reminders: readonly Reminder[], now: Date): Slot[] {
  return reminders
    .filter(({ enabled, schedule }) => enabled && schedule.days.includes(weekdayOf(now)))
    .flatMap((reminder) => reminder.schedule.times.map((time) => slot(reminder, time, now)))
    .filter((candidate) => existedAt(candidate, reminders))
    .sort((a, b) => a.at.getTime() - b.at.getTime());
}

function slot({ id, kind }: Reminder, time: string, day: Date): Slot {
  return { reminder: id, kind, at: timeOn(day, time) };
}

export function timeOn(day: Date, time: string): Date {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return new Date(day.getFullYear(), day.getMonth(), day.getDate(), hours, minutes);
}

/** A time that had passed before the reminder was made was never meant to ring. */
function existedAt(candidate: Slot, reminders: readonly Reminder[]): boolean {
  const reminder = reminders.find(({ id }) => id === candidate.reminder);
  return !reminder || new Date(reminder.created_at) <= candidate.at;
}

export type PartOfDay = "morning" | "afternoon" | "evening";

export function partOfDay(time: string): PartOfDay {
  const hour = Number(time.slice(0, 2));
  if (hour < 12) return "morning";
  return hour < 18 ? "afternoon" : "evening";
}

export function firstTime({ schedule }: Reminder): string {
  return [...schedule.times].sort()[0] ?? "";
}

/** Reminders in the order of the day, each once, at its first time. */
export function byTime(reminders: readonly Reminder[]): Reminder[] {
  return [...reminders].sort((a, b) => firstTime(a).localeCompare(firstTime(b)));
}

/** The reminder that rings next, if any is on. */
export function nextOf(reminders: readonly Reminder[]): Reminder | null {
  const due = reminders.filter(({ enabled, next_due_at }) => enabled && next_due_at);
  const when = ({ next_due_at }: Reminder) => new Date(next_due_at ?? 0).getTime();
  return due.reduce<Reminder | null>(
    (first, one) => (first && when(first) <= when(one) ? first : one),
    null,
  );
}
