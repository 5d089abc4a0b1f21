/** Ways through the check: its second screen is an address of its own, so that back leads to the first. */
import { m } from "../../paraglide/messages.js";
import { router } from "../../router";

const CHECK = "/check";

export function stepAddress(query: URLSearchParams, step: 1 | 2): string {
  const next = new URLSearchParams(query);
  if (step === 2) next.set("step", "2");
  else next.delete("step");
  return next.size > 0 ? `${CHECK}?${next}` : CHECK;
}

/** For the head of a screen: one step back, to wherever in the app the person came from. */
export function wayBack(otherwise: string): { to: string; name: string; onback: () => void } {
  const onback = () => {
    if (cameFrom() === undefined) router.go(otherwise, { replace: true });
    else history.back();
  };
  return { to: otherwise, name: m.check_leave(), onback };
}

/** From the second screen to the first; from there to wherever the check was begun. */
export function leaveStep(query: URLSearchParams, step: 1 | 2): void {
  const from = cameFrom();
  if (step === 1 ? from !== undefined && from !== CHECK : from === CHECK) history.back();
  else router.go(step === 1 ? "/" : stepAddress(query, 1), { replace: true });
}

/** The check is over: its screens make room for the result, which back then leaves. */
export function goOnTo(address: string): void {
  if (cameFrom() !== CHECK) return router.go(address, { replace: true });
  // The router hears of the step back first, and drops it for this one.
  addEventListener("popstate", () => router.go(address, { replace: true }), { once: true });
  history.back();
}

function cameFrom(): string | undefined {
  return (history.state as { from?: string } | null)?.from;
}
