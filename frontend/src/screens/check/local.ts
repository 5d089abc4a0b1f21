/**
 * What this phone knows of blocks before the server does: an emergency answered without a network
 * suspends walking and exercise here at once, and a slip or a clearance lifts that again.
 */
import { recall, remember } from "../../offline/cache";
import { pendingWrites } from "../../offline/outbox";
import { keptChecks, unsaved } from "./kept";
import type { Block, Check, Clinician } from "./types";

const CLEARED = "cleared_here";

export interface LocalBlock {
  /** The emergency answer it stands for. */
  check: string;
  at: string;
}

export interface Clearance {
  clinician: Clinician;
  seen_on: string;
  /** RFC 3339: when it was recorded. It covers what was answered before. */
  at: string;
}

type Told = Pick<Check, "id" | "level" | "at" | "corrects">;

/** The block that only this phone knows of. */
export async function localBlock(): Promise<LocalBlock | null> {
  const [told, cleared] = await Promise.all([waitingChecks(), clearedHere()]);
  const since = cleared ? told.filter(({ at }) => Date.parse(at) > Date.parse(cleared.at)) : told;
  return standing(since)[0] ?? null;
}

/** Whether what lifts the server's block still waits on this phone to be sent. */
export async function liftedHere({
  id,
  check,
  began_at,
}: Pick<Block, "id" | "check" | "began_at">): Promise<boolean> {
  const writes = await pendingWrites("block");
  const clearing = writes.find(({ path }) => path === clearancePath(id));
  if (clearing) return clearing.method === "PUT" && clearing.state === "waiting";
  if (check === null) return false;
  return standing(await waitingChecks(), [{ check, at: began_at }]).length === 0;
}

export function clearancePath(block: string): string {
  return `/safety/blocks/${block}/clearance`;
}

/** A clearance for a block that the server has not made yet: it cannot be sent before that. */
export async function clearedHere(): Promise<Clearance | null> {
  return (await recall<Clearance>(CLEARED)) ?? null;
}

export async function clearHere(clearance: Clearance | null): Promise<void> {
  await remember(CLEARED, clearance);
}

/** As on the server: emergency answers stand until they are corrected, the oldest first. */
export function standing(told: readonly Told[], before: readonly LocalBlock[] = []): LocalBlock[] {
  return told.reduce((stand, { id, level, at, corrects }) => {
    const others = stand.filter(({ check }) => check !== corrects);
    return level === "emergency" ? [...others, { check: id, at }] : others;
  }, before.slice());
}

/** In the order in which they were given. One that the server turned down counts as well. */
async function waitingChecks(): Promise<Told[]> {
  const [writes, kept] = await Promise.all([pendingWrites("check"), keptChecks()]);
  const told = writes.flatMap(({ key }) => kept.find(({ id }) => id === key) ?? []);
  const held = unsaved();
  return held ? [...told, held] : told;
}
