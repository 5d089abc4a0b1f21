/** Checks that were given on this phone: shown again without a network, and the next one's start. */
import { recall, remember } from "../../offline/cache";
import { forget, remembered, rememberForNow } from "./visit";
import type { Check } from "./types";

const CHECKS = "checks_here";
const UNSAVED = "unsaved";
const MOST = 20;

/** Newest first. */
export async function keptChecks(): Promise<Check[]> {
  return (await recall<Check[]>(CHECKS)) ?? [];
}

export async function keep(check: Check): Promise<void> {
  const others = (await keptChecks()).filter(({ id }) => id !== check.id);
  await remember(CHECKS, [check, ...others].slice(0, MOST));
}

/** A check given before consent lives for this visit. */
export function unsaved(): Check | null {
  return remembered<Check>(UNSAVED);
}

export function holdUnsaved(check: Check): void {
  rememberForNow(UNSAVED, check);
}

export function letGoUnsaved(): void {
  forget(UNSAVED);
}
