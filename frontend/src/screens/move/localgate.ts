/** The gate before walking, with what was said on this phone and not sent yet. Pure. */
import type { Clinician } from "../check/types";
import type { OnPhone, Wish } from "./local";
import type { Cause, Gate } from "./types";

const ANSWERS = /^\/walking\/gate\/answers\/([^/]+)$/;
const CLEARANCE = /^\/walking\/clearances\/([^/]+)$/;

/** Nobody has heard anything of this person yet: they are asked before a plan. */
export const NO_GATE: Gate = {
  ...{ state: "due", due: "never", answers: null, causes: [], soon: null, clearance: null },
};

/** Answered here, cleared here, and what a symptom check said that only this phone knows of. */
export function gateOf(known: Gate, phone: OnPhone): Gate {
  const told = phone.writes.filter(({ about }) => about === "gate").reduce(afterWrite, known);
  const causes = told.causes.filter(({ cause }) => !(cause === "emergency" && phone.lifted));
  const here = [...emergencyHere(phone, causes), ...causes, ...sameDayHere(phone, told)];
  const due = phone.block ? "emergency" : told.due;
  return { ...told, due, causes: here, state: stateOf(here, due) };
}

function stateOf(causes: readonly Cause[], due: Gate["due"]): Gate["state"] {
  if (causes.length > 0) return "blocked";
  return due ? "due" : "open";
}

function emergencyHere({ block }: OnPhone, causes: readonly Cause[]): Cause[] {
  if (!block || causes.some(({ cause }) => cause === "emergency")) return [];
  return [{ cause: "emergency", at: block.at, yes: [], check: block.check, block: null }];
}

function sameDayHere({ sameDay }: OnPhone, { clearance, causes }: Gate): Cause[] {
  const seen = clearance ? Date.parse(clearance.at) : 0;
  return sameDay
    .filter(({ at, check }) => Date.parse(at) > seen && !causes.some((one) => one.check === check))
    .map(({ at, check }) => ({ cause: "same_day", at, yes: [], check, block: null }));
}

function afterWrite(gate: Gate, { method, path, body }: Wish): Gate {
  const answers = ANSWERS.exec(path)?.[1];
  if (answers) return answered(gate, answers, body as AnswersBody);
  const clearance = CLEARANCE.exec(path)?.[1];
  if (!clearance) return gate;
  return method === "DELETE"
    ? uncleared(gate, clearance)
    : cleared(gate, { id: clearance, ...(body as ClearanceBody) });
}

export interface AnswersBody {
  yes: string[];
  wording: string;
  at: string;
}

export interface ClearanceBody {
  clinician: Clinician;
  seen_on: string;
  at: string;
}

/** Only the newest answers count: a tick blocks at once, and none is none. */
function answered(gate: Gate, id: string, { yes, wording, at }: AnswersBody): Gate {
  const others = gate.causes.filter(({ cause }) => cause !== "answers");
  const ticked: Cause[] =
    yes.length > 0 ? [{ cause: "answers", at, yes, check: null, block: null }] : [];
  return { ...gate, due: null, answers: { id, at, yes, wording }, causes: [...others, ...ticked] };
}

/** It covers what was said until then; an emergency is lifted by itself. */
function cleared(gate: Gate, clearance: NonNullable<Gate["clearance"]>): Gate {
  const until = Date.parse(clearance.at);
  const left = gate.causes.filter(
    ({ cause, at }) => cause === "emergency" || Date.parse(at) > until,
  );
  return { ...gate, clearance, causes: left };
}

/** What it had covered blocks again: the ticks are known here, the rest is the server's to say. */
function uncleared(gate: Gate, id: string): Gate {
  if (gate.clearance?.id !== id) return gate;
  const { answers, causes } = gate;
  const again = answers && answers.yes.length > 0 && !causes.some((one) => one.cause === "answers");
  const tick: Cause[] = again
    ? [{ cause: "answers", at: answers.at, yes: answers.yes, check: null, block: null }]
    : [];
  return { ...gate, clearance: null, causes: [...causes, ...tick] };
}
