import { api, ApiError } from "../../api/client";
import { session } from "../../frame/session.svelte";
import { isKept } from "../../offline/db";
import {
  onChange,
  pendingEntries,
  pendingWrites,
  replay,
  saveAnswer,
  saveEntry,
  saveWrite,
} from "../../offline/outbox";
import type { FollowUp } from "../move/types";
import { walking } from "../move/walking.svelte";

export type Felt = "fine" | "worse";
export type Where = "sending" | "synced" | "phone" | "page" | "refused";
/** Why the server's word is missing. `stranger`: this browser has no session. */
export type Trouble = "offline" | "failed" | "gone" | "stranger";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const HOUR_MS = 3_600_000;

export function asFelt(value: string | null): Felt | null {
  return value === "fine" || value === "worse" ? value : null;
}

/** How the back is, hours after a walk. Usable at once: what the server knows comes in later. */
export class Later {
  asked = $state.raw<FollowUp | null>(null);
  score = $state<number | null>(null);
  felt = $state<Felt | null>(null);
  where = $state<Where | null>(null);
  trouble = $state<Trouble | null>(null);
  /** The phone could not even keep it. */
  failed = $state(false);
  /** Put off until then. */
  later = $state.raw<Date | null>(null);
  readonly #id: string;
  readonly #entry = { id: crypto.randomUUID(), at: new Date().toISOString() };

  /** Answered before, here or elsewhere. */
  readonly before: string | null = $derived(this.asked?.answered_at ?? null);

  constructor(id: string) {
    this.#id = id;
    if (!UUID.test(id)) this.trouble = "gone";
  }

  async open(delivery: string | null): Promise<void> {
    if (this.trouble === "gone") return;
    await walking.known.recall();
    this.asked ??= walking.known.value?.follow_ups.find(({ id }) => id === this.#id) ?? null;
    await session.open();
    if (session.person) await this.#ask();
    else this.trouble = "stranger";
    if (!session.person || !delivery || !UUID.test(delivery)) return;
    await api.put(`/reminders/deliveries/${delivery}/opened`, undefined).catch(() => undefined);
  }

  /** A second tap corrects the first. */
  async choose(score: number): Promise<void> {
    const { asked } = this;
    if (!asked) return;
    const tag = { walk: asked.walk.id, walk_moment: asked.which };
    await this.#keep(() => saveEntry({ ...this.#entry, score, ...tag }));
    if (!this.failed) this.score = score;
  }

  /** One tap without a number. What was said first stands. */
  async give(felt: Felt): Promise<void> {
    if (this.trouble === "gone") return;
    const path = `/walking/follow-ups/${this.#id}/answer`;
    const body = { felt, at: new Date().toISOString() };
    const write = { key: `follow_up:${this.#id}`, method: "PUT", path, body } as const;
    await this.#keep(() => saveWrite({ ...write, about: "follow_up", first: true }));
    if (!this.failed) this.felt = felt;
  }

  /** It comes again in an hour. */
  async putOff(delivery: string): Promise<void> {
    const at = new Date().toISOString();
    await this.#keep(() => saveAnswer({ id: delivery, answer: "snooze_60", at }));
    if (!this.failed) this.later = new Date(Date.parse(at) + HOUR_MS);
  }

  watch(): () => void {
    return onChange(() => void this.#locate());
  }

  async #keep(save: () => Promise<void>): Promise<void> {
    try {
      await save();
      this.failed = false;
    } catch {
      this.failed = true;
      return;
    }
    this.where = "sending";
    void replay()
      .catch(() => undefined)
      .then(() => this.#locate());
  }

  async #locate(): Promise<void> {
    if (this.where === null) return;
    const [entries, writes] = await Promise.all([pendingEntries(), pendingWrites("follow_up")]);
    const mine = [
      ...entries.filter(({ id }) => id === this.#entry.id),
      ...writes.filter(({ key }) => key === `follow_up:${this.#id}`),
    ];
    if (mine.some(({ state }) => state === "refused")) this.where = "refused";
    else if (mine.length > 0) this.where = (await isKept()) ? "phone" : "page";
    else this.where = "synced";
  }

  async #ask(): Promise<void> {
    try {
      this.asked = await api.get<FollowUp>(`/walking/follow-ups/${this.#id}`);
      this.trouble = null;
    } catch (error) {
      this.trouble = troubleOf(error);
    }
  }
}

function troubleOf(error: unknown): Trouble {
  if (!(error instanceof ApiError)) return "offline";
  if (error.status === 404) return "gone";
  return error.status === 401 ? "stranger" : "failed";
}
