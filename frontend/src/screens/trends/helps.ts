/** Counts of days as sentences. They say what went together, and never why. */
import type { Helps } from "../../api/types";
import { capitalised } from "../../frame/format";
import { m } from "../../paraglide/messages.js";
import { betterName } from "../diary/words";

export interface Line {
  words: string;
  /** 0 to 1, for the bar beside it. */
  share: number;
}

export interface Comparison {
  factor: string;
  lines: [with_: Line, without: Line];
}

type Counted = (counts: { good: number; of: number }) => string;

const factors: Record<string, { with: Counted; without: Counted }> = {
  walk: { with: m.helps_walk, without: m.helps_walk_other },
  sleep_good: { with: m.helps_sleep_good, without: m.helps_sleep_other },
  sleep_bad: { with: m.helps_sleep_bad, without: m.helps_sleep_other },
};

/** A factor of a later version is left out: this one has no words for it. */
export function comparisons({ findings }: Helps): Comparison[] {
  return findings.flatMap(({ factor, ...counts }) => {
    const words = factors[factor];
    if (!words) return [];
    const line = (side: "with" | "without") => ({
      words: words[side](counts[side]),
      share: counts[side].good / counts[side].of,
    });
    return [{ factor, lines: [line("with"), line("without")] as [Line, Line] }];
  });
}

/** "Warmth", "on 6 of 20 days" */
export function namedHelpers({ named }: Helps): { id: string; name: string; days: string }[] {
  return named.flatMap(({ better, days, of }) => {
    const name = betterName(better);
    return name ? [{ id: better, name: capitalised(name), days: m.helps_named({ days, of }) }] : [];
  });
}
