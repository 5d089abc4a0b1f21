import { api } from "../../api/client";
import { clock } from "../../frame/clock.svelte";
import { Known } from "../../frame/known.svelte";
import { session } from "../../frame/session.svelte";
import { onChange, pendingEntries, pendingWrites } from "../../offline/outbox";
import { keptChecks } from "../check/kept";
import { liftedHere, localBlock, type LocalBlock } from "../check/local";
import { NOTHING, standing, type OnPhone } from "./local";
import type { Gate, Walking } from "./types";

/** The plan, the gate and today's walk, as the server and this phone know them together. */
class WalkingStore {
  readonly known = new Known<Walking>("walking", () => api.get("/walking"));
  /** The server was asked, or there is nobody to ask it for. */
  opened = $state(false);
  /** What this phone has of its own is known by now. */
  looked = $state(false);
  #phone = $state.raw<OnPhone>(NOTHING);

  /** Null while nothing is known of it. */
  get now(): Walking | null {
    return standing(this.known.value, this.#phone, clock.now);
  }

  get gate(): Gate | null {
    return this.now?.gate ?? null;
  }

  /** What this phone remembers is there before the server has answered. */
  async load(): Promise<void> {
    await this.known.recall();
    await this.look();
    await session.open();
    if (session.person) await this.known.load();
    await this.look();
    this.opened = true;
  }

  /** Answers the way to stop. */
  watch(): () => void {
    void this.look();
    return onChange(() => void this.#follow());
  }

  async look(): Promise<void> {
    this.#phone = await read(this.known.value);
    this.looked = true;
  }

  /** What has left the phone is on the server: its word first, or it would seem undone between. */
  async #follow(): Promise<void> {
    const before = this.#phone;
    const next = await read(this.known.value);
    const left =
      next.writes.length < before.writes.length || next.entries.length < before.entries.length;
    if (left && session.person) await this.known.load();
    await this.look();
  }
}

async function read(known: Walking | undefined): Promise<OnPhone> {
  const [writes, entries, block, checks, lifted] = await Promise.all([
    pendingWrites(),
    pendingEntries(),
    localBlock(),
    sameDayHere(),
    isLifted(known),
  ]);
  const endsAt = session.person?.day_ends_at ?? 0;
  return { writes, entries, block, sameDay: checks, lifted, endsAt };
}

/** Checks that the server has not heard of and that ask to be seen today. */
async function sameDayHere(): Promise<LocalBlock[]> {
  const [writes, kept] = await Promise.all([pendingWrites("check"), keptChecks()]);
  const waiting = kept.filter(({ id }) => writes.some(({ key }) => key === id));
  return waiting
    .filter(({ id, level }) => level === "same_day" && !isCorrected(id))
    .map(({ id, at }) => ({ check: id, at }));

  function isCorrected(id: string): boolean {
    return waiting.some(({ corrects }) => corrects === id);
  }
}

async function isLifted(known: Walking | undefined): Promise<boolean> {
  const cause = known?.gate.causes.find(({ block }) => block !== null);
  if (!cause?.block) return false;
  return liftedHere({ id: cause.block, check: cause.check, began_at: cause.at });
}

export const walking = new WalkingStore();
