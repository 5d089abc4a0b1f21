import { onChange, pendingEntries, pendingWrites } from "../../offline/outbox";
import { keptChecks, unsaved } from "../check/kept";
import { localBlock } from "../check/local";
import { NOTHING, type Phone } from "./standing";

/** What this phone knows and the server may not yet. */
export class PhoneState {
  now = $state.raw<Phone>(NOTHING);

  async look(): Promise<void> {
    this.now = await read();
  }

  /** `reload` asks the server. Answers the way to stop. */
  watch(reload: () => Promise<unknown>): () => void {
    return onChange(() => void this.#follow(reload));
  }

  /** What has left the phone is on the server: its word first, or it would seem undone between. */
  async #follow(reload: () => Promise<unknown>): Promise<void> {
    const next = await read();
    if (this.#left(next)) await reload();
    await this.look();
  }

  #left(next: Phone): boolean {
    const still = idsOf(next);
    return idsOf(this.now).some((id) => !still.includes(id));
  }
}

function idsOf({ entries, writes }: Phone): string[] {
  return [...entries.map(({ id }) => id), ...writes.map(({ key }) => key)];
}

async function read(): Promise<Phone> {
  const [entries, writes, block, checks] = await Promise.all([
    pendingEntries(),
    pendingWrites(),
    localBlock(),
    keptChecks(),
  ]);
  return { entries, writes, block, checked: checks.length > 0 || unsaved() !== null };
}
