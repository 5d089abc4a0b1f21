import { api } from "../../api/client";
import type { Measures } from "../../api/types";
import { Known } from "../../frame/known.svelte";
import { session } from "../../frame/session.svelte";
import {
  onChange,
  pendingWrites,
  replay,
  saveWrite,
  takeBackWrite,
  type PendingWrite,
} from "../../offline/outbox";
import { deletion, keyOf, put, ROOT, standing, type Sent, type Standing } from "./local";

/** Both questionnaires, as the server and this phone know them. */
class MeasuresStore {
  readonly known = new Known<Measures>("measures", () => api.get(ROOT));
  opened = $state(false);
  #writes = $state.raw<PendingWrite[]>([]);

  readonly now: Standing = $derived(standing(this.known.value, this.#writes));

  async load(): Promise<void> {
    this.#writes = await pendingWrites("measure");
    await session.open();
    if (session.person) await this.known.load();
    this.opened = true;
  }

  watch(): () => void {
    return onChange((news) => {
      if (news === "write") void this.#follow();
    });
  }

  /** Answers once it is safe on this phone. */
  async keep(id: string, measure: Sent): Promise<void> {
    await saveWrite(put(id, measure));
    this.#writes = await pendingWrites("measure");
  }

  async remove(id: string): Promise<void> {
    // One that never left is torn up; of any other the server must hear.
    if (!(await takeBackWrite(keyOf(id)))) await saveWrite(deletion(id));
    this.#writes = await pendingWrites("measure");
    void replay().catch(() => undefined);
  }

  async #follow(): Promise<void> {
    const before = this.#writes.length;
    const writes = await pendingWrites("measure");
    // Ask the server first: nothing may vanish between the phone's list and the server's.
    if (writes.length < before && session.person) await this.known.load();
    this.#writes = await pendingWrites("measure");
  }
}

export const measures = new MeasuresStore();
