/** The one walk reminder that goes with the plan. Pure. */
import type { Reminder, ReminderDraft, TimesSchedule } from "../../api/types";
import { isWindow } from "../reminders/schedule";

type WalkReminder = Reminder & { schedule: TimesSchedule };

/** The first one with times of its own; one that is on comes before one that is off. */
export function walkReminder(all: readonly Reminder[]): WalkReminder | null {
  const walks = all.filter(isWalk);
  return walks.find(({ enabled }) => enabled) ?? walks[0] ?? null;
}

function isWalk(one: Reminder): one is WalkReminder {
  return one.kind === "walk" && !isWindow(one.schedule);
}

export function draftOf(days: readonly number[], time: string): ReminderDraft {
  return { kind: "walk", schedule: { days: [...days], times: [time] }, enabled: true };
}

/** Days that have been the plan's follow it; days of somebody's own choosing stay. */
export function followsPlan(reminder: Reminder | null, days: readonly number[]): boolean {
  return reminder !== null && reminder.enabled && same(reminder.schedule.days, days);
}

function same(some: readonly number[], others: readonly number[]): boolean {
  return [...some].sort().join() === [...others].sort().join();
}
