/**
 * What is being filled in and not saved yet. It outlives the screen, and, where the person has
 * agreed to storing health data, the app: phones close what is in the background.
 */
import { session } from "../../frame/session.svelte";
import { recall, remember } from "../../offline/cache";

const open = new Map<string, unknown>();

export function keepDraft(name: string, draft: unknown): void {
  open.set(name, draft);
  if (session.consented) void remember(keyOf(name), draft);
}

export async function draftOf<T>(name: string): Promise<T | undefined> {
  return (open.get(name) as T | undefined) ?? (await recall<T>(keyOf(name)));
}

export async function forgetDraft(name: string): Promise<void> {
  open.delete(name);
  await remember(keyOf(name), undefined);
}

function keyOf(name: string): string {
  return `draft:${name}`;
}
