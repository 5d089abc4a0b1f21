/** Where something that was saved is by now, and the words for it. */
import { notices } from "../../frame/notice.svelte";
import { isKept } from "../../offline/db";
import { pendingEntries, pendingWrites, replay } from "../../offline/outbox";
import { m } from "../../paraglide/messages.js";

/** Long enough for a network that is there; nobody waits for one that is not. */
const PATIENCE_MS = 1500;

export type Whereabouts = "synced" | "phone" | "page" | "refused";

/** Of an entry by its id, or of another write by its key. */
export async function whereabouts(key: string): Promise<Whereabouts> {
  const waiting = [
    ...(await pendingEntries()).map(({ id, state }) => ({ key: id, state })),
    ...(await pendingWrites()),
  ].find((one) => one.key === key);
  if (!waiting) return "synced";
  if (waiting.state === "refused") return "refused";
  return (await isKept()) ? "phone" : "page";
}

const words: Record<Whereabouts, () => string> = {
  synced: m.entry_saved_synced,
  phone: m.entry_saved_phone,
  page: m.entry_saved_page,
  refused: m.entry_refused,
};

/** Waits for what is under way, but not longer than a person would. */
export async function inPatience(work: Promise<unknown>): Promise<void> {
  const patience = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
  await Promise.race([work.catch(() => undefined), patience]);
}

/** Something that is safe on this phone: how it is found again, and how it is taken back. */
export interface Kept {
  key: string;
  undo: () => Promise<void>;
}

/** Sends it, and says what has become of it. */
export async function sendAndSay({ key, undo }: Kept): Promise<void> {
  await inPatience(replay());
  notices.show({ text: words[await whereabouts(key)](), undo });
}
