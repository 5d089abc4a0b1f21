import { api, ApiError } from "../../api/client";
import { session } from "../../frame/session.svelte";
import { recall } from "../../offline/cache";
import { isKept } from "../../offline/db";
import { onChange, pendingWrites } from "../../offline/outbox";
import { openBlock } from "./clearing";
import { save, saveWithoutItsTime } from "./giving";
import { keep, keptChecks, unsaved } from "./kept";
import { localBlock } from "./local";
import type { Block, Check } from "./types";

/**
 * Where the check is: on its way, on the server, on this phone, only on this page, turned down by
 * the server, or not to be kept, as long as the person has not agreed.
 */
export type Whereabouts = "sending" | "synced" | "phone" | "page" | "refused" | "unasked";

const FRESH_MS = 12 * 3_600_000;

/** One check and what follows from it, shown from this phone first. */
export class Result {
  check = $state.raw<Check | null>(null);
  where = $state<Whereabouts>("sending");
  /** Why there is nothing to show. */
  trouble = $state<"gone" | "offline" | null>(null);
  /** Walking and exercise are suspended; null where an emergency of another day may be over. */
  paused = $state<boolean | null>(null);
  /** An emergency answer from before this one still stands: a milder one does not lift it. */
  blockedSince = $state.raw<Date | null>(null);
  /** The phone could not keep it. */
  failed = $state(false);
  readonly #id: string;
  #timed = true;

  constructor(id: string) {
    this.#id = id;
  }

  /** What to do is shown before anybody is asked. */
  async open(): Promise<void> {
    this.check ??= await this.#findHere();
    if (this.check && (await this.#standsHere(this.check))) this.paused = true;
    await session.open();
    this.check ??= await this.#ask();
    if (this.check) await this.#locate();
  }

  /** Keeps the words true while the outbox works; returns the way to stop. */
  watch(): () => void {
    return onChange(() => void this.#locate());
  }

  /** The person agreed: on the phone first, then the server hears of both. */
  async agree(): Promise<void> {
    if (!this.check) return;
    try {
      this.failed = false;
      await save(this.check, () => session.agree());
    } catch {
      this.failed = true;
    }
    await this.#locate();
  }

  async #findHere(): Promise<Check | null> {
    const held = unsaved();
    return held?.id === this.#id
      ? held
      : ((await knownHere()).find(({ id }) => id === this.#id) ?? null);
  }

  async #ask(): Promise<Check | null> {
    try {
      const found = await api.get<Check>(`/symptom-checks/${encodeURIComponent(this.#id)}`);
      await keep(found);
      return found;
    } catch (error) {
      this.trouble = error instanceof ApiError ? "gone" : "offline";
      return null;
    }
  }

  async #locate(): Promise<void> {
    const { check } = this;
    if (!check) return;
    this.where = await whereIs(check);
    if (this.where === "refused" && this.#timed) {
      this.#timed = false;
      await saveWithoutItsTime(check);
      return;
    }
    if (check.level === "emergency") this.paused = await this.#isPaused();
    else this.blockedSince = await blockedSince();
  }

  /** A fresh one is not kept waiting for the server, nor is one that this phone knows to stand. */
  async #standsHere({ id, at }: Check): Promise<boolean> {
    if ((await knownHere()).some(({ corrects }) => corrects === id)) return false;
    if (Date.now() - Date.parse(at) < FRESH_MS || (await localBlock())) return true;
    const today = await recall<{ value: { block?: Block | null } }>("today");
    return Boolean(today?.value.block);
  }

  async #isPaused(): Promise<boolean> {
    if (this.where !== "synced" || (await localBlock())) return true;
    try {
      return (await api.get<{ block: Block | null }>("/safety/block")).block !== null;
    } catch {
      return true;
    }
  }
}

async function blockedSince(): Promise<Date | null> {
  const block = await openBlock().catch(() => null);
  return block && new Date(block.began_at);
}

/** Given on this phone, or heard of from the server. */
async function knownHere(): Promise<Check[]> {
  const list = await recall<{ value: { results: Check[] } }>("checks");
  return [...(await keptChecks()), ...(list?.value.results ?? [])];
}

async function whereIs({ id }: Check): Promise<Whereabouts> {
  if (unsaved()?.id === id) return session.consented ? "page" : "unasked";
  const waiting = (await pendingWrites("check")).find(({ key }) => key === id);
  if (!waiting) return "synced";
  if (waiting.state === "refused") return "refused";
  return (await isKept()) ? "phone" : "page";
}
