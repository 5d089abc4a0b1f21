/** What the server says of checks and blocks, and what the questions are made of. */
import type { components } from "../../api/schema";
import type { Level } from "../../shared/triage";

export type {
  Advice,
  Basis,
  Fact,
  Group,
  Row,
  Source,
  Symptoms,
} from "../../content/content.svelte";
export type { Level };
export type Block = components["schemas"]["Block"];

export type Occasion = "start" | "by_hand" | "new_symptom" | "evening" | "slip";
export type Clinician = "doctor" | "physiotherapist" | "emergency" | "other";

/** What is sent: the server finds level and rows by the same table. */
export interface GivenCheck {
  id: string;
  symptoms: string[];
  wording: string;
  occasion: Occasion;
  /** RFC 3339. */
  at: string;
  /** The check that had been tapped by mistake. */
  corrects?: string;
}

export interface Check extends Omit<GivenCheck, "corrects"> {
  level: Level;
  rows: string[];
  /** What was ticked, in the words and the language of that day. */
  texts: readonly string[];
  corrects: string | null;
}
