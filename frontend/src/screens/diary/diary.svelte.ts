import { api } from "../../api/client";
import type { Entry, EntryPage } from "../../api/types";
import { Known } from "../../frame/known.svelte";
import { session } from "../../frame/session.svelte";
import {
  deleteEntry,
  onChange,
  pendingDeletions,
  pendingEntries,
  saveEntry,
  type LocalEntry,
} from "../../offline/outbox";
import { merge, type DiaryEntry } from "./entries";

const PAGE = 30;

/** The entries, page by page, with those that wait on this phone among them. */
export class Diary {
  readonly first = new Known<EntryPage>("entries", () => api.get(`/pain/entries?limit=${PAGE}`));
  opened = $state(false);
  #earlier = $state.raw<Entry[]>([]);
  #before = $state.raw<string | null | undefined>();
  #local = $state.raw<LocalEntry[]>([]);
  #deleted = $state.raw<readonly string[]>([]);

  readonly entries: DiaryEntry[] = $derived(
    merge([...(this.first.value?.results ?? []), ...this.#earlier], this.#local).filter(
      ({ id }) => !this.#deleted.includes(id),
    ),
  );

  get before(): string | null {
    return (this.#before === undefined ? this.first.value?.next_before : this.#before) ?? null;
  }

  /** Nothing is claimed to be empty before the server, or this phone, has said so. */
  get empty(): boolean {
    const asked = !session.person || this.first.value !== undefined;
    return this.opened && asked && this.entries.length === 0;
  }

  async load(): Promise<void> {
    await this.#readPhone();
    await session.open();
    if (session.person) await this.first.load();
    this.opened = true;
  }

  watch(): () => void {
    return onChange(() => void this.#followOutbox());
  }

  async showEarlier(): Promise<void> {
    if (!this.before) return;
    const before = encodeURIComponent(this.before);
    const page = await api.get<EntryPage>(`/pain/entries?limit=${PAGE}&before=${before}`);
    this.#earlier = [...this.#earlier, ...page.results];
    this.#before = page.next_before;
  }

  async remove(entry: DiaryEntry): Promise<void> {
    await deleteEntry(entry.id);
    await this.#readPhone();
  }

  /** The same id again: the server makes the entry anew, or never heard of its deletion. */
  async bringBack(entry: DiaryEntry): Promise<void> {
    await saveEntry({ id: entry.id, score: entry.score, at: entry.at.toISOString() });
    await this.#readPhone();
  }

  async #readPhone(): Promise<void> {
    this.#local = await pendingEntries();
    this.#deleted = await pendingDeletions();
  }

  /** Something was sent: what it became is on the server now. */
  async #followOutbox(): Promise<void> {
    const waited = this.#local.length + this.#deleted.length;
    const [local, deleted] = await Promise.all([pendingEntries(), pendingDeletions()]);
    // Ask the server first: an entry must not vanish between the phone's list and the server's.
    const delivered = local.length + deleted.length < waited;
    if (delivered && session.person) await this.first.load();
    await this.#readPhone();
  }
}
