import { assess } from "../../shared/triage";
import { give } from "./giving";
import { aboutAmong, startingTicks } from "./start";
import {
  isAnswered,
  tick,
  tickedUpTo,
  tickNone,
  unanswered,
  under,
  type ScreenNumber,
  type Ticks,
} from "./ticks";
import type { Check, Occasion, Symptoms } from "./types";
import { factTexts } from "./words";
import { forget, remembered, rememberForNow } from "./visit";

const DRAFT = "draft";
const OCCASIONS: Record<string, Occasion> = {
  start: "start",
  evening: "evening",
  new: "new_symptom",
  hand: "by_hand",
  slip: "slip",
};

export interface Reason {
  occasion: Occasion;
  /** The check that was tapped by mistake. */
  corrects: string | null;
}

interface Draft {
  corrects: string | null;
  ticks: Ticks;
}

export function reasonIn(query: URLSearchParams): Reason {
  const corrects = query.get("corrects");
  return { occasion: OCCASIONS[query.get("from") ?? ""] ?? "by_hand", corrects };
}

/** One check while it is being answered. What is ticked outlives leaving it, within the visit. */
export class Checking {
  ticks = $state.raw<Ticks>({ facts: [], none: [] });
  /** The group that has no answer yet, once the person wanted to go on. */
  missing = $state<string | null>(null);
  /** How many lines appeared below the one just ticked, for a reader. */
  appeared = $state(0);
  /** Lines that this app ticked, from an earlier check. */
  prefilled = $state(false);
  readonly symptoms: Symptoms;
  readonly reason: Reason;

  /** What is ticked on the first screen is an emergency by itself: nothing more needs asking. */
  readonly urgent: boolean = $derived.by(() => {
    const { symptoms, ticks } = this;
    return assess(symptoms.rows, tickedUpTo(symptoms, 1, ticks)).level === "emergency";
  });

  private constructor(symptoms: Symptoms, reason: Reason, ticks: Ticks) {
    this.symptoms = symptoms;
    this.reason = reason;
    this.ticks = ticks;
  }

  /** Goes on with what was ticked before, unless that was about something else. */
  static async begin(symptoms: Symptoms, reason: Reason): Promise<Checking> {
    const draft = remembered<Draft>(DRAFT);
    if (draft?.corrects === reason.corrects) return new Checking(symptoms, reason, draft.ticks);
    const made = new Checking(symptoms, reason, await startingTicks(symptoms, new Date()));
    made.prefilled = aboutAmong(symptoms, made.ticks.facts).length > 0;
    return made;
  }

  tick(id: string): void {
    const { symptoms, ticks } = this;
    this.#become(tick(symptoms, ticks, id));
    const ticked = this.ticks.facts.includes(id);
    this.appeared = ticked ? under(symptoms.facts, id).length : 0;
  }

  tickNone(group: string): void {
    this.#become(tickNone(this.symptoms, this.ticks, group));
  }

  /** The second screen opens once the first one is answered. */
  get mayGoOn(): boolean {
    return unanswered(this.symptoms, 1, this.ticks) === null;
  }

  /** Whether this screen is answered; says what is missing where it is not. */
  answered(screen: ScreenNumber): boolean {
    this.missing = unanswered(this.symptoms, screen, this.ticks);
    return this.missing === null;
  }

  /** The result's id. An emergency on the first screen ends the check there. */
  async finish(screen: ScreenNumber): Promise<string> {
    const check = this.#checkUpTo(screen);
    // A phone that can store nothing still shows what to do.
    await give(check).catch(() => undefined);
    forget(DRAFT);
    return check.id;
  }

  #checkUpTo(screen: ScreenNumber): Check {
    const { symptoms, reason } = this;
    const ticked = tickedUpTo(symptoms, screen, this.ticks);
    return {
      ...assess(symptoms.rows, ticked),
      id: crypto.randomUUID(),
      symptoms: ticked,
      texts: factTexts(symptoms, ticked),
      wording: symptoms.wording,
      at: new Date().toISOString(),
      ...reason,
    };
  }

  #become(ticks: Ticks): void {
    this.ticks = ticks;
    if (this.missing && isAnswered(this.symptoms, this.missing, ticks)) this.missing = null;
    rememberForNow(DRAFT, { corrects: this.reason.corrects, ticks } satisfies Draft);
  }
}
