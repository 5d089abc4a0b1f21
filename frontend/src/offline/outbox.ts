/**
 * Nothing typed or tapped is ever lost: an entry, or an answer to a reminder, is kept on this phone
 * first, and sent from there when a network, a session and consent are there. Not Workbox's queue, which counts an HTTP 500 as
 * delivered.
 */
import { api, ApiError, OfflineError } from "../api/client";
import type { GivenAnswer } from "../shared/letter";
import { onlyOneAtATime } from "./alone";
import { onAnswer, onChange, tellEveryone } from "./changes";
import { keepForGood } from "./keep";
import {
  isAnswer,
  letters,
  markDelivered,
  markLeaving,
  markRefused,
  putAnswerIn,
  putIn,
  takeBack,
  type Letter,
  type NewEntry,
} from "./mailbox";

export { onAnswer, onChange };

export interface LocalEntry extends NewEntry {
  /** `refused`: the server will not take it as it is. It stays on this phone, in sight. */
  state: "waiting" | "refused";
  /** The server's code, where it refused. */
  reason: string | null;
}

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
export async function saveEntry({ id, score, at }: NewEntry): Promise<void> {
  await putIn({ id, score, at });
  tellEveryone("entry");
  void keepForGood();
}

export async function deleteEntry(id: string): Promise<void> {
  await takeBack(id);
  tellEveryone("entry");
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
  return (await letters()).flatMap((letter) => {
    if (isAnswer(letter) || !letter.entry) return [];
    const { entry, refused } = letter;
    return [{ ...entry, state: refused ? "refused" : "waiting", reason: refused }];
  });
}

/** Entries deleted here of which the server has not heard yet: its lists may still name them. */
export async function pendingDeletions(): Promise<string[]> {
  return (await letters()).filter(({ wish }) => wish === "delete").map(({ id }) => id);
}

/** Sends what waits, in the order it was saved. Safe to call at any time and from any window. */
export const replay: () => Promise<ReplayResult> = onlyOneAtATime("backstep.replay", sendWaiting);

/** The server asked for quiet (429) until this moment. */
let quietUntil = 0;

async function sendWaiting(): Promise<ReplayResult> {
  const result: ReplayResult = { sent: 0, refused: 0, waiting: 0, stopped: null };
  const waiting = (await letters()).filter(({ refused }) => !refused);
  result.waiting = waiting.length;
  if (waiting.length > 0 && Date.now() < quietUntil) return { ...result, stopped: "busy" };
  for (const letter of waiting) {
    const outcome = await send(letter);
    if (isStop(outcome)) return { ...result, stopped: outcome };
    if (outcome === "later") continue;
    result.waiting -= 1;
    if (outcome === "replaced") continue;
    result[outcome] += 1;
    tellEveryone(isAnswer(letter) ? "answer" : "entry");
  }
  return result;
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
  const { id, wish, entry } = letter;
  const path = `/pain/entries/${id}`;
  if (wish === "delete") return api.delete(path);
  await api.put(path, { score: entry?.score, at: entry?.at });
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

/** What is deleted needs no deletion; and of two answers the one that the server has stands. */
function isSettled({ wish }: Letter, { status }: ApiError): boolean {
  if (wish === "put") return false;
  return status === 404 || (wish === "answer" && status === 409);
}

/** Only a clear no about this very entry sets it aside. What may pass, passes: it is kept. */
function outcomeOf({ status, code }: ApiError): Outcome {
  if (status === 401) return "no_session";
  if (status === 403) return code === "consent_required" ? "consent_required" : "busy";
  if (status === 408 || status === 429) return "busy";
  // A gateway speaks for a server that is away; any other 5xx may be this entry's alone, and
  // must not hold up the ones behind it.
  if (status >= 502 && status <= 504) return "busy";
  return status >= 500 ? "later" : "refused";
}
