/** The diary's rows: what the server has, and what still waits on this phone. */
import { capitalised, dayName, daysAway, longDate } from "../../frame/format";
import type { LocalEntry, NewEntry } from "../../offline/outbox";
import { diaryDay, isoDate } from "./days";
import type { Details, StoredEntry } from "./types";

export interface DiaryEntry extends Details {
  id: string;
  score: number;
  at: Date;
  beganOn: string | null;
  /** The walk that it was scored for. */
  walk?: Pick<NewEntry, "walk" | "walk_moment">;
  /** `phone`: not yet on the server. `refused`: the server turned it down; it stays here. */
  kept: "server" | "phone" | "refused";
}

export interface DiaryDay {
  key: string;
  name: string;
  entries: DiaryEntry[];
}

/** Newest first. What waits on the phone wins over what the server said before it. */
export function merge(server: readonly StoredEntry[], local: readonly LocalEntry[]): DiaryEntry[] {
  const waiting = local.map((entry) =>
    read(entry, entry.state === "refused" ? "refused" : "phone"),
  );
  const ids = new Set(waiting.map(({ id }) => id));
  const rest = server.filter(({ id }) => !ids.has(id)).map((entry) => read(entry, "server"));
  return [...waiting, ...rest].sort((a, b) => b.at.getTime() - a.at.getTime());
}

function read(entry: StoredEntry, kept: DiaryEntry["kept"]): DiaryEntry {
  const { id, score, at, began_on = null, sleep = "", note = "" } = entry;
  const { places = [], worse = [], better = [] } = entry;
  const lists = { places: [...places], worse: [...worse], better: [...better] };
  const walk = entry.walk
    ? { walk: { walk: entry.walk, walk_moment: entry.walk_moment ?? "" } }
    : {};
  return { id, score, at: new Date(at), beganOn: began_on, ...lists, sleep, note, kept, ...walk };
}

/** The whole entry as it is sent: what is left out would be emptied. */
export function asSent({ id, score, at, beganOn, walk, ...rest }: DiaryEntry): NewEntry {
  const { places, worse, better, sleep, note } = rest;
  const details = { places, worse, better, sleep, note, ...walk };
  return { id, score, at: at.toISOString(), began_on: beganOn, ...details };
}

export function isBare({ places, worse, better, sleep, note }: Details): boolean {
  return places.length + worse.length + better.length === 0 && !sleep && !note;
}

/** `endsAt`: the hour of the next morning until which a person's day goes on. */
export function byDay(entries: readonly DiaryEntry[], now: Date, endsAt = 0): DiaryDay[] {
  const today = diaryDay(now, endsAt);
  const days: DiaryDay[] = [];
  for (const entry of entries) {
    const day = diaryDay(entry.at, endsAt);
    const key = isoDate(day);
    const last = days.at(-1);
    if (last?.key === key) last.entries.push(entry);
    else days.push({ key, name: nameOf(day, today), entries: [entry] });
  }
  return days;
}

/** "Today", "Yesterday", then the date with its weekday. */
function nameOf(day: Date, today: Date): string {
  return daysAway(day, today) >= -1 ? capitalised(dayName(day, today)) : longDate(day);
}
