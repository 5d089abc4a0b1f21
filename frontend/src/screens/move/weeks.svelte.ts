import { api } from "../../api/client";
import { Known } from "../../frame/known.svelte";
import type { Week } from "./types";

interface Page {
  results: Week[];
  next_before: string | null;
}

/** Weeks before this one, newest first, eight at a time. The first eight are kept on the phone. */
export class Weeks {
  readonly known = new Known<Page>("walking_weeks", () => api.get("/walking/weeks"));
  #more = $state.raw<Page[]>([]);
  failed = $state(false);
  busy = $state(false);

  readonly pages: Page[] = $derived([
    ...(this.known.value ? [this.known.value] : []),
    ...this.#more,
  ]);
  readonly next: string | null = $derived(this.pages.at(-1)?.next_before ?? null);

  /** Those before the week of `monday`. */
  before(monday: string): Week[] {
    return this.pages.flatMap(({ results }) => results).filter((week) => week.monday < monday);
  }

  load(): Promise<void> {
    this.#more = [];
    return this.known.load();
  }

  async loadMore(): Promise<void> {
    const { next } = this;
    if (!next || this.busy) return;
    this.busy = true;
    try {
      const page = await api.get<Page>(`/walking/weeks?before=${next}`);
      this.#more = [...this.#more, page];
      this.failed = false;
    } catch {
      this.failed = true;
    }
    this.busy = false;
  }
}
