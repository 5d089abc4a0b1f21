import { api } from "../../api/client";
import { Known } from "../../frame/known.svelte";
import { session } from "../../frame/session.svelte";
import { onChange, pendingWrites } from "../../offline/outbox";
import { keptChecks, unsaved } from "./kept";
import type { Check } from "./types";

export interface PastCheck extends Check {
  /** `held`: seen in this visit only. */
  kept: "server" | "phone" | "refused" | "held";
  /** It was a slip: another one was given in its place. */
  corrected?: boolean;
}

/** Past checks, those that wait on this phone among them. */
export class Checks {
  readonly known = new Known<{ results: Check[] }>("checks", () => api.get("/symptom-checks"));
  opened = $state(false);
  #here = $state.raw<PastCheck[]>([]);

  readonly all: PastCheck[] = $derived(merge(this.known.value?.results ?? [], this.#here));

  async load(): Promise<void> {
    await this.#readPhone();
    await session.open();
    if (session.person) await this.known.load();
    this.opened = true;
  }

  watch(): () => void {
    return onChange((news) => {
      if (news === "write") void this.load();
    });
  }

  async #readPhone(): Promise<void> {
    const [writes, kept] = await Promise.all([pendingWrites("check"), keptChecks()]);
    const waiting = kept.flatMap((check): PastCheck[] => {
      const write = writes.find(({ key }) => key === check.id);
      if (!write) return [];
      return [{ ...check, kept: write.state === "refused" ? "refused" : "phone" }];
    });
    const held = unsaved();
    this.#here = held ? [{ ...held, kept: "held" }, ...waiting] : waiting;
  }
}

/** Newest first; what still waits here stands for itself, once. */
export function merge(server: readonly Check[], here: readonly PastCheck[]): PastCheck[] {
  const waiting = here.map(({ id }) => id);
  const sent = server.filter(({ id }) => !waiting.includes(id));
  const all = [...here, ...sent.map((check): PastCheck => ({ ...check, kept: "server" }))];
  const slips = all.map(({ corrects }) => corrects);
  return all
    .map((check) => ({ ...check, corrected: slips.includes(check.id) }))
    .sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
}
