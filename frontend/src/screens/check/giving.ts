/** A finished check: kept on this phone and sent, or held for this visit until there is consent. */
import { install } from "../../frame/install.svelte";
import { session } from "../../frame/session.svelte";
import { replay, saveWrite } from "../../offline/outbox";
import { holdUnsaved, keep, letGoUnsaved } from "./kept";
import type { Check, GivenCheck } from "./types";

/** The result is shown whatever becomes of this. */
export async function give(check: Check): Promise<void> {
  holdUnsaved(check);
  install.somethingFinished();
  if (session.consented) await save(check);
}

/** Rejects where this phone cannot store anything; the visit still holds the check. */
export async function save(check: Check, beforeSending?: () => Promise<void>): Promise<void> {
  await saveWrite(letterOf(check));
  await keep(check);
  letGoUnsaved();
  await beforeSending?.();
  void replay().catch(() => undefined);
}

/** For a phone whose clock runs ahead: the server will not take a check from the future. */
export async function saveWithoutItsTime(check: Check): Promise<void> {
  const letter = letterOf(check);
  // What is undefined does not travel.
  await saveWrite({ ...letter, body: { ...letter.body, at: undefined } });
  await replay();
}

function letterOf(check: Check) {
  const { id, symptoms, wording, occasion, at, corrects } = check;
  const body: GivenCheck = { id, symptoms, wording, occasion, at };
  if (corrects) body.corrects = corrects;
  return { key: id, method: "POST", path: "/symptom-checks", body, about: "check" } as const;
}
