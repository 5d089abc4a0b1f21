/** Which of the reminders' times fall on a day, computed on the phone from their schedules. */
import type { Reminder, ReminderKind } from "../../api/types";
import { clockOf, isWindow, minuteAt, minuteOf, minutesOf } from "./schedule";

const DAY = 24 * 60;

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
    .filter(({ enabled }) => enabled)
    .flatMap((reminder) => slotsOn(reminder, now))
    .filter((candidate) => existedAt(candidate, reminders))
    .sort((a, b) => a.at.getTime() - b.at.getTime());
}

/** The day's own times, and those that yesterday's window carries over midnight. */
function slotsOn({ id, kind, schedule }: Reminder, day: Date): Slot[] {
  const today = weekdayOf(day);
  const starts = (weekday: number) => schedule.days.includes(weekday);
  return minutesOf(schedule)
    .filter((minute) => starts(minute < DAY ? today : (today + 6) % 7))
    .map((minute) => ({ reminder: id, kind, at: timeOn(day, clockOf(minute)) }));
}

export function timeOn(day: Date, time: string): Date {
  const minute = minuteOf(time);
  return new Date(day.getFullYear(), day.getMonth(), day.getDate(), 0, minute);
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
  return clockOf(minutesOf(schedule)[0] ?? 0);
}

/**
 * Where a reminder stands in the day: at its first time, or, when it repeats, at the next time
 * that is left today, at its last when today's are over.
 */
export function placeOf(reminder: Reminder, now: Date): string {
  if (!isWindow(reminder.schedule)) return firstTime(reminder);
  const slots = slotsToday([reminder], now);
  const place = slots.find(({ at }) => at > now) ?? slots.at(-1);
  return place ? clockOf(minuteAt(place.at)) : firstTime(reminder);
}

/** Reminders in the order of the day, each once, at its place. */
export function byTime(reminders: readonly Reminder[], now: Date): Reminder[] {
  const placed = reminders.map((reminder) => ({ reminder, place: placeOf(reminder, now) }));
  placed.sort((a, b) => a.place.localeCompare(b.place));
  return placed.map(({ reminder }) => reminder);
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
