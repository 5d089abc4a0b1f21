import { api, ApiError } from "../../api/client";
import { Known } from "../../frame/known.svelte";
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
import { answerPath, withPhone, type AnswerBody, type OnPhone } from "./prompt";
import type { Episode, EveningAnswer, EveningPrompt } from "./types";

const ANSWERS: readonly string[] = ["better", "same", "worse", "seen", "not_better"];

export function isEveningAnswer(value: string | null): value is EveningAnswer {
  return value !== null && ANSWERS.includes(value);
}

/** On its way, on the server, on this phone, only on this page, or turned down by the server. */
export type Whereabouts = "sending" | "synced" | "phone" | "page" | "refused";

/** Why the server's word is missing. `stranger`: this browser has no session. */
export type Trouble = "offline" | "failed" | "gone" | "stranger";

/** Whom a person has seen, and on which local date. */
export interface Seen {
  clinician: string;
  seen_on: string;
}

interface Scored {
  id: string;
  score: number;
  at: string;
}

interface Today {
  prompt?: EveningPrompt | null;
  episode?: Episode | null;
}

export const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** One evening's question and its answer. Usable at once: what the server knows comes in later. */
export class Evening {
  /** The server's word, from now or from before. */
  asked = $state.raw<EveningPrompt | null>(null);
  /** Given on this screen. */
  given = $state.raw<AnswerBody | null>(null);
  scored = $state.raw<Scored | null>(null);
  where = $state<Whereabouts>("sending");
  trouble = $state<Trouble | null>(null);
  /** The phone could not even keep it. */
  failed = $state(false);
  /** Put off until then. */
  later = $state.raw<Date | null>(null);
  readonly today = new Known<Today>("today", () => api.get("/today"));
  #phone = $state.raw<OnPhone>({ entries: [], writes: [] });
  #giving = false;
  #looking: Promise<void> | undefined;
  #lookAgain = false;
  readonly #id: string;

  readonly stands: EveningPrompt = $derived.by(() => {
    return withPhone(this.asked ?? blank(this.#id), this.#all());
  });

  /** Another answer than the one given here had come first. */
  readonly tooLate: boolean = $derived(
    this.given !== null && this.stands.answer !== "" && this.given.answer !== this.stands.answer,
  );

  /** The episode, as long as the server's word on it is from now. */
  readonly episode: Episode | null = $derived(
    this.today.phase === "fresh" ? (this.today.value?.episode ?? null) : null,
  );

  constructor(id: string) {
    this.#id = id;
    if (!UUID.test(id)) this.trouble = "gone";
  }

  /** `delivery`: the message that led here. The person has seen it, also where it is answered. */
  async open(delivery: string | null): Promise<void> {
    if (this.trouble === "gone") return;
    await this.#look();
    if (!session.person || !delivery || !UUID.test(delivery)) return;
    await api.put(`/reminders/deliveries/${delivery}/opened`, undefined).catch(() => undefined);
  }

  /**
   * Resolves once it is safe on this phone; false where it is not. A second tap while the first is
   * being kept is a slip of the thumb.
   */
  async give(answer: EveningAnswer, seen?: Seen): Promise<boolean> {
    if (this.#giving) return false;
    this.#giving = true;
    try {
      return await this.#give(answer, seen);
    } finally {
      this.#giving = false;
    }
  }

  #give(answer: EveningAnswer, seen?: Seen): Promise<boolean> {
    const body = { answer, at: new Date().toISOString(), ...seen };
    // What "not better" is made into goes out after it, as a first word of its own.
    const key = this.stands.answer === "not_better" ? `${this.#id}-which` : this.#id;
    const path = answerPath(this.#id);
    return this.#keep(
      () => saveWrite({ key, method: "PUT", path, body, about: "prompt", first: true }),
      () => (this.given = body),
    );
  }

  /** A second tap corrects the first. */
  score(score: number): Promise<boolean> {
    const { id, at } = this.scored ?? { id: crypto.randomUUID(), at: new Date().toISOString() };
    return this.#keep(
      () => saveEntry({ id, score, at }),
      () => (this.scored = { id, score, at }),
    );
  }

  /** It comes again in an hour. */
  putOff(delivery: string): Promise<boolean> {
    const now = Date.now();
    const at = new Date(now).toISOString();
    return this.#keep(
      () => saveAnswer({ id: delivery, answer: "snooze_60", at }),
      () => (this.later = new Date(now + 3_600_000)),
    );
  }

  /** The lock screen may answer while this is open, and what waits here may be sent. */
  watch(): () => void {
    return onChange(() => void this.#look());
  }

  async #keep(save: () => Promise<void>, then: () => void): Promise<boolean> {
    if (this.trouble === "gone") return false;
    try {
      await save();
    } catch {
      this.failed = true;
      return false;
    }
    this.failed = false;
    this.where = "sending";
    then();
    void this.#send();
    return true;
  }

  async #send(): Promise<void> {
    await replay().catch(() => undefined);
    await this.#look();
  }

  /** One look after the other, and one more for whatever changed meanwhile. */
  #look(): Promise<void> {
    this.#lookAgain = true;
    this.#looking ??= this.#lookAround().finally(() => (this.#looking = undefined));
    return this.#looking;
  }

  async #lookAround(): Promise<void> {
    while (this.#lookAgain) {
      this.#lookAgain = false;
      await this.#readPhone();
      await this.#ask();
    }
  }

  /** The phone first, then the server: what has left the phone is there. */
  async #readPhone(): Promise<void> {
    const [entries, writes, lasting] = await Promise.all([
      pendingEntries(),
      pendingWrites(),
      isKept(),
    ]);
    this.#phone = { entries, writes };
    this.#locate(lasting);
  }

  #locate(lasting: boolean): void {
    const { entries, writes } = this.#phone;
    const answers = writes.filter(({ path }) => path === answerPath(this.#id));
    const mine = [...answers, ...entries.filter(({ id }) => id === this.scored?.id)];
    // An answer that was turned down is none: the question stands again.
    if (answers.some(isRefused)) this.given = null;
    if (mine.some(isRefused)) this.where = "refused";
    else if (mine.length > 0) this.where = lasting ? "phone" : "page";
    else this.where = "synced";
  }

  async #ask(): Promise<void> {
    // Nobody was ever known here: no need to be told so.
    if (!session.person) await session.open();
    if (!session.person) {
      this.trouble = "stranger";
      return;
    }
    try {
      this.asked = await api.get<EveningPrompt>(`/pain/prompts/${this.#id}`);
      this.trouble = null;
    } catch (error) {
      this.trouble = troubleOf(error);
    }
    // Whatever it says is kept for Today, which comes next.
    await this.today.load();
    const known = this.today.value?.prompt;
    if (!this.asked && known?.id === this.#id) this.asked = known;
  }

  /** What waits on this phone, and what has just left it but may not be in the server's word yet. */
  #all(): OnPhone {
    const { entries, writes } = this.#phone;
    const waits = { state: "waiting", reason: null, stamp: 0 } as const;
    const { given, scored } = this;
    const path = answerPath(this.#id);
    const write = { key: this.#id, method: "PUT", path, about: "prompt", ...waits } as const;
    return {
      entries: scored ? [...entries, { ...scored, ...waits }] : entries,
      writes: given ? [{ ...write, body: given }, ...writes] : writes,
    };
  }
}

function isRefused({ state }: { state: string }): boolean {
  return state === "refused";
}

function troubleOf(error: unknown): Trouble {
  if (!(error instanceof ApiError)) return "offline";
  if (error.status === 404) return "gone";
  return error.status === 401 ? "stranger" : "failed";
}

/** As little as an address says. */
function blank(id: string): EveningPrompt {
  const asked_at = new Date().toISOString();
  return {
    ...{ id, evening: "", asked_at, episode: "", day: null, answer: "", answered_at: null },
    ...{ wants: "answer", closed: false },
  };
}
