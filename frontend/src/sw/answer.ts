import { answerLetter, type AnswerLetter, type GivenAnswer } from "../shared/letter";
import { keep, markDelivered, markRefused, tellWindows, waiting } from "./letters";
import { ask, type Said } from "./server";

declare const self: ServiceWorkerGlobalScope;

/** Background Sync: in Chromium alone, and not in TypeScript's worker library. */
interface SyncRegistration {
  sync?: { register(tag: string): Promise<void> };
}
interface SyncEvent extends ExtendableEvent {
  readonly tag: string;
}

const SYNC_TAG = "backstep.answers";

/** `over`: nothing is left to do. `later`: it may work another time. */
type Fate = "over" | "later" | "refused";

/**
 * An answer given on the lock screen. Kept on this phone first and sent from there, so that it
 * outlives a worker that the system ends half-way. Answers false where it could be neither sent
 * nor kept.
 */
export async function giveAnswer(given: GivenAnswer): Promise<boolean> {
  const letter = answerLetter(given, Date.now());
  const kept = await keep(letter);
  const fate = await deliver(letter);
  if (fate === "later") await wakeWithNetwork();
  return kept || fate !== "later";
}

/** Sends what waits. Answers false where something has to wait on. */
export async function sendWaiting(): Promise<boolean> {
  for (const letter of await waiting()) {
    if ((await deliver(letter)) === "later") return false;
  }
  return true;
}

/** The browser tries again, later and later, for as long as this fails. */
export function onSync(event: Event): void {
  const sync = event as SyncEvent;
  if (sync.tag === SYNC_TAG) sync.waitUntil(sendAll());
}

async function sendAll(): Promise<void> {
  if (!(await sendWaiting())) throw new Error("Some answers could not be sent yet.");
}

async function deliver(letter: AnswerLetter): Promise<Fate> {
  const fate = await send(letter);
  if (fate === "over") await markDelivered(letter);
  if (fate === "refused") await markRefused(letter);
  tellWindows();
  return fate;
}

/** By its token; where that has expired, under the session of whoever uses the app here. */
async function send({ id, answer, at, token }: AnswerLetter): Promise<Fate> {
  if (token) {
    const said = await ask("/reminders/answers", { method: "POST", body: { token, answer, at } });
    const fate = fateOf(said);
    if (fate !== "refused") return fate;
  }
  const csrf = await csrfToken();
  if (!csrf) return "later";
  const path = `/reminders/deliveries/${id}/answer`;
  return underSession(await ask(path, { method: "PUT", body: { answer, at }, csrf }));
}

async function csrfToken(): Promise<string> {
  const said = await ask("/session", { method: "GET" });
  const token = said?.body["csrf_token"];
  return typeof token === "string" ? token : "";
}

/** 409: it has been answered otherwise, and the first answer stands. */
function fateOf(said: Said | null): Fate {
  if (!said || said.status >= 500 || said.status === 408 || said.status === 429) return "later";
  return said.status < 300 || said.status === 409 ? "over" : "refused";
}

/** 404: erased, or somebody else's. A session that ended may begin again. */
function underSession(said: Said | null): Fate {
  if (said?.status === 404) return "over";
  return said?.status === 401 || said?.status === 403 ? "later" : fateOf(said);
}

async function wakeWithNetwork(): Promise<void> {
  try {
    await (self.registration as SyncRegistration).sync?.register(SYNC_TAG);
  } catch {
    // Turned off by the person or the browser: it is sent with the next push, or by the app.
  }
}
