import { api } from "../../api/client";
import type { Hold } from "../../api/types";
import { Known } from "../../frame/known.svelte";

export type PauseLength = "today" | "week";

/** What keeps reminders quiet just now: the person's own pauses, and the app's for their safety. */
class Holds {
  readonly known = new Known<Hold[]>("holds", fetchAll);

  load(): Promise<void> {
    return this.known.load();
  }

  /** `kinds` null pauses all of them. */
  pause(length: PauseLength, kinds: string[] | null = null): Promise<Hold> {
    return this.#put({ for: length, kinds });
  }

  /** Quiet again for as long as it was to be before it was ended. */
  bringBack({ until, kinds }: Hold): Promise<Hold> {
    return this.#put({ until, kinds });
  }

  async #put(wish: object): Promise<Hold> {
    const hold = await api.put<Hold>(`/reminders/holds/${crypto.randomUUID()}`, wish);
    await this.known.set([...(this.known.value ?? []), hold]);
    return hold;
  }

  async lift({ id }: Hold): Promise<void> {
    await api.delete(`/reminders/holds/${id}`);
    await this.known.set((this.known.value ?? []).filter((hold) => hold.id !== id));
  }
}

async function fetchAll(): Promise<Hold[]> {
  const { results } = await api.get<{ results: Hold[] }>("/reminders/holds");
  return results;
}

export const holds = new Holds();
