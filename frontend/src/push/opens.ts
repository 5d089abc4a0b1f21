import { refresh } from "./subscription";

/** Long enough that looking at the app now and then costs no request. */
const AGAIN_MS = 6 * 3_600_000;

/**
 * Sends this device's address at each open, since the browser may have changed it. A phone brings
 * an app back for weeks without loading it again: coming into view after some hours is an open, too.
 * Answers the way to stop.
 */
export function refreshAtOpens(): () => void {
  let last = Date.now();
  void refresh();
  const onVisible = () => {
    if (document.visibilityState !== "visible" || Date.now() - last < AGAIN_MS) return;
    last = Date.now();
    void refresh();
  };
  document.addEventListener("visibilitychange", onVisible);
  return () => document.removeEventListener("visibilitychange", onVisible);
}
