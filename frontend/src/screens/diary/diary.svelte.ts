import { api } from "../../api/client";
import type { EntryPage } from "../../api/types";
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
import { asSent, merge, type DiaryEntry } from "./entries";
import type { StoredEntry } from "./types";

const PAGE = 30;

/** The entries, page by page, with those that wait on this phone among them. */
export class Diary {
  readonly first = new Known<EntryPage>("entries", () => api.get(`/pain/entries?limit=${PAGE}`));
  opened = $state(false);
  #earlier = $state.raw<StoredEntry[]>([]);
  #before = $state.raw<string | null | undefined>();
  #local = $state.raw<LocalEntry[]>([]);
  #deleted = $state.raw<readonly string[]>([]);

  readonly entries: DiaryEntry[] = $derived(
    merge(pages(this.first.value, this.#earlier), this.#local).filter(
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

  find(id: string): DiaryEntry | undefined {
    return this.entries.find((entry) => entry.id === id);
  }

  /** Opened by its address, an entry may be on any page. Throws where the server does not answer. */
  async seek(id: string): Promise<DiaryEntry | undefined> {
    await this.#readPhone();
    if (!this.find(id)) await this.load();
    while (!this.find(id) && this.before) await this.showEarlier();
    return this.find(id);
  }

  async remove({ id }: Pick<DiaryEntry, "id">): Promise<void> {
    await deleteEntry(id);
    await this.#readPhone();
  }

  /** The same id again: the server makes the entry anew, or never heard of its deletion. */
  async bringBack(entry: DiaryEntry): Promise<void> {
    await saveEntry(asSent(entry));
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
    this.#keepDelivered(new Set([...local.map(({ id }) => id), ...deleted]));
    await this.#readPhone();
  }

  /** Only the first page is asked for again; what changed on a later one is known from here. */
  #keepDelivered(waiting: ReadonlySet<string>): void {
    const sent = this.#local.filter(({ id }) => !waiting.has(id));
    const left = this.#earlier.filter(({ id }) => waiting.has(id) || !this.#deleted.includes(id));
    this.#earlier = [...left, ...sent];
  }
}

/** The first page is the newest word on its stretch of time; later pages go on where it ends. */
function pages(first: EntryPage | undefined, earlier: readonly StoredEntry[]): StoredEntry[] {
  const floor = first?.next_before ? Date.parse(first.next_before) : -Infinity;
  const later = earlier.filter(({ at }) => Date.parse(at) <= floor);
  const all = [...later, ...(first?.results ?? [])];
  return [...new Map(all.map((entry) => [entry.id, entry])).values()];
}

/** One diary for all its screens: the way back finds the list as it was left. */
export const diary = new Diary();

/** Until which hour of the next morning this person's day goes on. */
export function dayEndsAt(): number {
  return (session.person as { day_ends_at?: number } | null)?.day_ends_at ?? 0;
}
