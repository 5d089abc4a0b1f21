import { api, ApiError } from "../../api/client";
import type { Delivery } from "../../api/types";
import { session } from "../../frame/session.svelte";
import { isKept } from "../../offline/db";
import { onChange, pendingAnswer, replay, saveAnswer } from "../../offline/outbox";

export const ANSWERS = [
  "ready",
  "not_yet",
  "done",
  "snooze_15",
  "snooze_60",
  "skip_today",
] as const;
export type AnswerId = (typeof ANSWERS)[number];

/** What most kinds take, and those that take something else. The server has the last word. */
const USUAL: readonly AnswerId[] = ["done", "snooze_15", "snooze_60", "skip_today"];
const OTHERS = new Map<string, readonly AnswerId[]>([
  ["step_up", ["ready", "not_yet"]],
  ["unresolved_pain", ["snooze_60"]],
]);

export function isAnswer(value: string | null): value is AnswerId {
  return ANSWERS.some((known) => known === value);
}

/** What the server says of one reminder that went out; as much of it as this screen shows. */
export type Asked = Pick<
  Delivery,
  "kind" | "due_at" | "answer" | "answered_at" | "answers" | "path"
>;

export interface Given {
  answer: string;
  at: string;
}

/** On its way, on the server, on this phone, only on this page, or turned down by the server. */
export type Whereabouts = "sending" | "synced" | "phone" | "page" | "refused";

/** Why the server's word is missing. `stranger`: this browser has no session. */
export type Trouble = "offline" | "failed" | "gone" | "stranger";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** One reminder and its answer. Usable at once: what the server knows comes in later. */
export class Answering {
  asked = $state.raw<Asked | null>(null);
  /** Given on this screen, or on this phone's lock screen and not sent yet. */
  given = $state.raw<Given | null>(null);
  where = $state<Whereabouts>("sending");
  trouble = $state<Trouble | null>(null);
  /** The phone could not even keep the answer. */
  failed = $state(false);
  readonly #id: string;
  readonly #usual: readonly string[];
  #giving: Promise<void> | undefined;

  /** What counts: the server's first answer, else what waits here. */
  readonly stands: Given | null = $derived.by(() => {
    const { asked, given, where } = this;
    if (asked?.answer) return { answer: asked.answer, at: asked.answered_at ?? asked.due_at };
    return where === "refused" ? null : given;
  });

  /** Another answer than the one given here had come first. */
  readonly tooLate: boolean = $derived(
    this.given !== null && this.stands !== null && this.given.answer !== this.stands.answer,
  );

  readonly choices: readonly AnswerId[] = $derived(
    ANSWERS.filter((answer) => (this.asked?.answers ?? this.#usual).includes(answer)),
  );

  /** `kind`: as far as the address says it. */
  constructor(id: string, kind = "") {
    this.#id = id;
    this.#usual = OTHERS.get(kind) ?? USUAL;
    if (!UUID.test(id)) this.trouble = "gone";
  }

  async open(): Promise<void> {
    if (this.trouble === "gone") return;
    await (this.#giving ?? this.#look());
    if (!this.asked) return;
    // Also where it had been answered: the person has seen it.
    await api.put(this.#path("opened"), undefined).catch(() => undefined);
  }

  /** A second tap while the first is on its way is the same slip of the thumb. */
  give(answer: AnswerId): Promise<void> {
    this.#giving ??= this.#give(answer).finally(() => (this.#giving = undefined));
    return this.#giving;
  }

  /** The lock screen may answer while this is open, and what waits here may be sent. */
  watch(): () => void {
    return onChange((news) => {
      if (news === "answer" && !this.#giving) void this.#look();
    });
  }

  async #give(answer: AnswerId): Promise<void> {
    if (this.trouble === "gone") return;
    const given = { id: this.#id, answer, at: new Date().toISOString() };
    try {
      await saveAnswer(given);
      this.failed = false;
      this.where = "sending";
      this.given = given;
      await replay();
    } catch {
      this.failed = this.given !== given;
    }
    await this.#look();
  }

  /** The phone first, then the server: what has left the phone is there. */
  async #look(): Promise<void> {
    const { given } = this;
    const [waiting, lasting] = await Promise.all([pendingAnswer(this.#id), isKept()]);
    if (waiting) this.given = waiting;
    if (waiting?.state === "refused") this.where = "refused";
    else if (waiting) this.where = lasting ? "phone" : "page";
    await this.#ask();
    // One that was given while this looked is for its own look to place.
    if (!waiting && given && given === this.given) this.where = "synced";
  }

  async #ask(): Promise<void> {
    // Nobody was ever known here: no need to be told so.
    if (!session.person) await session.open();
    if (!session.person) {
      this.trouble = "stranger";
      return;
    }
    try {
      this.asked = await api.get<Asked>(this.#path());
      this.trouble = null;
    } catch (error) {
      this.trouble = troubleOf(error);
    }
  }

  #path(part = ""): string {
    return `/reminders/deliveries/${this.#id}${part && `/${part}`}`;
  }
}

function troubleOf(error: unknown): Trouble {
  if (!(error instanceof ApiError)) return "offline";
  if (error.status === 404) return "gone";
  return error.status === 401 ? "stranger" : "failed";
}
