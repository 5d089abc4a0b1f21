import { isKept } from "../../offline/db";
import { pendingWrites, replay, saveWrite } from "../../offline/outbox";
import { walking } from "../move/walking.svelte";

export interface UnlockBody {
  stand_seconds: number;
  over_65: boolean;
  clinician?: string;
  seen_on?: string;
  at: string;
}

const KEY = "backward";

/** What was done and said before the first steps backward. */
export class Unlock {
  stood = $state<number | null>(null);
  over65 = $state<boolean | null>(null);
  who = $state<string | null>(null);
  seenOn = $state("");
  where = $state<"" | "sending" | "synced" | "phone" | "page" | "refused">("");
  failed = $state(false);
  #id: string = crypto.randomUUID();

  /** Takes up what the server knows, and what waits here. */
  async load(): Promise<void> {
    const known = walking.now?.backward.unlock;
    const [waiting] = await pendingWrites("backward");
    if (waiting) this.#id = waiting.path.split("/").at(-1) ?? this.#id;
    else if (known) this.#id = known.id;
    const from = (waiting?.body as UnlockBody | undefined) ?? known;
    if (!from) return;
    this.stood ??= from.stand_seconds;
    this.over65 ??= from.over_65;
    this.who ??= from.clinician || null;
    this.seenOn ||= from.seen_on ?? "";
    await this.#locate(waiting !== undefined);
  }

  /** Kept as soon as both are known: nobody stands on one leg twice for a lost network. */
  async keep(): Promise<void> {
    const { stood, over65, who, seenOn } = this;
    if (stood === null || over65 === null) return;
    const body: UnlockBody = {
      ...{ stand_seconds: stood, over_65: over65, at: new Date().toISOString() },
      ...(over65 && who && seenOn && { clinician: who, seen_on: seenOn }),
    };
    const path = `/walking/backward/${this.#id}`;
    try {
      await saveWrite({ key: KEY, method: "PUT", path, body, about: "backward" });
      this.failed = false;
    } catch {
      this.failed = true;
      return;
    }
    this.where = "sending";
    await replay().catch(() => undefined);
    await walking.load();
    await this.#locate(true);
  }

  async #locate(mine: boolean): Promise<void> {
    const [waiting] = await pendingWrites("backward");
    if (waiting?.state === "refused") this.where = "refused";
    else if (waiting) this.where = (await isKept()) ? "phone" : "page";
    else if (mine) this.where = "synced";
  }
}
