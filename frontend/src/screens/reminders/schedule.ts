/** What a schedule comes to on a day, by the wall clock; the server's rules in the phone's hands. */
import type { QuietHours, Schedule, WindowSchedule } from "../../api/types";

const DAY = 24 * 60;
const HOUR = 60;

export function isWindow(schedule: Schedule): schedule is WindowSchedule {
  return "every_minutes" in schedule;
}

export function minuteOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return hours * HOUR + minutes;
}

export function minuteAt(moment: Date): number {
  return moment.getHours() * HOUR + moment.getMinutes();
}

export function clockOf(minute: number): string {
  const two = (n: number) => String(n).padStart(2, "0");
  return `${two(Math.floor(minute / HOUR) % 24)}:${two(minute % HOUR)}`;
}

/**
 * Minutes after the midnight that begins its day. A window that crosses midnight belongs to the
 * day it starts on, so its later minutes are beyond 24 hours.
 */
export function minutesOf(schedule: Schedule): number[] {
  if (!isWindow(schedule)) return schedule.times.map(minuteOf).sort((a, b) => a - b);
  const from = minuteOf(schedule.from);
  const to = minuteOf(schedule.to);
  const end = from > to ? to + DAY : to;
  const minutes: number[] = [];
  // A step of nothing would never arrive.
  for (let at = from; at <= end; at += Math.max(1, schedule.every_minutes)) {
    if (!isExcepted(at, schedule)) minutes.push(at);
  }
  return minutes;
}

function isExcepted(minute: number, { except = [] }: WindowSchedule): boolean {
  return except.some(([from, to]) => liesIn(minute % DAY, { from, to }));
}

/** From `from` until just before `to`; a stretch whose end comes first crosses midnight. */
function liesIn(minute: number, stretch: { from: string; to: string }): boolean {
  const [from, to] = [minuteOf(stretch.from), minuteOf(stretch.to)];
  return from <= to ? minute >= from && minute < to : minute >= from || minute < to;
}

export function isQuiet(minute: number, quiet: QuietHours | null | undefined): boolean {
  return Boolean(quiet) && liesIn(minute % DAY, quiet as QuietHours);
}

/** How many of a day's times fall into the quiet hours, and of how many. */
export function quietShare(
  schedule: Schedule,
  quiet: QuietHours | null | undefined,
): { quiet: number; all: number } {
  const minutes = minutesOf(schedule);
  return { quiet: minutes.filter((minute) => isQuiet(minute, quiet)).length, all: minutes.length };
}
