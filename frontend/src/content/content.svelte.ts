import { language } from "../frame/language.svelte";
import type { Locale } from "../api/types";
import type { Level, Rule } from "../shared/triage";
import deUrl from "./de.json?url";
import enUrl from "./en.json?url";

export interface Group {
  id: string;
  screen: number;
  title: string;
  hint: string | null;
}

export interface Fact {
  id: string;
  group: string;
  text: string;
  hint: string | null;
  /** Shown only while that one is ticked. */
  under: string | null;
}

/** On whose word something is said: ids of sources, and how much it weighs. */
export interface Basis {
  sources: string[];
  strength: "source" | "guideline" | "ours";
}

export interface Row extends Rule, Basis {
  all_of: string[];
  why: string;
}

export interface Advice extends Basis {
  title: string;
  body: string;
  do: string[];
  say: string[];
}

export interface Symptoms {
  wording: string;
  groups: Group[];
  facts: Fact[];
  rows: Row[];
  levels: Record<Level, Advice>;
  /** In place of self-care, where it has lasted for three days or more and is easing. */
  easing: Advice;
  /** How long to wait without a warning sign, as different services say. */
  waiting: (Basis & { text: string })[];
}

/** What is asked before somebody walks to a plan. */
export interface GateQuestion extends Basis {
  id: string;
  text: string;
  hint: string | null;
  why: string;
}

export interface GateQuestions {
  wording: string;
  questions: GateQuestion[];
}

export interface Source {
  name: string;
  year: number | null;
  note: string | null;
}

interface Bundle {
  language: Locale;
  symptoms: Symptoms;
  walking: { gate: GateQuestions };
  sources: Record<string, Source>;
  emergency_numbers: Record<string, string[]>;
}

const addresses: Record<Locale, string> = { en: enUrl, de: deUrl };
const THREE_DAYS = "three_days";

/** What the app knows without asking anybody. One file a language, kept on the phone with the app. */
class Content {
  #bundle = $state.raw<Bundle | null>(null);

  /** Whether something can be shown, perhaps still in the language before. */
  readonly ready: boolean = $derived(this.#bundle !== null);

  /** Fetches it once for each language. Rejects where the file is neither here nor to be had. */
  async load(): Promise<void> {
    const wanted = language.current;
    if (this.#bundle?.language === wanted) return;
    const answer = await fetch(addresses[wanted]);
    if (!answer.ok) throw new Error(`the content could not be loaded (${answer.status})`);
    const bundle = (await answer.json()) as Bundle;
    // The language may have changed again meanwhile: the last choice counts.
    if (wanted === language.current) this.#bundle = bundle;
  }

  get symptoms(): Symptoms {
    return this.#loaded.symptoms;
  }

  get gate(): GateQuestions {
    return this.#loaded.walking.gate;
  }

  get sources(): Record<string, Source> {
    return this.#loaded.sources;
  }

  /** What to do at this level. Self-care has two wordings: it eases after days, or it is fresh. */
  adviceFor(level: Level, facts: readonly string[]): Advice {
    const { easing, levels } = this.symptoms;
    return level === "self_care" && facts.includes(THREE_DAYS) ? easing : levels[level];
  }

  /** ISO 3166 codes of the countries whose numbers are known. */
  get countries(): string[] {
    return Object.keys(this.#loaded.emergency_numbers).filter(Boolean);
  }

  /** The numbers to call there, the best known first; where nobody knows the country, two. */
  numbersFor(country: string): string[] {
    const numbers = this.#loaded.emergency_numbers;
    return numbers[country] ?? numbers[""] ?? [];
  }

  get #loaded(): Bundle {
    if (!this.#bundle) throw new Error("content.load() comes first");
    return this.#bundle;
  }
}

export const content = new Content();
