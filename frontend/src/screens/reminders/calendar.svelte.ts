import { api } from "../../api/client";
import type { CalendarFeed } from "../../api/types";
import { Known } from "../../frame/known.svelte";

const PATH = "/reminders/calendar";

/** The secret address at which a calendar app reads this person's times, if there is one. */
class Calendar {
  readonly known = new Known<CalendarFeed>("calendar", () => api.get(PATH));

  load(): Promise<void> {
    return this.known.load();
  }

  /** Safe to send twice: an address that is there stays. */
  async make(): Promise<void> {
    await this.known.set(await api.put<CalendarFeed>(PATH, {}));
  }

  async revoke(): Promise<void> {
    await api.delete(PATH);
    await this.known.set({ url: null });
  }
}

export const calendar = new Calendar();

/** Asks the system for its calendar app instead of a browser page. */
export function forCalendarApps(url: string): string {
  return url.replace(/^https?:/, "webcal:");
}
