import { ApiError, OfflineError } from "../../api/client";
import type { Person } from "../../api/types";
import { session } from "../../frame/session.svelte";

/** A stepper tapped five times, or a time being typed, is one change. */
const SETTLE_MS = 600;
export const LATEST_END = 6;

export type Saving = "idle" | "unfinished" | "saving" | "saved" | "offline" | "failed";
type Wish = Partial<Pick<Person, "evening_check_at" | "day_ends_at">>;

/**
 * When the evening question comes and when the diary's day ends. Sent by itself; what could not be
 * sent stays as chosen, and is tried again.
 */
export class DiarySettings {
  evening = $state("");
  dayEnds = $state(0);
  saving = $state<Saving>("idle");
  #unsent: Wish = {};
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(person: Person) {
    this.adopt(person);
  }

  /** The server's word replaces what this phone remembered, unless something was chosen here. */
  adopt({ evening_check_at, day_ends_at = 0 }: Person): void {
    if (this.saving !== "idle" || Object.keys(this.#unsent).length > 0) return;
    this.evening = evening_check_at.slice(0, 5);
    this.dayEnds = day_ends_at;
  }

  /** An emptied field is no time: the last one holds. */
  changeEvening(): void {
    if (this.evening) return this.#wish({ evening_check_at: this.evening });
    const { day_ends_at } = this.#unsent;
    this.#unsent = day_ends_at === undefined ? {} : { day_ends_at };
    this.saving = "unfinished";
  }

  changeDayEnds(hour: number): void {
    this.dayEnds = hour;
    this.#wish({ day_ends_at: hour });
  }

  /** At once: when the screen is left, or "Try again" is tapped. */
  async send(): Promise<void> {
    clearTimeout(this.#timer);
    const wish = this.#unsent;
    if (Object.keys(wish).length === 0) return;
    this.#unsent = {};
    this.saving = "saving";
    try {
      await session.change(wish);
      if (Object.keys(this.#unsent).length === 0) this.saving = "saved";
    } catch (error) {
      this.#unsent = { ...wish, ...this.#unsent };
      this.saving = error instanceof OfflineError ? "offline" : "failed";
      if (!(error instanceof OfflineError || error instanceof ApiError)) throw error;
    }
  }

  #wish(wish: Wish): void {
    this.#unsent = { ...this.#unsent, ...wish };
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.send(), SETTLE_MS);
  }
}
