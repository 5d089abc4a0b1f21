import { open } from "../offline/db";
import { RECORD, type PushRecord } from "../shared/pushrecord";

declare const self: ServiceWorkerGlobalScope;

/** In the standard, not yet in TypeScript's worker library. */
interface PushSubscriptionChangeEvent extends ExtendableEvent {
  readonly oldSubscription?: PushSubscription | null;
  readonly newSubscription?: PushSubscription | null;
}

/**
 * The browser dropped this device's address. Few browsers ever say so, and not always: what
 * counts is that the app sends its address at each open. Here it is only made anew, and the
 * old one is marked as no longer the one that the server was told.
 */
export function onSubscriptionChange(event: Event): void {
  const change = event as PushSubscriptionChangeEvent;
  change.waitUntil(Promise.all([subscribeAgain(change), markAsUnsent()]));
}

async function subscribeAgain(change: PushSubscriptionChangeEvent): Promise<void> {
  if (change.newSubscription) return;
  const applicationServerKey =
    change.oldSubscription?.options.applicationServerKey ?? (await rememberedKey());
  if (!applicationServerKey) return;
  await self.registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey });
}

async function rememberedKey(): Promise<string | undefined> {
  const store = await open();
  return (await store.get<PushRecord>("device", RECORD))?.key;
}

async function markAsUnsent(): Promise<void> {
  const store = await open();
  await store.change<PushRecord>("device", RECORD, (old) => old && { ...old, sent: null });
}
