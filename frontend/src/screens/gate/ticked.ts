/** The ask-first questions while they are being answered. Pure. */
import type { GateQuestions } from "../../content/content.svelte";
import type { Cause, Gate } from "../move/types";

export interface Ticked {
  yes: readonly string[];
  /** "None of these". */
  none: boolean;
}

export const NOTHING: Ticked = { yes: [], none: false };

/** A tick and "none of these" exclude each other. */
export function tick({ yes }: Ticked, id: string): Ticked {
  const others = yes.filter((one) => one !== id);
  return { yes: others.length < yes.length ? others : [...yes, id], none: false };
}

export function tickNone({ none }: Ticked): Ticked {
  return { yes: [], none: !none };
}

export function isAnswered({ yes, none }: Ticked): boolean {
  return none || yes.length > 0;
}

/** In the order in which they are asked. */
export function inOrder({ questions }: GateQuestions, yes: readonly string[]): string[] {
  return questions.map(({ id }) => id).filter((id) => yes.includes(id));
}

/** What was ticked, in the words of now; a question of an earlier wording may be gone. */
export function textsOf({ questions }: GateQuestions, yes: readonly string[]): string[] {
  return questions.filter(({ id }) => yes.includes(id)).map(({ text }) => text);
}

/** What a clinician's word about walking covers; an emergency has a clearance of its own. */
export function coveredBy({ causes }: Gate): Cause[] {
  return causes.filter(({ cause }) => cause !== "emergency");
}

/** Since when a clinician has to have seen them: what is ticked may have been talked about before. */
export function seenFrom(gate: Gate): string | null {
  const checks = gate.causes.filter(({ cause }) => cause === "same_day").map(({ at }) => at);
  return checks.sort((a, b) => Date.parse(b) - Date.parse(a))[0] ?? null;
}
