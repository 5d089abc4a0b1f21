import { ApiError, OfflineError } from "../../api/client";
import type { Person, QuietHours } from "../../api/types";
import { session } from "../../frame/session.svelte";

/** A stepper tapped five times, or a time being typed, is one change. */
const SETTLE_MS = 600;
const NIGHT: QuietHours = { from: "22:00", to: "07:00" };

export type Saving = "idle" | "unfinished" | "saving" | "saved" | "offline" | "failed";
type Wish = Partial<Pick<Person, "quiet_hours" | "daily_cap" | "lock_screen_details">>;

/** What is chosen here is sent by itself. When that fails it stays as chosen, and is tried again. */
export class ReminderSettings {
  quiet = $state(false);
  from = $state(NIGHT.from);
  to = $state(NIGHT.to);
  cap = $state(0);
  details = $state(false);
  saving = $state<Saving>("idle");
  #unsent: Wish = {};
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(person: Person) {
    const { quiet_hours: quiet, daily_cap: cap, lock_screen_details: details } = person;
    this.quiet = quiet !== null;
    this.from = (quiet ?? NIGHT).from.slice(0, 5);
    this.to = (quiet ?? NIGHT).to.slice(0, 5);
    this.cap = cap;
    this.details = details;
  }

  /** Half a pair of times is nothing to send; the last one that was whole holds. */
  changeQuiet(): void {
    if (!this.quiet) return this.#wish({ quiet_hours: null });
    if (this.from && this.to && this.from !== this.to) {
      return this.#wish({ quiet_hours: { from: this.from, to: this.to } });
    }
    this.#unsent = withoutQuiet(this.#unsent);
    this.saving = "unfinished";
  }

  turnQuiet(on: boolean): void {
    this.quiet = on;
    this.changeQuiet();
  }

  changeCap(cap: number): void {
    this.cap = cap;
    this.#wish({ daily_cap: cap });
  }

  changeDetails(on: boolean): void {
    this.details = on;
    this.#wish({ lock_screen_details: on });
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

function withoutQuiet({ daily_cap, lock_screen_details }: Wish): Wish {
  return {
    ...(daily_cap !== undefined && { daily_cap }),
    ...(lock_screen_details !== undefined && { lock_screen_details }),
  };
}
