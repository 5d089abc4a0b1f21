/** When a score was: now, one of the times that people name, or a day and time of their own. */
import { capitalised, momentInWords } from "../../frame/format";
import { addDays, diaryDay, isoDate } from "./days";

export interface Moment {
  id: "this_morning" | "this_afternoon" | "this_evening" | "yesterday_evening";
  at: Date;
}

/** Nobody calls a time that has only just been "this morning". */
const PAST_MS = 30 * 60_000;
const MORNING = 8;
const AFTERNOON = 14;
const EVENING = 20;

/** The times of the diary's day that have been, the latest first, and the evening before. */
export function momentsBefore(now: Date, endsAt: number): Moment[] {
  const today = diaryDay(now, endsAt);
  const moments: Moment[] = [
    { id: "this_evening", at: atHour(today, EVENING) },
    { id: "this_afternoon", at: atHour(today, AFTERNOON) },
    { id: "this_morning", at: atHour(today, MORNING) },
    { id: "yesterday_evening", at: atHour(addDays(today, -1), EVENING) },
  ];
  return moments.filter(({ at }) => now.getTime() - at.getTime() >= PAST_MS);
}

export function momentName({ at }: Moment, now: Date): string {
  return capitalised(momentInWords(at, now));
}

function atHour(day: Date, hour: number): Date {
  return new Date(day.getFullYear(), day.getMonth(), day.getDate(), hour);
}

/** A moment as two fields hold it. */
export function fieldsOf(at: Date): { day: string; time: string } {
  const time = `${String(at.getHours()).padStart(2, "0")}:${String(at.getMinutes()).padStart(2, "0")}`;
  return { day: isoDate(at), time };
}

/** Null while a field is empty. A time that a clock change skips becomes the one after it. */
export function momentOf(day: string, time: string): Date | null {
  if (!day || !time) return null;
  const at = new Date(`${day}T${time}`);
  return Number.isNaN(at.getTime()) ? null : at;
}

/** What stands in the way of an own day and time. */
export function troubleWith(at: Date | null, now: Date): "missing" | "future" | null {
  if (!at) return "missing";
  return at.getTime() > now.getTime() ? "future" : null;
}
