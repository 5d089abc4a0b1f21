/**
 * Nothing typed or tapped is ever lost: an entry, an answer to a reminder or any other write is kept
 * on this phone first, and sent from there when a network, a session and consent are there. Not
 * Workbox's queue, which counts an HTTP 500 as delivered.
 */
import { api, ApiError, OfflineError } from "../api/client";
import type { GivenAnswer } from "../shared/letter";
import { onlyOneAtATime } from "./alone";
import { onAnswer, onChange, tellEveryone, type News } from "./changes";
import { keepForGood } from "./keep";
import {
  isAnswer,
  isRefused,
  letters,
  markDelivered,
  markLeaving,
  markRefused,
  putAnswerIn,
  putEntryIn,
  putIn,
  takeEntryBack,
  tearUp,
  type Letter,
  type NewEntry,
  type WalkMoment,
  type Write,
  type WriteLetter,
} from "./mailbox";

export { onAnswer, onChange, type NewEntry, type WalkMoment, type Write };

interface Fate {
  /** `refused`: the server will not take it as it is. It stays on this phone, in sight. */
  state: "waiting" | "refused";
  /** The server's code, where it refused. */
  reason: string | null;
}

export type LocalEntry = NewEntry & Fate;
/** `stamp`: when it was saved, in milliseconds. */
export type PendingWrite = Write & Fate & { stamp: number };

export interface ReplayResult {
  sent: number;
  refused: number;
  /** Still to be sent. */
  waiting: number;
  /** Why it stopped before the end; null when everything could be tried. */
  stopped: Stop | null;
}

/** Nothing behind it would fare better now. */
type Stop = "offline" | "no_session" | "consent_required" | "busy";
/** What became of one letter: `later` is an error that may be this letter's alone. */
type Outcome = "sent" | "refused" | "replaced" | "later" | Stop;

export interface LocalAnswer extends GivenAnswer {
  state: "waiting" | "refused";
}

/** Answers once it is safe on this phone; sending is `replay`'s business. */
export async function saveEntry(entry: NewEntry): Promise<void> {
  await putEntryIn(entry);
  tellEveryone("entry");
  void keepForGood();
}

export async function deleteEntry(id: string): Promise<void> {
  await takeEntryBack(id);
  tellEveryone("entry");
}

/** Any other write, kept and sent like an entry. */
export async function saveWrite(write: Write): Promise<void> {
  await putIn(write);
  tellEveryone("write");
  void keepForGood();
}

/**
 * True where it had not left this phone and is torn up: there is nothing to undo. False where the
 * server has it, or may have: that takes a write of its own, which will go out after it.
 */
export async function takeBackWrite(key: string): Promise<boolean> {
  const torn = await tearUp(key);
  if (torn) tellEveryone("write");
  return torn;
}

/** An answer that already waits stays: the first one stands. */
export async function saveAnswer({ id, answer, at }: GivenAnswer): Promise<void> {
  await putAnswerIn({ id, answer, at });
  tellEveryone("answer");
}

/** What was answered here, to this delivery, as long as the server has not taken it. */
export async function pendingAnswer(delivery: string): Promise<LocalAnswer | null> {
  const found = (await letters()).filter(isAnswer).find(({ id }) => id === delivery);
  if (!found) return null;
  const { id, answer, at, refused } = found;
  return { id, answer, at, state: refused ? "refused" : "waiting" };
}

/** Entries that the server does not have yet. */
export async function pendingEntries(): Promise<LocalEntry[]> {
  const puts = (await entries()).filter(({ method }) => method === "PUT");
  return puts.map((letter) => {
    return { id: letter.id, ...(letter.body as Omit<NewEntry, "id">), ...fateOf(letter) };
  });
}

/** Entries deleted here of which the server has not heard yet: its lists may still name them. */
export async function pendingDeletions(): Promise<string[]> {
  return (await entries()).filter(({ method }) => method === "DELETE").map(({ id }) => id);
}

/** Other writes that the server does not have yet, in the order they were saved. */
export async function pendingWrites(about?: Write["about"]): Promise<PendingWrite[]> {
  return (await writes()).flatMap(({ id, method, path, body, first, stamp, ...letter }) => {
    if (letter.about === "entry" || (about && letter.about !== about)) return [];
    const write = { key: id, method, path, body, about: letter.about, stamp, ...fateOf(letter) };
    return [first ? { ...write, first } : write];
  });
}

async function writes(): Promise<WriteLetter[]> {
  return (await letters()).filter((letter) => !isAnswer(letter));
}

async function entries(): Promise<WriteLetter[]> {
  return (await writes()).filter(({ about }) => about === "entry");
}

function fateOf({ reason }: Pick<WriteLetter, "reason">): Fate {
  return { state: reason === null ? "waiting" : "refused", reason };
}

/** Sends what waits, in the order it was saved. Safe to call at any time and from any window. */
export const replay: () => Promise<ReplayResult> = onlyOneAtATime("backstep.replay", sendWaiting);

/** The server asked for quiet (429) until this moment. */
let quietUntil = 0;

async function sendWaiting(): Promise<ReplayResult> {
  const result: ReplayResult = { sent: 0, refused: 0, waiting: 0, stopped: null };
  const waiting = (await letters()).filter((letter) => !isRefused(letter));
  result.waiting = waiting.length;
  if (waiting.length > 0 && Date.now() < quietUntil) return { ...result, stopped: "busy" };
  for (const letter of waiting) {
    const outcome = await send(letter);
    if (isStop(outcome)) return { ...result, stopped: outcome };
    if (outcome === "later") continue;
    result.waiting -= 1;
    if (outcome === "replaced") continue;
    result[outcome] += 1;
    tellEveryone(newsOf(letter));
  }
  return result;
}

function newsOf(letter: Letter): News {
  if (isAnswer(letter)) return "answer";
  return letter.about === "entry" ? "entry" : "write";
}

function isStop(outcome: Outcome): outcome is Stop {
  return !["sent", "refused", "replaced", "later"].includes(outcome);
}

async function send(letter: Letter): Promise<Outcome> {
  if (!(await markLeaving(letter))) return "replaced";
  try {
    await call(letter);
  } catch (error) {
    return afterFailure(letter, error);
  }
  await markDelivered(letter);
  return "sent";
}

async function call(letter: Letter): Promise<void> {
  if (isAnswer(letter)) {
    const { id, answer, at } = letter;
    await api.put(`/reminders/deliveries/${id}/answer`, { answer, at });
    return;
  }
  const { method, path, body } = letter;
  const { put, post, patch } = api;
  if (method === "DELETE") return api.delete(path);
  await { PUT: put, POST: post, PATCH: patch }[method](path, body);
}

async function afterFailure(letter: Letter, error: unknown): Promise<Outcome> {
  if (error instanceof OfflineError) return "offline";
  if (!(error instanceof ApiError)) throw error;
  if (isSettled(letter, error)) {
    await markDelivered(letter);
    return "sent";
  }
  const outcome = outcomeOf(error);
  if (outcome === "busy") quietUntil = Date.now() + (error.retryAfter ?? 0) * 1000;
  if (outcome === "refused") await markRefused(letter, error.code);
  return outcome;
}

/** What is deleted needs no deletion; and where the first word stands, the server has one. */
function isSettled(letter: Letter, { status }: ApiError): boolean {
  if (isAnswer(letter)) return status === 404 || status === 409;
  return (letter.method === "DELETE" && status === 404) || (!!letter.first && status === 409);
}

/** Only a clear no about this very letter sets it aside. What may pass, passes: it is kept. */
function outcomeOf({ status, code }: ApiError): Outcome {
  if (status === 401) return "no_session";
  if (status === 403) return code === "consent_required" ? "consent_required" : "busy";
  if (status === 408 || status === 429) return "busy";
  // A gateway speaks for a server that is away; any other 5xx may be this letter's alone, and
  // must not hold up the ones behind it.
  if (status >= 502 && status <= 504) return "busy";
  return status >= 500 ? "later" : "refused";
}
