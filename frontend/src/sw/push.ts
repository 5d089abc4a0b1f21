import { parsePayload } from "../shared/payload";
import { sendWaiting } from "./answer";
import { notificationOf, type Shown } from "./notification";
import { sendReceipt } from "./receipt";

declare const self: ServiceWorkerGlobalScope;

/**
 * Every push is shown, also when the app is open: after about three silent ones iOS ends the
 * subscription. Nothing that can fail stands before it.
 */
export function onPush(event: PushEvent): void {
  event.waitUntil(showAndReport(textOf(event)));
}

/** A push is also a sign of a network: what waits on this phone goes out with the receipt. */
async function showAndReport(text: string | null): Promise<void> {
  const notification = parsePayload(text, self.navigator.language);
  await show(notificationOf(notification, mostActions()));
  await Promise.allSettled([sendReceipt(notification.data, "shown"), sendWaiting()]);
}

async function show({ title, options }: Shown): Promise<void> {
  try {
    await self.registration.showNotification(title, options);
  } catch {
    // A browser that stumbles over one of the options still shows the words.
    await self.registration.showNotification(title);
  }
}

/** How many buttons this browser shows. Safari shows none and does not say so. */
function mostActions(): number {
  const { maxActions } = (self as { Notification?: { maxActions?: number } }).Notification ?? {};
  return maxActions ?? 0;
}

function textOf({ data }: PushEvent): string | null {
  try {
    return data?.text() ?? null;
  } catch {
    return null;
  }
}
