/** The day as a line from early morning to late evening, for the path on Today. */
import type { Slot } from "../reminders/slots";

const WAKING_FROM = 6 * 60;
const WAKING_TO = 23 * 60;

export interface DayLine {
  now: number;
  marks: number[];
}

/** Shares of the waking day; a reminder outside it stretches the line to hold it. */
export function dayLine(slots: readonly Slot[], now: Date): DayLine {
  const minutes = slots.map(({ at }) => minuteOf(at));
  const from = Math.max(0, Math.min(WAKING_FROM, ...minutes.map((minute) => minute - 30)));
  const to = Math.min(24 * 60, Math.max(WAKING_TO, ...minutes.map((minute) => minute + 30)));
  const share = (minute: number) => Math.min(1, Math.max(0, (minute - from) / (to - from)));
  // Two at the same time are one stone.
  return { now: share(minuteOf(now)), marks: [...new Set(minutes)].map(share) };
}

function minuteOf(at: Date): number {
  return at.getHours() * 60 + at.getMinutes();
}
