import { parsePayload } from "../shared/payload";
import { notificationOf } from "./notification";

declare const self: ServiceWorkerGlobalScope;

/**
 * Every push is shown, also when the app is open: after about three silent ones iOS ends the
 * subscription. Nothing that can fail stands before it.
 */
export function onPush(event: PushEvent): void {
  event.waitUntil(show(textOf(event)));
}

async function show(text: string | null): Promise<void> {
  const { title, options } = notificationOf(parsePayload(text, self.navigator.language));
  try {
    await self.registration.showNotification(title, options);
  } catch {
    // A browser that stumbles over one of the options still shows the words.
    await self.registration.showNotification(title);
  }
}

function textOf({ data }: PushEvent): string | null {
  try {
    return data?.text() ?? null;
  } catch {
    return null;
  }
}
