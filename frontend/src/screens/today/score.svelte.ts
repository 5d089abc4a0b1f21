import { session } from "../../frame/session.svelte";
import { install } from "../../frame/install.svelte";
import { isKept } from "../../offline/db";
import { deleteEntry, onChange, pendingEntries, replay, saveEntry } from "../../offline/outbox";
import type { Today } from "./types";

const CORRECTION_MS = 60_000;

export interface Saved {
  id: string;
  score: number;
  at: string;
  /** When this began, where the person has said so. */
  began_on?: string;
}

/**
 * Where the saved score is: on its way, on the server, on this phone, only on this page (a private
 * window stores nothing), or turned down by the server.
 */
export type Whereabouts = "sending" | "synced" | "phone" | "page" | "refused";

/** The score that is being given now: asked consent for, saved, corrected, taken back. */
export class Score {
  /** Tapped before consent was given; kept until the person decides. */
  asking = $state<number | null>(null);
  saved = $state.raw<Saved | null>(null);
  where = $state<Whereabouts>("sending");
  corrected = $state(false);
  failed = $state(false);
  /** What was known before it was given: what to ask next hangs on that. */
  before = $state.raw<Today | undefined>();
  readonly #onSynced: () => unknown;
  readonly #known: () => Today | undefined;

  constructor(onSynced: () => unknown, known: () => Today | undefined = () => undefined) {
    this.#onSynced = onSynced;
    this.#known = known;
  }

  async choose(score: number): Promise<void> {
    if (session.consented) await this.#save(score);
    else this.asking = score;
  }

  async agree(): Promise<void> {
    const score = this.asking;
    this.asking = null;
    if (score === null) return;
    // On the phone first: whatever the network does now, the answer is kept.
    await this.#save(score, () => session.agree());
  }

  decline(): void {
    this.asking = null;
  }

  async undo(): Promise<void> {
    const { saved } = this;
    this.saved = null;
    if (saved) await deleteEntry(saved.id);
  }

  /** The same entry once more, with the day that this began. */
  async began(day: string): Promise<void> {
    if (this.saved) await this.#keep({ ...this.saved, began_on: day });
  }

  /** Keeps the words true while the outbox works; returns the way to stop. */
  watch(): () => void {
    return onChange(() => void this.#locate());
  }

  async #save(score: number, beforeSending?: () => Promise<void>): Promise<void> {
    const slip = this.#slip();
    if (!slip) this.before = this.#known();
    // What was said of its beginning goes over to the correction.
    const began = slip?.began_on ? { began_on: slip.began_on } : {};
    const saved = { id: crypto.randomUUID(), score, at: new Date().toISOString(), ...began };
    await this.#keep(saved, slip, beforeSending);
  }

  async #keep(
    saved: Saved,
    slip: Saved | null = null,
    beforeSending?: () => Promise<void>,
  ): Promise<void> {
    try {
      await saveEntry(saved);
      if (slip) await deleteEntry(slip.id);
    } catch {
      this.failed = true;
      return;
    }
    this.failed = false;
    this.corrected = slip !== null;
    this.where = "sending";
    this.saved = saved;
    install.somethingFinished();
    await beforeSending?.();
    await replay();
    await this.#locate();
  }

  /** A second tap within a minute corrects the first rather than adding to it. */
  #slip(): Saved | null {
    if (!this.saved) return null;
    const age = Date.now() - new Date(this.saved.at).getTime();
    return age < CORRECTION_MS ? this.saved : null;
  }

  async #locate(): Promise<void> {
    const { saved } = this;
    if (!saved) return;
    const waiting = (await pendingEntries()).find(({ id }) => id === saved.id);
    const lasting = await isKept();
    if (saved !== this.saved) return;
    const before = this.where;
    if (!waiting) this.where = "synced";
    else if (waiting.state === "refused") this.where = "refused";
    else this.where = lasting ? "phone" : "page";
    if (this.where === "synced" && before !== "synced") this.#onSynced();
  }
}
