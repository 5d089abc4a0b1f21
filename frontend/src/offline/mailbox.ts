/**
 * The outbox's rows, of two sorts. A write is a call to the server that says the whole truth about
 * its key, so the latest one replaces the one before it and can be sent any number of times. An
 * answer to a reminder is shared with the worker; there, and for a write that says `first`, what
 * was said first stands, as it does on the server.
 */
import { answerLetter, firstStands, type AnswerLetter, type GivenAnswer } from "../shared/letter";
import { open } from "./db";

export interface NewEntry {
  id: string;
  score: number;
  /** RFC 3339. */
  at: string;
  /** A local date, as in "2026-11-20". */
  began_on?: string | null;
  places?: readonly string[];
  worse?: readonly string[];
  better?: readonly string[];
  sleep?: string;
  note?: string;
  /** The walk it belongs to, and when it was given; see the walking API. */
  walk?: string | null;
  walk_moment?: WalkMoment | "";
}

export type WalkMoment = "before" | "after" | "later" | "morning" | "day_after";

export interface Write {
  /** A later write with the same key replaces the one that still waits. */
  key: string;
  method: "PUT" | "POST" | "PATCH" | "DELETE";
  /** Relative to /api/v1. */
  path: string;
  body?: unknown;
  about:
    | ("check" | "prompt" | "flare" | "measure" | "block" | "episode" | "person")
    | ("walk" | "gate" | "plan" | "follow_up" | "backward");
  /** What was said first stands, here and on the server. */
  first?: boolean;
}

export interface WriteLetter extends Omit<Write, "key" | "about"> {
  id: string;
  wish: "write";
  about: Write["about"] | "entry";
  /** When it was put here; a new one for the same key gets a new stamp. Letters leave in this order. */
  stamp: number;
  /** The server may know of it: something was already sent for it, or it came from there. */
  maybeKnown: boolean;
  /** The server's code for why it will not take this. It stays here, in sight. */
  reason: string | null;
  /**
   * Not ours to read. Pages of earlier versions, which may still be open in another tab, send
   * every row that is not refused to where a score goes, without what they do not know.
   */
  refused: true;
}

/** Rows of earlier versions, which may have waited since before an update. */
interface EarlierEntryLetter {
  id: string;
  wish: "put" | "delete";
  entry: NewEntry | null;
  stamp: number;
  maybeKnown: boolean;
  refused: string | null;
}

export type Letter = WriteLetter | AnswerLetter;

export function isAnswer(letter: Letter): letter is AnswerLetter {
  return letter.wish === "answer";
}

export function isRefused(letter: Letter): boolean {
  return isAnswer(letter) ? Boolean(letter.refused) : letter.reason !== null;
}

export async function letters(): Promise<Letter[]> {
  const store = await open();
  const all = await store.all<Letter | EarlierEntryLetter>("outbox");
  return all.map(today).sort((a, b) => a.stamp - b.stamp);
}

export function putEntryIn({ id, ...body }: NewEntry): Promise<void> {
  return putIn({ key: id, method: "PUT", path: pathOf(id), body, about: "entry" });
}

export function putIn(write: Omit<Write, "about"> & Pick<WriteLetter, "about">): Promise<void> {
  return change<WriteLetter>(write.key, (old) => {
    if (old && write.first && old.reason === null) return old;
    return writeLetter(write, nextStamp(), old?.maybeKnown);
  });
}

/** Where nothing has left this phone yet, nothing needs to be said: the letter is torn up. */
export function takeEntryBack(id: string): Promise<void> {
  return change<WriteLetter>(id, (old) => {
    if (old && !old.maybeKnown) return undefined;
    return deletion(id, nextStamp());
  });
}

/** Answers whether it is torn up: it had not left yet, or the server had turned it down. */
export async function tearUp(key: string): Promise<boolean> {
  let torn = false;
  await change<WriteLetter>(key, (old) => {
    torn = old !== undefined && (!old.maybeKnown || old.reason !== null);
    return torn ? undefined : old;
  });
  return torn;
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
    isAnswer(old) ? { ...old, refused: true } : { ...old, reason: code },
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
  await store.change<Letter | EarlierEntryLetter>("outbox", id, (old) =>
    decide(old && (today(old) as T)),
  );
}

function writeLetter(
  { key, method, path, body, about, first }: Parameters<typeof putIn>[0],
  stamp: number,
  maybeKnown = false,
): WriteLetter {
  return {
    ...{ id: key, wish: "write", method, path, about, stamp, maybeKnown, reason: null },
    // What a screen hands over may be a live object of its own, which no database can store.
    ...(body !== undefined && { body: JSON.parse(JSON.stringify(body)) as unknown }),
    ...(first && { first }),
    refused: true,
  };
}

function deletion(id: string, stamp: number): WriteLetter {
  const wish = { key: id, method: "DELETE", path: pathOf(id), about: "entry" } as const;
  return writeLetter(wish, stamp, true);
}

function pathOf(entry: string): string {
  return `/pain/entries/${entry}`;
}

/** A row of an earlier version as this one would have written it. */
function today(row: Letter | EarlierEntryLetter): Letter {
  if (row.wish === "answer" || row.wish === "write") return row;
  const { id, entry, stamp, maybeKnown, refused } = row;
  if (!entry) return deletion(id, stamp);
  const write = { key: id, method: "PUT", path: pathOf(id), about: "entry" } as const;
  const body = { score: entry.score, at: entry.at };
  return { ...writeLetter({ ...write, body }, stamp, maybeKnown), reason: refused };
}

let lastStamp = 0;

/** The time, but never the same twice: two taps in one millisecond keep their order. */
function nextStamp(): number {
  lastStamp = Math.max(Date.now(), lastStamp + 1);
  return lastStamp;
}
