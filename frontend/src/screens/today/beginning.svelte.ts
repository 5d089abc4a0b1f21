import { recall, remember } from "../../offline/cache";
import { beginsSomething, type Given } from "./standing";

const ASKED = "began_asked";

interface Saved {
  id: string;
  score: number;
}

/** "When did this begin?": asked after the first score of an episode, and not twice. */
export class Beginning {
  asking = $state(false);
  #of: string | undefined;

  /** A score was given, corrected or taken back. */
  async follow(saved: Saved | null, corrected: boolean, before: Given["before"]): Promise<void> {
    const known = saved?.id === this.#of;
    this.#of = saved?.id;
    if (known) return;
    if (!saved) return this.#forget();
    const begins = beginsSomething({ score: saved.score, before });
    // A correction asks on, but not again what was skipped.
    const stays = corrected && this.asking;
    this.asking = begins && (stays || !(await recall<boolean>(ASKED)));
  }

  async answered(): Promise<void> {
    await remember(ASKED, true);
  }

  async skip(): Promise<void> {
    this.asking = false;
    await this.answered();
  }

  /** The episode is open: the next one that begins is asked about again. */
  async opened(): Promise<void> {
    if (await recall<boolean>(ASKED)) await remember(ASKED, false);
  }

  async #forget(): Promise<void> {
    this.asking = false;
    await this.opened();
  }
}
