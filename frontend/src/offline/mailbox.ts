/**
 * The outbox's rows, of two sorts, which `wish` tells apart. One row an entry, holding what should
 * become of it: PUT and DELETE on the entry's own id both say the whole truth, so the latest wish
 * replaces the one before it and can be sent any number of times. One row an answered reminder:
 * there the first answer stands, as it does on the server.
 */
import { answerLetter, firstStands, type AnswerLetter, type GivenAnswer } from "../shared/letter";
import { open } from "./db";

export interface NewEntry {
  id: string;
  score: number;
  /** RFC 3339. */
  at: string;
}

/** Rows of every version look so: one may have waited since before an update. */
export interface EntryLetter {
  id: string;
  wish: "put" | "delete";
  entry: NewEntry | null;
  /** When it was put here; a new wish gets a new stamp. Letters leave in this order. */
  stamp: number;
  /** The server may know this id: something was already sent for it, or it came from there. */
  maybeKnown: boolean;
  /** The server's code for why it will not take this. It stays here, in sight. */
  refused: string | null;
}

export type Letter = EntryLetter | AnswerLetter;

export function isAnswer(letter: Letter): letter is AnswerLetter {
  return letter.wish === "answer";
}

export async function letters(): Promise<Letter[]> {
  const store = await open();
  const all = await store.all<Letter>("outbox");
  return all.sort((a, b) => a.stamp - b.stamp);
}

export function putIn(entry: NewEntry): Promise<void> {
  return change<EntryLetter>(entry.id, (old) => ({
    id: entry.id,
    wish: "put",
    entry,
    stamp: nextStamp(),
    maybeKnown: old?.maybeKnown ?? false,
    refused: null,
  }));
}

/** Where nothing has left this phone yet, nothing needs to be said: the letter is torn up. */
export function takeBack(id: string): Promise<void> {
  return change<EntryLetter>(id, (old) => {
    if (old && !old.maybeKnown) return undefined;
    const stamp = nextStamp();
    return { id, wish: "delete", entry: null, stamp, maybeKnown: true, refused: null };
  });
}

export function putAnswerIn(given: GivenAnswer): Promise<void> {
  const letter = answerLetter(given, nextStamp());
  return change<AnswerLetter>(given.id, (old) => firstStands(old, letter));
}

/**
 * Before the network call, not after it: an answer that is lost on the way leaves no trace.
 * Answers false where the letter was replaced or torn up meanwhile, and must not be sent.
 */
export async function markLeaving(letter: Letter): Promise<boolean> {
  let current = false;
  await unlessReplaced(letter, (old) => {
    current = true;
    return isAnswer(old) ? old : { ...old, maybeKnown: true };
  });
  return current;
}

export function markDelivered(letter: Letter): Promise<void> {
  return unlessReplaced(letter, () => undefined);
}

export function markRefused(letter: Letter, code: string): Promise<void> {
  return unlessReplaced(letter, (old) =>
    isAnswer(old) ? { ...old, refused: true } : { ...old, refused: code },
  );
}

/** While a letter was on its way the person may have changed their mind: theirs counts. */
function unlessReplaced(
  letter: Letter,
  decide: (old: Letter) => Letter | undefined,
): Promise<void> {
  return change<Letter>(letter.id, (old) => (old?.stamp === letter.stamp ? decide(old) : old));
}

async function change<T extends Letter>(
  id: string,
  decide: (old: T | undefined) => T | undefined,
): Promise<void> {
  const store = await open();
  await store.change<T>("outbox", id, decide);
}

let lastStamp = 0;

/** The time, but never the same twice: two taps in one millisecond keep their order. */
function nextStamp(): number {
  lastStamp = Math.max(Date.now(), lastStamp + 1);
  return lastStamp;
}
