import { onChange, replay } from "./outbox";

/** For a server that comes back without the phone's network having changed. */
const AGAIN_MS = 60_000;
/** A tap and its undo become one look into the outbox. */
const SETTLE_MS = 500;

/**
 * Sends what waits whenever there is a fair chance: at the start, after a change, when the
 * network is back, when the app comes into view, and every minute while it is in view. Background Sync is
 * missing on iOS and Firefox, and an empty outbox costs one look into the database.
 * Answers the way to stop.
 */
export function startSync(): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  const timer = setInterval(whenInView, AGAIN_MS);
  let settled: ReturnType<typeof setTimeout> | undefined;
  const unsubscribe = onChange(() => {
    clearTimeout(settled);
    settled = setTimeout(attempt, SETTLE_MS);
  });
  signal.addEventListener("abort", () => {
    clearInterval(timer);
    clearTimeout(settled);
    unsubscribe();
  });
  addEventListener("online", attempt, { signal });
  document.addEventListener("visibilitychange", whenInView, { signal });
  attempt();
  return () => stop.abort();
}

function whenInView(): void {
  if (document.visibilityState === "visible") attempt();
}

function attempt(): void {
  // What could not be sent stays in the outbox, where screens see it.
  replay().catch(() => undefined);
}
