import { ApiError } from "../api/client";
import { recall, remember } from "../offline/cache";

interface Remembered<T> {
  value: T;
  at: string;
}

/**
 * What the server said last. It is shown at once from this phone, then replaced by the
 * fresh answer; when none comes, it stays and says from when it is.
 */
export class Known<T> {
  value = $state.raw<T | undefined>();
  /** When `value` was fresh. */
  at = $state.raw<Date | null>(null);
  phase = $state<"loading" | "fresh" | "offline" | "failed">("loading");
  readonly #key: string;
  readonly #fetch: () => Promise<T>;

  constructor(key: string, fetch: () => Promise<T>) {
    this.#key = key;
    this.#fetch = fetch;
  }

  async load(): Promise<void> {
    await this.recall();
    try {
      await this.set(await this.#fetch());
    } catch (error) {
      this.phase = error instanceof ApiError ? "failed" : "offline";
    }
  }

  /** Takes a value that is known to be right: the server's answer, or a change it confirmed. */
  async set(value: T): Promise<void> {
    const at = new Date();
    this.value = value;
    this.at = at;
    this.phase = "fresh";
    await remember(this.#key, { value, at: at.toISOString() });
  }

  /** Shows what this phone remembers, where nothing is shown yet. */
  async recall(): Promise<void> {
    if (this.value !== undefined) return;
    const remembered = await recall<Remembered<T>>(this.#key);
    if (!remembered || this.value !== undefined) return;
    this.value = remembered.value;
    this.at = new Date(remembered.at);
  }
}
