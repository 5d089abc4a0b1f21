import { api } from "../../api/client";
import { Known } from "../../frame/known.svelte";
import { session } from "../../frame/session.svelte";
import { isKept } from "../../offline/db";
import {
  onChange,
  pendingAnswer,
  pendingWrites,
  replay,
  saveAnswer,
  saveWrite,
  takeBackWrite,
  type PendingWrite,
} from "../../offline/outbox";
import { liftedHere, localBlock } from "../check/local";
import { openOf, pathOf, standing } from "./flares";
import type { Flare, Today } from "./types";

export const STEP_UP = ["ready", "not_yet"] as const;
export type StepUp = (typeof STEP_UP)[number];

export function asStepUp(value: string | null): StepUp | null {
  return STEP_UP.find((known) => known === value) ?? null;
}

/** On its way, on the server, on this phone, only on this page, or turned down by the server. */
export type Whereabouts = "sending" | "synced" | "phone" | "page" | "refused";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The flare that goes on, if any: begun, taken back, ended, also without a network. */
export class FlareState {
  readonly known = new Known<Flare[]>("flares", fetchAll);
  readonly today = new Known<Today>("today", () => api.get("/today"));
  opened = $state(false);
  /** Tapped before consent was given: waits for the person to decide. */
  asking = $state(false);
  /** What was said here to "ready to step back up?". */
  said = $state<StepUp | null>(null);
  where = $state<Whereabouts | null>(null);
  failed = $state(false);
  /** Walking and exercise are suspended. */
  blocked = $state(false);
  #writes = $state.raw<PendingWrite[]>([]);
  #delivery: string | null = null;
  #sending: Promise<void> = Promise.resolve();

  readonly flares: Flare[] = $derived(standing(this.known.value ?? [], this.#writes));
  readonly current: Flare | null = $derived(openOf(this.flares));
  /** The newest, where it has ended. */
  readonly past: Flare | null = $derived(this.current ? null : (this.flares[0] ?? null));

  /** `given`: what Today knows of the flare that goes on. */
  shown(given: Flare | null): Flare | null {
    return openOf(standing(given ? [given] : [], this.#writes));
  }

  async load(): Promise<void> {
    await Promise.all([this.#look(), session.open()]);
    if (session.person) await Promise.all([this.known.load(), this.today.load()]);
    await this.#look();
    this.opened = true;
  }

  /** When what was tapped has been sent, or could not be. */
  sent(): Promise<void> {
    return this.#sending;
  }

  watch(): () => void {
    void this.#look();
    return onChange(() => void this.#follow());
  }

  /** What was said on this visit to the screen is said. */
  leave(): void {
    this.said = null;
    this.where = null;
  }

  /** One tap. Answers false where consent has to be asked for first. */
  async start(): Promise<boolean> {
    if (!session.consented) {
      this.asking = true;
      return false;
    }
    await this.#begin();
    return true;
  }

  async agree(): Promise<void> {
    this.asking = false;
    // On the phone first: whatever the network does now, it is kept.
    await this.#begin(() => session.agree());
  }

  decline(): void {
    this.asking = false;
  }

  /** It was a slip: as if it had never been. */
  async takeBack({ id }: Flare): Promise<void> {
    const key = startKey(id);
    await this.#send(async () => {
      await takeBackWrite(endKey(id));
      if (await takeBackWrite(key)) return;
      await saveWrite({ key, method: "DELETE", path: pathOf(id), about: "flare" });
    });
    void this.#sending.then(() => (this.where = null));
  }

  /** A tap on the screen; `delivery` is the notification that led here. */
  async answer(answer: StepUp, delivery: string | null = null): Promise<void> {
    const { current } = this;
    const at = new Date().toISOString();
    await this.#send(async () => {
      await this.#answerDelivery(answer, delivery, at);
      if (answer === "ready" && current) await endWrite(current, at);
    });
    if (!this.failed) this.said = answer;
  }

  /**
   * An answer that was given on the notification and came in the address. It is about the flare
   * that had been asked about, which need not be the one that goes on now: the server knows.
   */
  async answered(answer: StepUp, delivery: string): Promise<void> {
    await this.#send(() => this.#answerDelivery(answer, delivery, new Date().toISOString()));
    if (!this.failed) this.said = answer;
  }

  /** The notification has done its work; not worth a word where that cannot be told. */
  async noteOpened(delivery: string | null): Promise<void> {
    if (!delivery || !UUID.test(delivery)) return;
    await api.put(`/reminders/deliveries/${delivery}/opened`, undefined).catch(() => undefined);
  }

  async #answerDelivery(answer: StepUp, delivery: string | null, at: string): Promise<void> {
    if (!delivery || !UUID.test(delivery)) return;
    this.#delivery = delivery;
    await saveAnswer({ id: delivery, answer, at });
  }

  async #begin(beforeSending?: () => Promise<void>): Promise<void> {
    const id = crypto.randomUUID();
    const body = { at: new Date().toISOString() };
    this.said = null;
    const write = { key: startKey(id), method: "PUT", path: pathOf(id), body } as const;
    await this.#send(() => saveWrite({ ...write, about: "flare" }), beforeSending);
  }

  /** Keeps it on this phone, which is enough to go on with; sends it meanwhile. */
  async #send(keep: () => Promise<void>, beforeSending?: () => Promise<void>): Promise<void> {
    try {
      await keep();
      this.failed = false;
    } catch {
      this.failed = true;
      return;
    }
    this.where = "sending";
    await this.#look();
    this.#sending = this.#deliver(beforeSending);
  }

  /** What has left the phone is on the server: ask it before the phone's own word goes. */
  async #deliver(beforeSending?: () => Promise<void>): Promise<void> {
    await beforeSending?.();
    await replay().catch(() => undefined);
    await session.open();
    if (session.person) await this.known.load();
    await this.#look();
    this.where = await this.#locate();
  }

  async #follow(): Promise<void> {
    const before = this.#writes.length;
    const waiting = await pendingWrites("flare");
    if (waiting.length < before && session.person) await this.known.load();
    await this.#look();
    if (this.where && this.where !== "sending") this.where = await this.#locate();
  }

  async #look(): Promise<void> {
    const writes = await pendingWrites("flare");
    await Promise.all(writes.filter(isMoot).map(({ key }) => takeBackWrite(key)));
    this.#writes = writes.filter((write) => !isMoot(write));
    const block = this.today.value?.block ?? null;
    const here = await localBlock();
    this.blocked = here !== null || (block !== null && !(await liftedHere(block)));
  }

  async #locate(): Promise<Whereabouts> {
    const answer = this.#delivery ? await pendingAnswer(this.#delivery) : null;
    const pending = [...this.#writes, ...(answer ? [answer] : [])];
    if (pending.some(({ state }) => state === "waiting")) {
      return (await isKept()) ? "phone" : "page";
    }
    return pending.length > 0 ? "refused" : "synced";
  }
}

/** A second flare that the server would not begin, while one is on; the end of one it has not. */
function isMoot({ state, reason }: PendingWrite): boolean {
  return state === "refused" && (reason === "flare_on" || reason === "not_found");
}

function endWrite({ id }: Flare, at: string): Promise<void> {
  const path = `${pathOf(id)}/end`;
  return saveWrite({ key: endKey(id), method: "PUT", path, body: { at }, about: "flare" });
}

function startKey(id: string): string {
  return `flare:${id}`;
}

function endKey(id: string): string {
  return `flare_end:${id}`;
}

async function fetchAll(): Promise<Flare[]> {
  const { results } = await api.get<{ results: Flare[] }>("/pain/flares");
  return results;
}

export const flare = new FlareState();
