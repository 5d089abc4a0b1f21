/** The diary's rows: what the server has, and what still waits on this phone. */
import type { Entry } from "../../api/types";
import { capitalised, dayName, daysAway, longDate } from "../../frame/format";
import type { LocalEntry } from "../../offline/outbox";

export interface DiaryEntry {
  id: string;
  score: number;
  at: Date;
  /** `phone`: not yet on the server. `refused`: the server turned it down; it stays here. */
  kept: "server" | "phone" | "refused";
}

export interface DiaryDay {
  key: string;
  name: string;
  entries: DiaryEntry[];
}

/** Newest first. What waits on the phone wins over what the server said before it. */
export function merge(server: readonly Entry[], local: readonly LocalEntry[]): DiaryEntry[] {
  const waiting = local.map(fromPhone);
  const ids = new Set(waiting.map(({ id }) => id));
  const rest = server.filter(({ id }) => !ids.has(id)).map(fromServer);
  return [...waiting, ...rest].sort((a, b) => b.at.getTime() - a.at.getTime());
}

function fromServer({ id, score, at }: Entry): DiaryEntry {
  return { id, score, at: new Date(at), kept: "server" };
}

function fromPhone({ id, score, at, state }: LocalEntry): DiaryEntry {
  return { id, score, at: new Date(at), kept: state === "refused" ? "refused" : "phone" };
}

export function byDay(entries: readonly DiaryEntry[], now: Date): DiaryDay[] {
  const days: DiaryDay[] = [];
  for (const entry of entries) {
    const key = entry.at.toDateString();
    const last = days.at(-1);
    if (last?.key === key) last.entries.push(entry);
    else days.push({ key, name: nameOf(entry.at, now), entries: [entry] });
  }
  return days;
}

/** "Today", "Yesterday", then the date with its weekday. */
function nameOf(at: Date, now: Date): string {
  return daysAway(at, now) >= -1 ? capitalised(dayName(at, now)) : longDate(at);
}
