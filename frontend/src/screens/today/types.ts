import type { Today as Told } from "../../api/types";
import type { Block, Level } from "../check/types";
import type { Episode, EveningPrompt } from "../evening/types";
import type { Flare } from "../flare/types";

export type MeasureKind = "peg" | "psfs";

/** What stands open. What this phone kept from an earlier version lacks all of it. */
export interface Open {
  episode: Episode | null;
  prompt: EveningPrompt | null;
  block: Block | null;
  flare: Flare | null;
  /** The latest one. */
  check: { id: string; at: string; level: Level } | null;
  measures_due: MeasureKind[];
}

export type Today = Omit<Told, keyof Open> & Partial<Open>;
