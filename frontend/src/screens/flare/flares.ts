/** Flares as they stand on this phone: the server's, with what still waits here to be sent. Pure. */
import { daysAway } from "../../frame/format";
import type { PendingWrite } from "../../offline/outbox";
import type { Flare } from "./types";

const PATH = /^\/pain\/flares\/([^/]+)(\/end)?$/;

export function pathOf(id: string): string {
  return `/pain/flares/${id}`;
}

type Wish = Pick<PendingWrite, "method" | "path" | "body" | "state">;

/** Newest first. What the server refused has not happened. */
export function standing(known: readonly Flare[], writes: readonly Wish[]): Flare[] {
  return writes.filter(({ state }) => state === "waiting").reduce(after, [...known]);
}

function after(flares: Flare[], { method, path, body }: Wish): Flare[] {
  const [, id, end] = PATH.exec(path) ?? [];
  if (id === undefined) return flares;
  if (method === "DELETE") return flares.filter((one) => one.id !== id);
  const { at } = body as { at: string };
  if (end) return flares.map((one) => (one.id === id ? ended(one, at) : one));
  return begun(flares, id, at);
}

/** The first to end it is right, as on the server. */
function ended(flare: Flare, at: string): Flare {
  return flare.ended_at ? flare : { ...flare, ended_at: at, day: null };
}

/** There is one at a time: the server would not take a second. */
function begun(flares: Flare[], id: string, at: string): Flare[] {
  if (openOf(flares) || flares.some((one) => one.id === id)) return flares;
  return [{ id, began_at: at, ended_at: null, resume_percent: null, day: 1 }, ...flares];
}

export function openOf(flares: readonly Flare[]): Flare | null {
  return flares.find(({ ended_at }) => ended_at === null) ?? null;
}

/** By the calendar, the first is 1. What this phone remembers may be from yesterday. */
export function dayOf({ began_at }: Flare, now: Date): number {
  return Math.max(1 - daysAway(new Date(began_at), now), 1);
}

/** How many days it lasted, both ends among them. */
export function lengthOf({ began_at, ended_at }: Flare, now: Date): number {
  const end = ended_at ? new Date(ended_at) : now;
  return Math.max(1 - daysAway(new Date(began_at), end), 1);
}
