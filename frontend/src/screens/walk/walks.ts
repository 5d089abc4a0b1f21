/** What a walk is made into for the server, and how it is kept, taken back and found again. Pure
 * but for the outbox. */
import { pendingWrites, saveWrite, takeBackWrite, type PendingWrite } from "../../offline/outbox";
import { endOf, measure, startOf } from "./timer";
import { guessedSteps, thinned } from "./track";
import type { Recording, WalkBody } from "./types";

export const MOST_MINUTES = 480;

export function walkKey(id: string): string {
  return `walk:${id}`;
}

export function walkPath(id: string): string {
  return `/walks/${id}`;
}

/** The whole walk, as it stands at its end. */
export function bodyOf(recording: Recording): WalkBody {
  const { marks, track, planned, chosen, purpose, stopped, checklist } = recording;
  const end = endOf(marks) ?? Date.now();
  const { walked, backward } = measure(marks, end);
  const seconds = recording.minutes === null ? Math.round(walked / 1000) : recording.minutes * 60;
  const distance = recording.located && track.points.length > 1 ? Math.round(track.distance) : null;
  return {
    ...spanOf(startOf(marks) ?? end, end, seconds),
    seconds,
    backward_seconds: Math.min(Math.round(backward / 1000), seconds),
    ...{ planned_minutes: planned, chosen_minutes: chosen, purpose, source: "timer", stopped },
    distance_m: distance,
    steps: guessedSteps(seconds * 1000, distance),
    track: recording.keepsTrack && distance !== null ? thinned(track.points) : null,
    ...{ checklist: [...checklist], note: recording.note.trim() },
  };
}

/** More minutes than the clock saw: then it began earlier. */
function spanOf(start: number, end: number, seconds: number) {
  const from = Math.min(start, end - seconds * 1000);
  return { started_at: new Date(from).toISOString(), ended_at: new Date(end).toISOString() };
}

export function keepWalk(id: string, body: WalkBody): Promise<void> {
  return saveWrite({ key: walkKey(id), method: "PUT", path: walkPath(id), body, about: "walk" });
}

/** Torn up where it never left this phone or was turned down; else the server deletes it. */
export async function dropWalk(id: string): Promise<void> {
  if (await takeBackWrite(walkKey(id))) return;
  await saveWrite({ key: walkKey(id), method: "DELETE", path: walkPath(id), about: "walk" });
}

export interface LocalWalk extends WalkBody {
  id: string;
  state: PendingWrite["state"];
  reason: string | null;
}

/** Walks that the server does not have yet, or would not take. */
export async function localWalks(): Promise<{ walks: LocalWalk[]; deleted: string[] }> {
  const writes = await pendingWrites("walk");
  const puts = writes.filter(({ method }) => method === "PUT");
  return {
    walks: puts.map(({ path, body, state, reason }) => {
      return { ...(body as WalkBody), id: idOf(path), state, reason };
    }),
    deleted: writes.filter(({ method }) => method === "DELETE").map(({ path }) => idOf(path)),
  };
}

function idOf(path: string): string {
  return path.split("/").at(-1) ?? "";
}
