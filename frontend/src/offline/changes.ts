/** Tells this window and every other one of ours that the outbox has changed. */
const listeners = new Set<() => void>();
const others = "BroadcastChannel" in globalThis ? new BroadcastChannel("backstep.outbox") : null;

if (others) others.onmessage = tellThisWindow;

export function onChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function tellEveryone(): void {
  tellThisWindow();
  others?.postMessage(null);
}

function tellThisWindow(): void {
  for (const listener of listeners) listener();
}
