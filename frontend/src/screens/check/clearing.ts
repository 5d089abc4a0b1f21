/** Recording that a clinician agreed, and taking that back. */
import { api } from "../../api/client";
import { session } from "../../frame/session.svelte";
import { recall } from "../../offline/cache";
import { pendingWrites, replay, saveWrite, takeBackWrite } from "../../offline/outbox";
import {
  clearancePath,
  clearedHere,
  clearHere,
  liftedHere,
  localBlock,
  type Clearance,
} from "./local";
import type { Block } from "./types";

/** What a clearance is for: the server's block, or (`id` null) one that only this phone knows of. */
export interface Open {
  id: string | null;
  began_at: string;
}

/** Null where nothing is suspended. Rejects where neither this phone nor the server can say. */
export async function openBlock(): Promise<Open | null> {
  const here = await localBlock();
  if (here) return { id: null, began_at: here.at };
  await session.open();
  const block = session.person ? await serversBlock() : null;
  return block && (await liftedHere(block)) ? null : block;
}

async function serversBlock(): Promise<Block | null> {
  try {
    return (await api.get<{ block: Block | null }>("/safety/block")).block;
  } catch (error) {
    // Today may have heard of it before the network went.
    const today = await recall<{ value: { block?: Block | null } }>("today");
    if (today?.value.block) return today.value.block;
    throw error;
  }
}

export async function clear({ id }: Open, clearance: Clearance): Promise<void> {
  if (id === null) await clearHere(clearance);
  else await send(id, clearance);
}

/** Undo: the block stands again. */
export async function unclear({ id }: Open): Promise<void> {
  if (id === null) return clearHere(null);
  const key = keyOf(id);
  if (await takeBackWrite(key)) return;
  await saveWrite({ key, method: "DELETE", path: clearancePath(id), about: "block" });
  await replay().catch(() => undefined);
}

/** The server has made the block by now: tell it what was recorded here before it had. */
export async function settleClearance({ id, began_at }: Block): Promise<void> {
  const cleared = await clearedHere();
  if (!id || !cleared || Date.parse(began_at) > Date.parse(cleared.at)) return;
  await send(id, cleared);
  await clearHere(null);
}

async function send(id: string, clearance: Clearance): Promise<void> {
  const key = keyOf(id);
  const write = { key, method: "PUT", path: clearancePath(id), about: "block" } as const;
  await saveWrite({ ...write, body: clearance });
  await replay().catch(() => undefined);
  const left = (await pendingWrites("block")).find((one) => one.key === key);
  if (left?.state !== "refused") return;
  // This phone's clock may run ahead: then the moment it arrives has to do.
  await saveWrite({ ...write, body: { ...clearance, at: undefined } });
  await replay().catch(() => undefined);
}

function keyOf(block: string): string {
  return `clearance:${block}`;
}
