/**
 * Tells this window and every other one of ours that the outbox has changed, and what about. The
 * worker tells them too, when it has sent an answer from the lock screen.
 */
import { OUTBOX_CHANNEL, type News } from "../shared/letter";

export type { News };
type Listener = (news: News) => void;

const listeners = new Set<Listener>();
const others = "BroadcastChannel" in globalThis ? new BroadcastChannel(OUTBOX_CHANNEL) : null;

if (others) {
  others.onmessage = ({ data }: MessageEvent<unknown>) =>
    tellThisWindow(data === "answer" || data === "write" ? data : "entry");
}

export function onChange(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** A reminder was answered, here or from the lock screen: what was loaded before is old. */
export function onAnswer(listener: () => void): () => void {
  return onChange((news) => {
    if (news === "answer") listener();
  });
}

export function tellEveryone(news: News): void {
  tellThisWindow(news);
  others?.postMessage(news);
}

function tellThisWindow(news: News): void {
  for (const listener of listeners) listener(news);
}
