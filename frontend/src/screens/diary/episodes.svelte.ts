import { api } from "../../api/client";
import { Known } from "../../frame/known.svelte";
import { notices } from "../../frame/notice.svelte";
import { session } from "../../frame/session.svelte";
import {
  onChange,
  pendingEntries,
  pendingWrites,
  replay,
  saveWrite,
  takeBackWrite,
  type PendingWrite,
  type Write,
} from "../../offline/outbox";
import { m } from "../../paraglide/messages.js";
import { ROOT, withWrites, writes } from "./episode";
import type { Episode } from "./types";

/** The person's episodes, newest first, with what was said about them on this phone. */
class Episodes {
  readonly known = new Known<Episode[]>("episodes", fetchAll);
  opened = $state(false);
  #writes = $state.raw<PendingWrite[]>([]);
  /** What waits to be sent: an entry may open an episode, or close one. */
  #waiting = 0;

  readonly all: Episode[] = $derived(withWrites(this.known.value ?? [], this.#writes));
  readonly current: Episode | null = $derived(
    this.all.find(({ closed_at }) => closed_at === null) ?? null,
  );
  readonly last: Episode | null = $derived(this.all[0] ?? null);
  /** Something said here has not reached the server. */
  readonly waits: boolean = $derived(this.#writes.some(({ state }) => state === "waiting"));

  async load(): Promise<void> {
    await this.#readPhone();
    await session.open();
    if (session.person) await this.known.load();
    this.opened = true;
  }

  watch(): () => void {
    return onChange(() => void this.#followOutbox());
  }

  async close(episode: Episode): Promise<void> {
    // Opened again a moment ago and not sent yet: torn up, nothing has changed.
    if (await this.#tornUp(writes.reopen(episode))) return;
    await this.#say(writes.close(episode, new Date()));
  }

  async reopen(episode: Episode): Promise<void> {
    if (await this.#tornUp(writes.close(episode, new Date()))) return;
    await this.#say(writes.reopen(episode));
  }

  async correct(episode: Episode, beganOn: string): Promise<void> {
    await this.#say(writes.began(episode, beganOn));
  }

  async saw(episode: Episode, clinician: string, seenOn: string | null): Promise<void> {
    await this.#say(writes.seen(episode, clinician, seenOn));
  }

  async #say(write: Write): Promise<void> {
    await saveWrite(write);
    await this.#readPhone();
    void replay().catch(() => undefined);
  }

  async #tornUp({ key }: Write): Promise<boolean> {
    const torn = await takeBackWrite(key);
    if (torn) await this.#readPhone();
    return torn;
  }

  async #readPhone(): Promise<void> {
    this.#writes = await pendingWrites("episode");
    await this.#dropRefused();
    this.#waiting = this.#writes.length + (await pendingEntries()).length;
  }

  async #followOutbox(): Promise<void> {
    const waiting = (await pendingWrites("episode")).length + (await pendingEntries()).length;
    // Ask the server first: what was said must not seem undone between the phone and the server.
    if (waiting < this.#waiting && session.person) await this.known.load();
    await this.#readPhone();
  }

  /** A no is said once, and then what the server has is what stands. */
  async #dropRefused(): Promise<void> {
    const refused = this.#writes.filter(({ state }) => state === "refused");
    if (refused.length === 0) return;
    this.#writes = this.#writes.filter(({ state }) => state === "waiting");
    for (const { key } of refused) await takeBackWrite(key);
    // Closed already, on another device or by itself: what was wanted is so.
    const news = refused.some(({ reason }) => reason !== "no_open_episode");
    if (news) notices.show({ text: m.episode_refused() });
    if (session.person) await this.known.load();
  }
}

async function fetchAll(): Promise<Episode[]> {
  return (await api.get<{ results: Episode[] }>(ROOT)).results;
}

export const episodes = new Episodes();
