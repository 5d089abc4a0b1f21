/**
 * Nothing typed is ever lost: an entry is kept on this phone first, and sent from there when a
 * network, a session and consent are there. Not Workbox's queue, which counts an HTTP 500 as
 * delivered.
 */
import { api, ApiError, OfflineError } from "../api/client";
import { onlyOneAtATime } from "./alone";
import { onChange, tellEveryone } from "./changes";
import { keepForGood } from "./keep";
import {
  letters,
  markDelivered,
  markLeaving,
  markRefused,
  putIn,
  takeBack,
  type Letter,
  type NewEntry,
} from "./mailbox";

export { onChange };

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

/** Answers once it is safe on this phone; sending is `replay`'s business. */
export async function saveEntry({ id, score, at }: NewEntry): Promise<void> {
  await putIn({ id, score, at });
  tellEveryone();
  void keepForGood();
}

export async function deleteEntry(id: string): Promise<void> {
  await takeBack(id);
  tellEveryone();
}

/** Entries that the server does not have yet. */
export async function pendingEntries(): Promise<LocalEntry[]> {
  return (await letters()).flatMap(({ entry, refused }) =>
    entry ? [{ ...entry, state: refused ? "refused" : "waiting", reason: refused }] : [],
  );
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
  const waiting = (await letters()).filter(({ refused }) => refused === null);
  result.waiting = waiting.length;
  if (waiting.length > 0 && Date.now() < quietUntil) return { ...result, stopped: "busy" };
  for (const letter of waiting) {
    const outcome = await send(letter);
    if (isStop(outcome)) return { ...result, stopped: outcome };
    if (outcome === "later") continue;
    result.waiting -= 1;
    if (outcome === "replaced") continue;
    result[outcome] += 1;
    tellEveryone();
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

async function call({ id, wish, entry }: Letter): Promise<void> {
  const path = `/pain/entries/${id}`;
  if (wish === "delete") return api.delete(path);
  await api.put(path, { score: entry?.score, at: entry?.at });
}

async function afterFailure(letter: Letter, error: unknown): Promise<Outcome> {
  if (error instanceof OfflineError) return "offline";
  if (!(error instanceof ApiError)) throw error;
  if (letter.wish === "delete" && error.status === 404) {
    await markDelivered(letter);
    return "sent";
  }
  const outcome = outcomeOf(error);
  if (outcome === "busy") quietUntil = Date.now() + (error.retryAfter ?? 0) * 1000;
  if (outcome === "refused") await markRefused(letter, error.code);
  return outcome;
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
